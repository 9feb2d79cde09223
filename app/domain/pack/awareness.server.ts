import { and, asc, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleVersion, policyVersion } from "#db/schema/content.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import type { Requirement } from "../competence/requirement.ts";
import { acknowledgementOf } from "../policies/acknowledgement.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { peoplePages, requirementsIn, type Standing, standingsOf } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.awareness;

/** Who has acknowledged which version of which policy, and who has yet to. */
export async function awarenessFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  return [
    {
      path: `${folder}/summary.html`,
      shows: "For each policy: how many must have acknowledged it, how many have.",
      async *content() {
        const counts = new Map<string, { policy: string; version: string; must: number; have: number }>();
        for await (const duties of dutyPages(db, scope))
          for (const { policy, version, at } of duties) {
            const key = `${policy} ${version}`;
            const count = counts.get(key) ?? { policy, version, must: 0, have: 0 };
            counts.set(key, { ...count, must: count.must + 1, have: count.have + (at ? 1 : 0) });
          }
        const rows = [...counts.values()].map((c) => [
          shown(c.policy),
          shown(c.version),
          shown(c.must),
          shown(c.have),
          shown(c.must - c.have),
        ]);
        yield page(
          "Awareness: policies acknowledged",
          table(
            `As known at ${scope.asAt}`,
            ["Policy", "Version in force", "Must have acknowledged", "Have", "Have not"],
            rows.toSorted(),
          ),
        );
      },
    },
    {
      path: `${folder}/acknowledgements.csv`,
      shows: "Each acknowledgement by people in scope: who, which version, when.",
      content: () => acknowledgements(db, scope),
    },
    {
      path: `${folder}/not-acknowledged.csv`,
      shows: "Who had not acknowledged the version in force, though a requirement asks it of them.",
      async *content() {
        yield csvHead(["Person", "Name", "Department", "Policy", "Version in force"]);
        for await (const duties of dutyPages(db, scope))
          yield csvLines(
            duties
              .filter((duty) => duty.at === null)
              .map(({ person, policy, version }) => [
                person.id,
                person.name,
                person.department,
                policy,
                version,
              ]),
          );
      },
    },
  ];
}

async function* acknowledgements(db: Db, scope: PackOrder["scope"]): AsyncGenerator<string> {
  const versions = new Map((await versionsBy(db, scope)).map((v) => [v.id, v]));
  yield csvHead(["Person", "Policy", "Version", "SHA-256 of the version", "Acknowledged", "Period"]);
  for await (const people of peoplePages(db, scope)) {
    const rows = await db
      .select()
      .from(acknowledgement)
      .where(
        and(
          inArray(
            acknowledgement.personId,
            people.map((one) => one.id),
          ),
          lte(acknowledgement.at, new Date(scope.asAt)),
        ),
      )
      .orderBy(asc(acknowledgement.personId), asc(acknowledgement.at), asc(acknowledgement.policyVersionId));
    yield csvLines(
      rows.map((row): Value[] => {
        const version = versions.get(row.policyVersionId);
        return [row.personId, version?.slug, version?.version, version?.hash, row.at, row.registration];
      }),
    );
  }
}

const versionsBy = (db: Db, scope: PackOrder["scope"]) =>
  db
    .select({
      id: policyVersion.id,
      slug: policyVersion.slug,
      version: policyVersion.version,
      hash: policyVersion.hash,
      effectiveFrom: policyVersion.effectiveFrom,
      material: policyVersion.material,
    })
    .from(policyVersion)
    .where(lte(policyVersion.publishedAt, new Date(scope.asAt)));

type Duty = { person: Standing["person"]; policy: string; version: string; at: Date | null };

/** Which policies people must have acknowledged at the end of the scope, and whether they have, a page of people at a time. */
async function* dutyPages(db: Db, scope: PackOrder["scope"]): AsyncGenerator<Duty[]> {
  const requirements = await requirementsIn(db, scope);
  const policiesOf = await policiesAsked(db, requirements, new Date(scope.asAt));
  const versions = await versionsBy(db, scope);
  for await (const people of peoplePages(db, scope)) {
    const standings = await standingsOf(db, people, scope, requirements);
    const given = await db
      .select()
      .from(acknowledgement)
      .where(
        and(
          inArray(
            acknowledgement.personId,
            people.map((one) => one.id),
          ),
          lte(acknowledgement.at, new Date(scope.asAt)),
        ),
      );
    const byPerson = new Map<string, Map<string, Date>>();
    for (const { personId, policyVersionId, at } of given)
      byPerson.set(personId, (byPerson.get(personId) ?? new Map<string, Date>()).set(policyVersionId, at));
    yield standings.flatMap(({ person, cells }): Duty[] => {
      const asked = new Set(cells.flatMap((cell) => policiesOf.get(cell.requirement.slug) ?? []));
      return [...asked].flatMap((slug) => {
        const due = acknowledgementOf(
          versions.filter((v) => v.slug === slug),
          byPerson.get(person.id) ?? new Map<string, Date>(),
          scope.asAt.slice(0, 10),
        );
        return due ? [{ person, policy: slug, version: due.version.version, at: due.at }] : [];
      });
    });
  }
}

/** The policies that the module of each requirement asks to acknowledge, in the version newest then. */
async function policiesAsked(
  db: Db,
  requirements: readonly Requirement[],
  asAt: Date,
): Promise<Map<string, readonly string[]>> {
  const versions = await db
    .select({ slug: moduleVersion.slug, body: moduleVersion.body })
    .from(moduleVersion)
    .where(lte(moduleVersion.publishedAt, asAt))
    .orderBy(asc(moduleVersion.publishedAt));
  const newest = new Map(versions.map((v) => [v.slug, v.body.acknowledges]));
  return new Map(requirements.map((one) => [one.slug, newest.get(one.module) ?? []]));
}
