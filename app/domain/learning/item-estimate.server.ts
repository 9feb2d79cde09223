import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { attempt } from "#db/schema/learning.ts";
import { moduleById, type ModuleVersion } from "../content/publish.server.ts";
import {
  asksTheSame,
  estimatedUntil,
  estimatesOf,
  type Estimates,
  type ObservedItem,
} from "./item-estimate.ts";

/** First attempts that are looked at, the newest: enough for every item, and read at once. */
const mostAttempts = 3000;

// What counts ended before the month began, so that what was read once holds for all of it.
const known = new Map<string, Estimates>();
const mostKnown = 100;

/**
 * The estimated difficulty of a module's items for forms drawn at `now`, from the first assessments that were submitted before
 * the month (UTC) began, in this version and in earlier ones that asked the same in the same words. A form keeps it.
 */
export async function estimatesFor(db: Db, module: ModuleVersion, now: Date): Promise<Estimates> {
  const until = estimatedUntil(now);
  const key = `${module.id}/${until.toISOString()}`;
  const cached = known.get(key);
  if (cached) return cached;
  const estimates = estimatesOf(module.body.items, await observedItems(db, module, until));
  if (known.size >= mostKnown) known.clear();
  known.set(key, estimates);
  return estimates;
}

/** How the items of a module were answered at first, until `until`. What was left blank is not counted. */
export async function observedItems(db: Db, module: ModuleVersion, until: Date): Promise<ObservedItem[]> {
  const first = db
    .select({ id: attempt.id, version: attempt.moduleVersionId, form: attempt.form })
    .from(attempt)
    .innerJoin(moduleVersion, eq(moduleVersion.id, attempt.moduleVersionId))
    .where(
      and(
        eq(moduleVersion.slug, module.slug),
        eq(attempt.kind, "assessment"),
        eq(attempt.number, 1),
        lt(attempt.submittedAt, until),
      ),
    )
    .orderBy(desc(attempt.submittedAt), attempt.id)
    .limit(mostAttempts);
  const rows = rowsOf<{ version: string; item: string; n: number; sum: number }>(
    await db.execute(sql`
      select first.version, asked.entry->>'item' as item, count(*)::int as n, sum(answer.score)::float8 as sum
      from (${first}) as first (id, version, form)
      cross join lateral jsonb_array_elements(first.form->'items') with ordinality as asked (entry, place)
      join answer on answer.attempt_id = first.id and answer.position = asked.place - 1
      where answer.score is not null
      group by 1, 2`),
  );
  const versions = new Map<string, ModuleVersion | null>();
  for (const version of new Set(rows.map((row) => row.version)))
    versions.set(version, await moduleById(db, version));
  const own = new Map(module.body.items.map((item) => [item.id, item]));
  const sums = new Map<string, { n: number; sum: number }>();
  for (const { version, item, n, sum } of rows) {
    const now = own.get(item);
    const then = versions.get(version)?.body.items.find((one) => one.id === item);
    if (!now || !then || !asksTheSame(now, then)) continue;
    const all = sums.get(item) ?? { n: 0, sum: 0 };
    sums.set(item, { n: all.n + n, sum: all.sum + sum });
  }
  return [...sums].map(([item, { n, sum }]) => ({ item, n, mean: sum / n }));
}
