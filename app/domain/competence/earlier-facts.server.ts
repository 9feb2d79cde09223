import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";

const facts = sql.raw(
  "due_at, grace_until, started_at, completed_at, renew_from, expires_at, superseded_at, ended_at, anchor_on, due_days, grace_days",
);

/**
 * Keeps the facts of periods as they are, in the caller's transaction, before dates of them are moved: what was known
 * before can then still be told. Facts that are written for the first time need no keeping, because they carry their own
 * time; a completion recorded later than it happened does. `which` narrows rows of `period`.
 */
export async function keepFacts(tx: Db, which: SQL, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into period_before (period_id, until, ${facts})
    select id, ${now.toISOString()}::timestamptz, ${facts} from period where ${which}`);
}
