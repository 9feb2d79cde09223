import { and, type SQL, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import type { Actor } from "../people/permission.ts";
import { type BoardFilter, horizons } from "./board.ts";
import { ofRequirements, peopleMatching, visiblePeople } from "./board-row.server.ts";
import { expiresWithin, standingPeriods } from "./board-state.server.ts";
import { narrowedTo, type Titled } from "./board.server.ts";
import { type CoveragePoint, monthsUntil } from "./coverage.ts";
import type { Requirement } from "./requirement.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

export type CoverageOverTime = {
  series: (Titled & { points: CoveragePoint[] })[];
  /** How many competences end within so many days; those within 30 are among those within 60. */
  expiring: { days: string; count: number }[];
};

/**
 * How coverage went, at the first moment of each month and now, and what expires soon, for the people and the requirement
 * that a filter leaves. By what is known now of the people who are here now. Throws Forbidden as the board does.
 */
export async function coverageOverTime(
  db: Db,
  actor: Actor,
  { filter, months }: { filter: BoardFilter; months: number },
  now: Date,
): Promise<CoverageOverTime> {
  const visible = visiblePeople(actor, "board.read", now, null, filter.team);
  const requirements = narrowedTo(await requirementsAsAt(db, null, now), filter);
  const people = and(visible, peopleMatching(filter)) ?? sql`true`;
  const these = sql`exists (select 1 from person where person.id = period.person_id and ${people})`;
  const moments = monthsUntil(now, months);
  const rows = await countsAt(db, these, requirements, moments);
  return {
    series: requirements.map(({ slug, title }) => ({
      slug,
      title,
      points: moments.map((at, i) => {
        const row = rows.find((one) => one.slug === slug && one.place === i);
        const { standing = 0, competent = 0, waived = 0 } = row ?? {};
        return { on: at.toISOString().slice(0, 10), standing, competent, waived };
      }),
    })),
    expiring: await expiringSoon(db, these, requirements, now),
  };
}

type Counts = { slug: string; place: number; standing: number; competent: number; waived: number };

/**
 * Each period is read once and counted at the first moment from which it stands or counts, and taken off at the first from
 * which it no longer does; sums over the moments then say how many there were at each.
 */
async function countsAt(
  db: Db,
  these: SQL,
  requirements: readonly Requirement[],
  moments: readonly Date[],
): Promise<Counts[]> {
  const at = sql`array[${sql.join(
    moments.map((one) => sql`${one.toISOString()}::timestamptz`),
    sql`, `,
  )}]`;
  const rows = await db.execute(sql`
    with dated as materialized (
      select id, requirement_slug as slug, completed_at, expires_at, left_at,
        case when number_before is null then assigned_at else greatest(assigned_at, left_before) end as stands_at,
        number_before is not null and left_before is null as waits
      from (
        select id, requirement_slug, assigned_at, completed_at, expires_at,
          least(superseded_at, ended_at) as left_at,
          lag(number) over of_person as number_before,
          lag(least(superseded_at, ended_at)) over of_person as left_before
        from period where ${ofRequirements(requirements)} and ${these}
        window of_person as (partition by requirement_slug, person_id order by number)) p),
    steps as materialized (
      select slug, place, sum(standing) as standing, sum(competent) as competent from (
        select slug, step.standing, step.competent,
          width_bucket(step.at - interval '1 microsecond', ${at}) as place
        from dated cross join lateral (values
          (stands_at, 1, 0),
          (left_at, -1, 0),
          (greatest(stands_at, completed_at), 0,
            case when completed_at is not null
              and greatest(stands_at, completed_at) < coalesce(least(left_at, expires_at), 'infinity') then 1 else 0 end),
          (least(left_at, expires_at), 0,
            case when completed_at is not null
              and greatest(stands_at, completed_at) < least(left_at, expires_at) then -1 else 0 end)
        ) as step (at, standing, competent)
        where not waits and step.at is not null and (left_at is null or left_at > stands_at)) s
      group by slug, place),
    exempt as materialized (
      select slug, place, count(distinct d.id) as waived
      from unnest(${at}) with ordinality as m (at, ordinal)
      cross join lateral (select (ordinal - 1)::int as place) o
      join waiver w on w.granted_at <= m.at and coalesce(w.ended_at, w.until) > m.at
      join dated d on d.id = w.period_id and not waits and stands_at <= m.at and (left_at is null or left_at > m.at)
        and (completed_at is null or completed_at > m.at)
      group by slug, place)
    select slugs.slug, o.place,
      coalesce((select sum(standing) from steps s where s.slug = slugs.slug and s.place <= o.place), 0)::int as standing,
      coalesce((select sum(competent) from steps s where s.slug = slugs.slug and s.place <= o.place), 0)::int as competent,
      coalesce((select waived from exempt e where e.slug = slugs.slug and e.place = o.place), 0)::int as waived
    from (select distinct slug from steps) slugs cross join generate_series(0, ${moments.length - 1}::int) as o (place)`);
  return rowsOf<Counts>(rows);
}

async function expiringSoon(
  db: Db,
  these: SQL,
  requirements: readonly Requirement[],
  now: Date,
): Promise<CoverageOverTime["expiring"]> {
  const counts = horizons.map(
    (days) => sql`count(*) filter (where ${expiresWithin(Number(days), now)})::int`,
  );
  const rows = await db.execute(sql`
    select array[${sql.join(counts, sql`, `)}] as counts
    from ${standingPeriods(null, ofRequirements(requirements))}
    where ${expiresWithin(Number(horizons.at(-1)), now)} and ${these}`);
  const found = rowsOf<{ counts: number[] }>(rows)[0]?.counts ?? [];
  return horizons.map((days, i) => ({ days, count: found[i] ?? 0 }));
}
