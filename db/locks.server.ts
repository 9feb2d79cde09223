import { sql } from "drizzle-orm";
import type { Db } from "./client.server.ts";

/**
 * Rows that nobody may change or remove once they are written, by table; `when` says from which state on. The rules of the
 * product never try; this holds also for whoever has the database itself, short of taking the lock away.
 */
const fixed: readonly { table: string; when: string | null }[] = [
  { table: "evaluation_criterion", when: "old.locked_at is not null" },
  { table: "evaluation_result", when: null },
  { table: "evaluation_verdict", when: null },
  { table: "evaluation_follow_up", when: null },
  { table: "management_review", when: null },
];

/**
 * Puts triggers on fixed facts that refuse UPDATE, DELETE and TRUNCATE. Doing it again changes nothing. Not a migration:
 * migrations are made from the schema, which knows no triggers.
 */
export async function installLocks(db: Db): Promise<void> {
  await db.execute(
    sql.raw(`create or replace function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% of % is refused: what is fixed never changes', tg_op, tg_table_name
          using errcode = 'restrict_violation';
      end $$`),
  );
  for (const { table, when } of fixed) {
    const condition = when === null ? "" : `when (${when})`;
    await db.execute(
      sql.raw(`create or replace trigger ${table}_fixed before update or delete on ${table}
        for each row ${condition} execute function refuse_change()`),
    );
    await db.execute(
      sql.raw(`create or replace trigger ${table}_kept before truncate on ${table}
        for each statement execute function refuse_change()`),
    );
  }
}
