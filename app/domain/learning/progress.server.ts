import { asc, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { lessonStep } from "#db/schema/learning.ts";

export type StepRow = typeof lessonStep.$inferSelect;

/** The lesson steps taken in periods. */
export function stepsOf(db: Db, registrations: readonly string[]): Promise<StepRow[]> {
  if (registrations.length === 0) return Promise.resolve([]);
  return db
    .select()
    .from(lessonStep)
    .where(inArray(lessonStep.registration, [...registrations]))
    .orderBy(asc(lessonStep.at));
}

/** Stores steps in the caller's transaction, which holds the period and has seen that they are new. */
export async function storeSteps(tx: Db, rows: readonly StepRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(lessonStep).values([...rows]);
}
