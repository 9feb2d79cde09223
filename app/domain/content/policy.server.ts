import { eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow } from "../people/permission.ts";
import { renderMarkdown } from "./markdown.ts";
import { sectionTitles, versionStandings, type VersionStanding } from "./policy.ts";
import { clausesOf, policyVersions, type PolicyVersion } from "./publish.server.ts";

type ListedVersion = Pick<
  PolicyVersion,
  "slug" | "title" | "version" | "effectiveFrom" | "reviewOn" | "changeNote" | "material"
> & { standing: VersionStanding };

/** Every policy by title: the version in force (or the first that will be), one still to come, and how many there are. */
export async function listPolicies(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ shown: ListedVersion; next: ListedVersion | null; versions: number }[]> {
  allow(actor, "policy.read", {});
  const rows = await db
    .select({
      slug: policyVersion.slug,
      title: policyVersion.title,
      version: policyVersion.version,
      effectiveFrom: policyVersion.effectiveFrom,
      reviewOn: policyVersion.reviewOn,
      changeNote: policyVersion.changeNote,
      material: policyVersion.material,
    })
    .from(policyVersion)
    .orderBy(policyVersion.effectiveFrom);
  const today = now.toISOString().slice(0, 10);
  return [...new Set(rows.map((v) => v.slug))]
    .flatMap((slug) => {
      const versions = versionStandings(
        rows.filter((v) => v.slug === slug),
        today,
      );
      const upcoming = versions.find((v) => v.standing === "upcoming") ?? null;
      const current = versions.find((v) => v.standing === "in_force");
      const shown = current ?? upcoming;
      if (!shown) return [];
      return [{ shown, next: current ? upcoming : null, versions: versions.length }];
    })
    .toSorted((a, b) => a.shown.title.localeCompare(b.shown.title, "en"));
}

export type PolicyPage = {
  policy: Omit<PolicyVersion, "body"> & { standing: VersionStanding };
  owner: string;
  approver: string;
  /** Newest first. */
  versions: ListedVersion[];
  sections: {
    number: string;
    title: string;
    clauses: { number: string; heading: string; html: string }[];
  }[];
};

/**
 * A policy version to read, by default the one in force, or the newest where none is yet. Null when there is no such
 * policy or version.
 */
export async function readPolicy(
  db: Db,
  actor: Actor,
  input: { slug: string; version: string | null },
  now: Date,
): Promise<PolicyPage | null> {
  allow(actor, "policy.read", {});
  const versions = versionStandings(await policyVersions(db, input.slug), now.toISOString().slice(0, 10));
  const shown =
    input.version === null
      ? (versions.find((v) => v.standing === "in_force") ?? versions[0])
      : versions.find((v) => v.version === input.version);
  if (!shown) return null;
  const { body, ...policy } = shown;
  const titles = sectionTitles(body);
  const sections: PolicyPage["sections"] = [];
  for (const { number, heading, text } of await clausesOf(db, policy.id)) {
    const [section = ""] = number.split(".");
    if (sections.at(-1)?.number !== section)
      sections.push({ number: section, title: titles.get(section) ?? "", clauses: [] });
    sections.at(-1)?.clauses.push({ number, heading, html: renderMarkdown(text) });
  }
  return {
    policy,
    owner: await nameOf(db, policy.ownerId),
    approver: await nameOf(db, policy.approverId),
    versions: versions.map(
      ({ slug, title, version, effectiveFrom, reviewOn, changeNote, material, standing }) => ({
        slug,
        title,
        version,
        effectiveFrom,
        reviewOn,
        changeNote,
        material,
        standing,
      }),
    ),
    sections,
  };
}

async function nameOf(db: Db, id: string): Promise<string> {
  const [row] = await db.select({ name: person.name }).from(person).where(eq(person.id, id));
  return row?.name ?? id;
}

/** Titles of policies by slug, as of their newest version; for links that name a clause as `slug#number`. */
export async function policyTitles(db: Db, slugs: readonly string[]): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const rows = await db
    .select({ slug: policyVersion.slug, title: policyVersion.title })
    .from(policyVersion)
    .where(inArray(policyVersion.slug, [...new Set(slugs)]))
    .orderBy(policyVersion.effectiveFrom);
  return new Map(rows.map((r) => [r.slug, r.title]));
}
