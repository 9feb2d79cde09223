import { inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { newestModule } from "../content/publish.server.ts";
import { acknowledgementDue, countingVersions } from "../policies/acknowledgement.ts";
import { headsOf, type PolicyHead } from "../policies/acknowledgement.server.ts";
import type { OpenAcknowledgement } from "./acknowledgement-duty.ts";
import { dayOf } from "./board-row.server.ts";

/** A policy that somebody must acknowledge today, and who: those with a course that asks for it, and audiences it names. */
export type Duty = {
  /** In force. */
  version: PolicyHead;
  /** The last material version: since it came into force the acknowledgement is due. */
  since: Pick<PolicyHead, "effectiveFrom" | "publishedAt" | "acknowledgeDays">;
  /** Versions whose acknowledgement counts. */
  counting: string[];
  requirements: string[];
  audiences: string[];
};

/** The duties of today, by title of the policy; of one policy when `slug` is given. */
export async function dutiesOn(db: Db, now: Date, slug: string | null = null): Promise<Duty[]> {
  const today = dayOf(now);
  const heads = await headsOf(db, slug);
  const askedBy = await requirementsAsking(db);
  return [...new Set(heads.map((one) => one.slug))]
    .flatMap((name): Duty[] => {
      const counting = countingVersions(
        heads.filter((one) => one.slug === name),
        today,
      );
      const [version] = counting;
      const since = counting.at(-1);
      if (!version || !since) return [];
      const requirements = askedBy.get(name) ?? [];
      const audiences = version.audiences ?? [];
      if (requirements.length + audiences.length === 0) return [];
      return [{ version, since, counting: counting.map((one) => one.id), requirements, audiences }];
    })
    .toSorted((a, b) => a.version.title.localeCompare(b.version.title, "en"));
}

/** Slugs of policies, each with the requirements whose module asks to acknowledge it. */
async function requirementsAsking(db: Db): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ slug: requirement.slug, module: requirement.moduleSlug })
    .from(requirement)
    .where(isNull(requirement.endedOn));
  const asking = new Map<string, string[]>();
  for (const row of rows) {
    const module = await newestModule(db, row.module);
    for (const policy of module?.body.acknowledges ?? [])
      asking.set(policy, [...(asking.get(policy) ?? []), row.slug]);
  }
  return asking;
}

/**
 * Everybody who must acknowledge the policy of a duty, as a subquery `duty` with `person_id`, `asked_at`, `due_at`,
 * `version_id` and `at`: when and in which version it was given, null while it is open. SQL twin of `acknowledgementDue`.
 */
export function dutySql(duty: Duty, now: Date): SQL {
  const { since, counting, requirements, audiences } = duty;
  const days = acknowledgementDue(since, new Date(0));
  const length = (days.due.getTime() - days.since.getTime()) / 86_400_000;
  const from = sql`${days.since.toISOString()}::timestamptz`;
  const array = (values: readonly string[]): SQL =>
    values.length === 0
      ? sql`'{}'::text[]`
      : sql`array[${sql.join(
          values.map((v) => sql`${v}`),
          sql`, `,
        )}]::text[]`;
  const ids = sql.join(
    counting.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  return sql`(
    select asked.person_id, greatest(asked.asked_at, ${from}) as asked_at,
      greatest(asked.asked_at, ${from}) + make_interval(days => ${length}::int) as due_at,
      given.policy_version_id as version_id, given.at as at
    from (
      select p.id as person_id, coalesce(
        (select min(d.assigned_at) from period d
          where d.person_id = p.id and d.requirement_slug = any(${array(requirements)})),
        p.hired_on::timestamptz) as asked_at
      from person p
      where p.erased_at is null and (p.left_on is null or p.left_on > ${dayOf(now)})
        and (p.audiences && ${array(audiences)} or exists (
          select 1 from period d
          where d.person_id = p.id and d.superseded_at is null and d.ended_at is null
            and d.requirement_slug = any(${array(requirements)})))
    ) asked
    left join lateral (
      select a.policy_version_id, a.at from acknowledgement a
      where a.person_id = asked.person_id and a.policy_version_id in (${ids})
      order by a.at desc limit 1
    ) given on true
  )`;
}

/**
 * Acknowledgements that are due today of people who work here, or of those given. What is chased, and what stands on the
 * home page.
 */
export async function openAcknowledgements(
  db: Db,
  now: Date,
  personIds: readonly string[] | null = null,
): Promise<OpenAcknowledgement[]> {
  if (personIds?.length === 0) return [];
  const open: OpenAcknowledgement[] = [];
  for (const duty of await dutiesOn(db, now)) {
    const only = personIds === null ? sql`` : sql`and ${inArray(sql`duty.person_id`, [...personIds])}`;
    const rows = await db
      .select({
        personId: sql<string>`duty.person_id`,
        since: sql<Date>`duty.asked_at`.mapWith(policyVersion.publishedAt),
        due: sql<Date>`duty.due_at`.mapWith(policyVersion.publishedAt),
      })
      .from(sql`${dutySql(duty, now)} duty`)
      .where(sql`duty.at is null ${only}`);
    const { id, slug, title, version } = duty.version;
    const { requirements } = duty;
    for (const row of rows) open.push({ ...row, policyVersionId: id, slug, title, version, requirements });
  }
  return open;
}
