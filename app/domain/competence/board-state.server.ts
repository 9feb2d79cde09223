import { type SQL, sql } from "drizzle-orm";
import { period } from "#db/schema/competence.ts";
import type { AsAt } from "./as-at.ts";
import { type PeriodState, periodStates } from "./period-state.ts";

/** A moment as a parameter that both drivers take. */
export function momentSql(at: Date): SQL {
  return sql`${at.toISOString()}::timestamptz`;
}

/** SQL twin of `periodState` for a row of `period`, which no query may rename. */
export function stateSql(now: Date): SQL<PeriodState> {
  const waived = waivedAt(momentSql(now));
  return caseOf(now, (state) => sql`${sql.raw(`'${state}'`)}`, waived) as SQL<PeriodState>;
}

/**
 * The same as the state's place in the list of states, for a million of them: numbers are counted faster than words, and
 * the waivers that count are looked up once for all.
 */
export function statePlaceSql(now: Date): SQL<number> {
  const at = momentSql(now);
  const waived = sql`${period.id} in (select w.period_id from waiver w
    where w.granted_at <= ${at} and coalesce(w.ended_at, w.until) > ${at})`;
  return caseOf(now, (state) => sql.raw(String(periodStates.indexOf(state))), waived) as SQL<number>;
}

function caseOf(now: Date, name: (state: PeriodState) => SQL, waived: SQL): SQL {
  const at = momentSql(now);
  return sql`case
    when ${period.completedAt} <= ${at} then case
      when ${period.expiresAt} <= ${at} then ${name("expired")}
      when ${period.renewFrom} <= ${at} then ${name("expiring")}
      else ${name("competent")} end
    when ${waived} then ${name("waived")}
    when ${period.graceUntil} <= ${at} then
      case when ${period.number} > 1 then ${name("expired")} else ${name("overdue")} end
    when ${period.startedAt} <= ${at} then ${name("in_progress")}
    else ${name("not_started")} end`;
}

/**
 * That a row of `period` is in a state. The same as comparing `stateSql`, in conditions whose share the planner knows: it
 * then takes the people in order for a frequent state, and the periods first for a rare one.
 */
export function inState(state: PeriodState, now: Date): SQL {
  const at = momentSql(now);
  const done = sql`${period.completedAt} <= ${at}`;
  const open = sql`(${period.completedAt} is null or ${period.completedAt} > ${at})`;
  const counts = sql`(${period.expiresAt} is null or ${period.expiresAt} > ${at})`;
  const late = sql`${open} and ${period.graceUntil} <= ${at} and not ${waivedAt(at)}`;
  const inTime = sql`${open} and ${period.graceUntil} > ${at} and not ${waivedAt(at)}`;
  switch (state) {
    case "competent":
      return sql`(${done} and ${counts} and (${period.renewFrom} is null or ${period.renewFrom} > ${at}))`;
    case "expiring":
      return sql`(${done} and ${counts} and ${period.renewFrom} <= ${at})`;
    case "expired":
      return sql`((${done} and ${period.expiresAt} <= ${at}) or (${late} and ${period.number} > 1))`;
    case "overdue":
      return sql`(${late} and ${period.number} <= 1)`;
    case "waived":
      return sql`(${open} and ${waivedAt(at)})`;
    case "in_progress":
      return sql`(${inTime} and ${period.startedAt} <= ${at})`;
    case "not_started":
      return sql`(${inTime} and (${period.startedAt} is null or ${period.startedAt} > ${at}))`;
  }
}

/** That a row of `period` counts and ends within some days. */
export function expiresWithin(days: number, now: Date): SQL {
  const [at, end] = [momentSql(now), momentSql(daysAfter(now, days))];
  return sql`(${period.completedAt} <= ${at} and ${period.expiresAt} > ${at} and ${period.expiresAt} <= ${end})`;
}

/** That a row of `period` is not completed, exempted or late yet, and due within some days. */
export function dueWithin(days: number, now: Date): SQL {
  const [at, end] = [momentSql(now), momentSql(daysAfter(now, days))];
  return sql`((${period.completedAt} is null or ${period.completedAt} > ${at})
    and ${period.dueAt} > ${at} and ${period.dueAt} <= ${end} and not ${waivedAt(at)})`;
}

const waivedAt = (at: SQL): SQL => sql`exists (select 1 from waiver w
  where w.period_id = period.id and w.granted_at <= ${at} and coalesce(w.ended_at, w.until) > ${at})`;

const daysAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

/** What everything here reads of a period. Of the present, an index has all of it. */
const facts = sql.raw(
  "requirement_slug, person_id, number, completed_at, renew_from, expires_at, grace_until, started_at, due_at, id",
);

/**
 * The periods that stand, under the name of their table: SQL twin of `standing` and, for a day of the past, of
 * `periodsAsAt`. Of the present it is short, because earlier periods are superseded as they are left behind, and ended as
 * the rules find that nothing asks them any more. `of` narrows it to people, for a query that goes from person to person.
 */
export function standingPeriods(asAt: AsAt | null, of: SQL = sql`true`): SQL {
  const inOrder = sql.raw("order by requirement_slug, person_id, number");
  if (asAt === null)
    return sql`(select distinct on (requirement_slug, person_id) ${facts}
      from period where superseded_at is null and ended_at is null and ${of} ${inOrder}) period`;
  const at = momentSql(asAt.at);
  return sql`(select distinct on (requirement_slug, person_id) ${facts} from (
      select *, lead(number) over of_person = number + 1
        and (lead(completed_at) over of_person <= ${at} or expires_at <= ${at}) as is_left
      from ${asAt.known === "then" ? knownThen(at, of) : begun(at, of)} p
      window of_person as (partition by requirement_slug, person_id order by number)) p
    where (superseded_at is null or superseded_at > ${at}) and (ended_at is null or ended_at > ${at})
      and is_left is not true ${inOrder}) period`;
}

const begun = (at: SQL, of: SQL): SQL => sql`(select ${facts}, assigned_at, superseded_at, ended_at
  from period where assigned_at <= ${at} and ${of})`;

/** With the facts as they were before they were replaced later. */
function knownThen(at: SQL, of: SQL): SQL {
  const replaced = [
    "completed_at",
    "renew_from",
    "expires_at",
    "grace_until",
    "started_at",
    "due_at",
    "ended_at",
  ].map((name) => sql.raw(`case when b.id is null then p.${name} else b.${name} end as ${name}`));
  // What had taken over by then, the rule says of the periods known then: what is stored may come of one recorded later.
  return sql`(select p.requirement_slug, p.person_id, p.number, p.id, p.assigned_at, null::timestamptz as superseded_at,
      ${sql.join(replaced, sql`, `)}
    from (select * from period where ${of}) p left join lateral (
      select * from period_before where period_id = p.id and until > ${at} order by until, id limit 1) b on true
    where p.assigned_at <= ${at} and coalesce(p.recorded_at, p.assigned_at) <= ${at})`;
}

/** That a row of `period` stands now, for a query that looks at few of a person. Same as `standingPeriods(null)`. */
export const standsNow: SQL = sql`${period.supersededAt} is null and ${period.endedAt} is null and not exists (
  select 1 from period e where e.person_id = period.person_id and e.requirement_slug = period.requirement_slug
    and e.number < period.number and e.superseded_at is null and e.ended_at is null)`;
