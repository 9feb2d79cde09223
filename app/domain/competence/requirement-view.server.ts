import { and, asc, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import { requirementVersion, retraining } from "#db/schema/requirements.ts";
import { listedTitle } from "../content/reader.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { type StateCounts, stateCounts } from "./board.ts";
import { countStates } from "./board.server.ts";
import { dayOf } from "./board-row.server.ts";
import type { RetrainingCause } from "./retraining.ts";
import type { Requirement } from "./requirement.ts";
import { namesOf } from "./requirement-edit.server.ts";
import type { RuleChoices } from "./rule-form.ts";
import { systemInUse } from "./subject.server.ts";

export type ListedRequirement = {
  body: Requirement;
  endedOn: string | null;
  origin: "content" | "browser";
  versions: number;
  counts: StateCounts;
};

const present = (now: Date) => or(isNull(person.leftOn), gt(person.leftOn, dayOf(now)));

/** All requirements, or the one named, those that have ended last, with how many people stand where. */
export async function requirementList(
  db: Db,
  actor: Actor,
  now: Date,
  slug?: string,
): Promise<{ requirements: ListedRequirement[]; mayManage: boolean }> {
  allow(actor, "requirement.read", {});
  const rows = await db
    .select({
      body: requirement.body,
      endedOn: requirement.endedOn,
      origin: requirement.origin,
      versions: sql<number>`(select count(*)::int from requirement_version v where v.requirement_slug = ${requirement.slug})`,
    })
    .from(requirement)
    .where(slug === undefined ? undefined : eq(requirement.slug, slug))
    .orderBy(sql`${requirement.endedOn} is not null`, asc(requirement.position), asc(requirement.slug));
  const states = await countStates(
    db,
    { visible: present(now), matching: undefined },
    rows.map((row) => row.body),
    null,
    now,
  );
  return {
    requirements: rows.map((row) => ({
      ...row,
      counts: stateCounts(states.filter((state) => state.slug === row.body.slug)),
    })),
    mayManage: can(actor, "requirement.manage", {}),
  };
}

export type RequirementView = ListedRequirement & {
  mayManage: boolean;
  moduleTitle: string;
  /** Newest first; `before` is what it changed. */
  history: {
    number: number;
    body: Requirement;
    before: Requirement | null;
    ends: boolean;
    author: string;
    reason: string;
    at: Date;
    /** Whether its day is still to come. */
    ahead: boolean;
  }[];
  retrainings: {
    id: string;
    cause: RetrainingCause;
    reason: string;
    author: string;
    at: Date;
    people: number;
  }[];
};

/** One requirement with its versions and the times it was asked again; null when there is none of the name. */
export async function requirementView(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<RequirementView | null> {
  const { requirements, mayManage } = await requirementList(db, actor, now, slug);
  const [listed] = requirements;
  if (!listed) return null;
  const versions = await db
    .select()
    .from(requirementVersion)
    .where(eq(requirementVersion.requirementSlug, slug))
    .orderBy(asc(requirementVersion.number));
  const called = await db
    .select({
      id: retraining.id,
      cause: retraining.cause,
      reason: retraining.reason,
      author: retraining.author,
      at: retraining.at,
      // Those for whom it opened a period, and those whose renewal was open already.
      people: sql<number>`(select count(*)::int from (
        select p.person_id from period p where p.retraining_id = retraining.id
        union select c.person_id from certificate_end e join certificate c on c.id = e.certificate_id
          where e.module_version_id = retraining.id) asked)`,
    })
    .from(retraining)
    .where(eq(retraining.requirementSlug, slug))
    .orderBy(desc(retraining.at));
  const nameOf = await namesOf(
    db,
    [...versions, ...called].map((row) => row.author),
  );
  const titles = await moduleTitles(db);
  const [about] = await db
    .select({ name: aiSystem.name })
    .from(aiSystem)
    .where(eq(aiSystem.slug, listed.body.system ?? ""));
  return {
    ...listed,
    mayManage,
    moduleTitle: listedTitle(titles.get(listed.body.module) ?? listed.body.module, about?.name ?? null),
    history: versions
      .map(({ number, body, ends, author, reason, at, effectiveFrom }, i) => ({
        number,
        body,
        before: versions[i - 1]?.body ?? null,
        ends,
        author: nameOf(author),
        reason,
        at,
        ahead: effectiveFrom > dayOf(now),
      }))
      .toReversed(),
    retrainings: called.map((row) => ({ ...row, author: nameOf(row.author) })),
  };
}

async function modules(db: Db): Promise<{ slug: string; title: string }[]> {
  return [...(await moduleTitles(db))]
    .map(([slug, title]) => ({ slug, title: listedTitle(title) }))
    .toSorted((a, b) => a.title.localeCompare(b.title, "en"));
}

/** The newest title of each module, as its author wrote it. */
async function moduleTitles(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectDistinctOn([moduleVersion.slug], {
      slug: moduleVersion.slug,
      title: sql<string>`${moduleVersion.body} ->> 'title'`,
    })
    .from(moduleVersion)
    .orderBy(moduleVersion.slug, desc(moduleVersion.publishedAt));
  return new Map(rows.map((row) => [row.slug, row.title]));
}

/** What the form of a requirement offers, from the people, modules and systems there are. */
export async function ruleChoices(db: Db, actor: Actor, now: Date): Promise<RuleChoices> {
  allow(actor, "requirement.manage", {});
  const rows = await db
    .selectDistinct({
      department: person.department,
      location: person.location,
      employmentType: person.employmentType,
      audiences: person.audiences,
    })
    .from(person)
    .where(and(present(now)));
  const systems = await db
    .select({ slug: aiSystem.slug, title: aiSystem.name })
    .from(aiSystem)
    .where(systemInUse)
    .orderBy(asc(aiSystem.name));
  const sorted = (names: string[]): string[] =>
    [...new Set(names)].toSorted((a, b) => a.localeCompare(b, "en"));
  return {
    modules: await modules(db),
    systems,
    departments: sorted(rows.map((row) => row.department)),
    locations: sorted(rows.map((row) => row.location)),
    employmentTypes: sorted(rows.map((row) => row.employmentType)),
    audiences: sorted(rows.flatMap((row) => row.audiences)),
  };
}
