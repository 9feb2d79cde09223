import { and, desc, eq, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { posting, statement } from "#db/schema/lrs.ts";
import { namesIn } from "./person.ts";
import { keyOf, postingKinds } from "./posting.ts";

/** People are renamed seldom, so the newest statements know a person's names; the rest would only cost time. */
const newest = 50;
/** Characters. A longer statement is passed over: fifty of them would not fit the memory a request may use. */
const longest = 64_000;

/** The names that the newest statements about an agent give to it, the latest first. `identity` as identityOf() writes it. */
export async function namesOf(db: Db, identity: string): Promise<string[]> {
  const rows = await db
    .select({ body: statement.body })
    .from(posting)
    .innerJoin(statement, eq(statement.seq, posting.seq))
    .where(
      and(
        eq(posting.kind, postingKinds.agent),
        eq(posting.key, keyOf(identity)),
        // What is only found through the statement it refers to does not name the agent itself.
        eq(posting.via, posting.seq),
        lte(statement.size, longest),
      ),
    )
    .orderBy(desc(posting.seq))
    .limit(newest);
  return [...new Set(rows.flatMap(({ body }) => namesIn(JSON.parse(body), identity)))];
}
