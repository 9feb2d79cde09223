import { and, asc, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { naming } from "#db/schema/naming.ts";
import type { Value } from "./page.ts";
import type { PackOrder } from "./section.ts";

/** Who was asked by name, as it was known at the end of a scope: what was ended later had not been ended. */
export async function namingsKnown(
  db: Db,
  personIds: readonly string[],
  scope: PackOrder["scope"],
): Promise<Value[][]> {
  if (personIds.length === 0) return [];
  const asAt = new Date(scope.asAt);
  const rows = await db
    .select()
    .from(naming)
    .where(
      and(
        inArray(naming.personId, [...personIds]),
        lte(naming.namedAt, asAt),
        scope.requirements === null ? undefined : inArray(naming.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(asc(naming.personId), asc(naming.namedAt), asc(naming.id));
  return rows.map((row): Value[] => {
    const ended = row.endedAt !== null && row.endedAt <= asAt;
    return [
      row.personId,
      row.requirementSlug,
      row.namedAt,
      row.namedBy,
      row.until,
      row.reason,
      ...(ended ? [row.endedAt, row.endedBy, row.endReason] : [null, null, null]),
    ];
  });
}
