import { inArray, type SQL, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { waiversOf } from "./board-row.server.ts";
import { type Cohort, cohortsOutOfOrder } from "./cohort.ts";

type Row = Omit<Cohort, "waivers"> & {
  /** Of a period assigned before an earlier one was: whose it is, for it is counted by itself. */
  odd: string | null;
  /** Places as in `1:3 5:6`; null for all periods whatever their waivers. */
  waivers: string | null;
};

/**
 * The periods of requirements as cohorts, as seen at moments that are in order, of the people given: those of `matching`, or
 * all but those not `visible`. One statement: each period is read once, in the order of an index that holds all that a
 * state follows from, and what is grouped are places, of which there are few. Periods with a waiver come once more with
 * it, and are taken off those without.
 */
export async function cohortsOf(
  db: Db,
  slugs: readonly string[],
  people: { visible?: SQL | undefined; matching?: SQL | undefined },
  moments: readonly Date[],
): Promise<Cohort[]> {
  if (slugs.length === 0 || moments.length === 0) return [];
  const these = conditionOn(people);
  const parts = [...slugs.map((slug) => ofRequirement(slug, these, moments)), waived(slugs, these, moments)];
  const columns = sql.raw(
    "slug, renewal, stands, left_place, started, completed, renew, expires, grace, odd, waivers",
  );
  const rows = rowsOf<Row & { left_place: number | null }>(
    await db.execute(sql`select ${columns}, count(*)::int as count
      from (${sql.join(parts, sql` union all `)}) p group by ${columns}`),
  );
  const cohorts = rows.flatMap(({ odd, waivers, left_place: left, ...row }): Cohort[] => {
    const cohort = { ...row, left, waivers: [] };
    if (odd !== null) return [];
    if (waivers === null) return [cohort];
    const intervals = waivers.split(" ").map((one): [number, number] => {
      const [from = 0, until = 0] = one.split(":").map(Number);
      return [from, until];
    });
    return [
      { ...cohort, count: -row.count },
      { ...cohort, waivers: intervals },
    ];
  });
  const odd = rows.flatMap((row) => (row.odd === null ? [] : [{ slug: row.slug, personId: row.odd }]));
  return [...cohorts, ...(await oddOnes(db, odd, moments))];
}

function conditionOn({ visible, matching }: { visible?: SQL | undefined; matching?: SQL | undefined }): SQL {
  if (matching) return sql`and person_id in (select id from person where ${matching})`;
  return visible
    ? sql`and not exists (select 1 from person where person.id = period.person_id and not (${visible}))`
    : sql``;
}

/** SQL twin of `placeOf`. Moments are whole milliseconds, and what happens at one counts at it. */
const placeSql = (at: string, moments: readonly Date[]): SQL => {
  const after = moments.map((one) => one.toISOString().replace("Z", "001Z"));
  return sql`width_bucket(${sql.raw(at)}, ${`{${after.join(",")}}`}::timestamptz[])`;
};

const placesOf = (moments: readonly Date[]): SQL => sql`number > 1 as renewal,
  ${placeSql("stands_at", moments)} as stands, ${placeSql("left_at", moments)} as left_place,
  ${placeSql("started_at", moments)} as started, ${placeSql("completed_at", moments)} as completed,
  ${placeSql("renew_from", moments)} as renew, ${placeSql("expires_at", moments)} as expires,
  ${placeSql("grace_until", moments)} as grace`;

/** What has to be so for a period to stand at some time. */
const everStands = sql.raw("stands_at < 'infinity' and (left_at is null or left_at > stands_at)");

const leftAt = (of: string): SQL => sql.raw(`least(${of}.superseded_at, ${of}.ended_at)`);

/**
 * All periods of one requirement. One stands from when it is assigned and none before it is left to stand; as long as
 * periods were assigned in the order of their numbers, that is one stretch of time.
 */
function ofRequirement(slug: string, these: SQL, moments: readonly Date[]): SQL {
  return sql`select ${slug}::text as slug, ${placesOf(moments)}, case when is_odd then person_id end as odd,
      null::text as waivers
    from (
      select *, ${leftAt("period")} as left_at,
        greatest(assigned_at, max(coalesce(${leftAt("period")}, 'infinity')) over earlier) as stands_at,
        assigned_at < max(assigned_at) over earlier as is_odd
      from period where requirement_slug = ${slug} ${these}
      window earlier as (partition by person_id order by number rows between unbounded preceding and 1 preceding)) p
    where is_odd or (${everStands})`;
}

/** The periods with waivers that count at one of the moments. */
function waived(slugs: readonly string[], these: SQL, moments: readonly Date[]): SQL {
  const from = placeSql("w.granted_at", moments);
  const until = placeSql("coalesce(w.ended_at, w.until)", moments);
  return sql`select requirement_slug as slug, ${placesOf(moments)}, null::text as odd, waivers
    from (
      select period.*, ${leftAt("period")} as left_at, greatest(period.assigned_at, e.left_at) as stands_at, w.waivers,
        period.assigned_at < e.assigned_at as is_odd
      from (
        select period_id, string_agg(${from} || ':' || ${until}, ' ' order by w.granted_at, w.id) as waivers
        from waiver w where ${from} < ${until} group by period_id) w
      join period on period.id = w.period_id
      left join lateral (
        select max(coalesce(${leftAt("q")}, 'infinity')) as left_at, max(q.assigned_at) as assigned_at from period q
        where q.person_id = period.person_id and q.requirement_slug = period.requirement_slug
          and q.number < period.number) e on true
      where ${inArray(period.requirementSlug, [...slugs])} ${these}) p
    where is_odd is not true and ${everStands}`;
}

/** What was assigned out of order, as with records of an earlier system that came in later: by the rule itself. */
async function oddOnes(
  db: Db,
  odd: readonly { slug: string; personId: string }[],
  moments: readonly Date[],
): Promise<Cohort[]> {
  const cohorts: Cohort[] = [];
  for (const slug of new Set(odd.map((one) => one.slug))) {
    const people = [...new Set(odd.flatMap((one) => (one.slug === slug ? [one.personId] : [])))];
    const rows = await db
      .select()
      .from(period)
      .where(
        sql`${period.requirementSlug} = ${slug} and ${period.personId} = any(${sql.param(people)}::text[])`,
      )
      .orderBy(period.number);
    const waivers = await waiversOf(
      db,
      rows.map((row) => row.id),
    );
    const own = new Map(people.map((id) => [id, [] as typeof rows]));
    for (const row of rows) own.get(row.personId)?.push(row);
    for (const periods of own.values()) cohorts.push(...cohortsOutOfOrder(slug, periods, waivers, moments));
  }
  return cohorts;
}
