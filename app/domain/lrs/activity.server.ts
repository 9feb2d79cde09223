import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { activity } from "#db/schema/lrs.ts";
import { keyOf } from "./posting.ts";

/** What is stored of activities, by their id, as mergedDefinition() writes it; unknown ones are absent. */
export async function activityRows(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const byKey = new Map(ids.map((id) => [keyOf(id), id]));
  if (byKey.size === 0) return new Map();
  const rows = await db
    .select()
    .from(activity)
    .where(inArray(activity.key, [...byKey.keys()]));
  return new Map(rows.map((row) => [byKey.get(row.key) ?? "", row.definition]));
}
