import { and, eq, ne, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";

/** Holds for the last turn of every thread: it alone is the answer that counts. */
export function isNewestTurn(db: Db): SQL {
  const later = alias(question, "later");
  return notExists(
    db
      .select({ one: sql`1` })
      .from(later)
      .where(
        and(
          eq(later.threadId, question.threadId),
          ne(later.id, question.id),
          or(
            sql`${later.askedAt} > ${question.askedAt}`,
            and(eq(later.askedAt, question.askedAt), sql`${later.id} > ${question.id}`),
          ),
        ),
      ),
  );
}
