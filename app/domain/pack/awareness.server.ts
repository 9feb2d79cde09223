import { and, asc, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleVersion, policyVersion } from "#db/schema/content.ts";
import { acknowledgement, policyCheck, policyCheckTry } from "#db/schema/policies.ts";
import { acknowledgementState, acknowledgementStateNames } from "../competence/acknowledgement-duty.ts";
import type { Requirement } from "../competence/requirement.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { acknowledgementDue, acknowledgementOf, countingVersions } from "../policies/acknowledgement.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { peoplePages, type Standing, standingsOf } from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import { rowsBy } from "./rows-by.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.awareness;

/** Who has acknowledged which version of which policy, and who has yet to. */
export async function awarenessFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  return [
    {
      path: `${folder}/summary.html`,
      shows: "For each policy: how many must have acknowledged it, how many have.",
      async *content() {
        const counts = new Map<
          string,
          { policy: string; version: string; must: number; have: number; late: number }
        >();
        for await (const duties of dutyPages(db, scope))
          for (const { policy, version, at, due } of duties) {
            const key = `${policy} ${version}`;
            const count = counts.get(key) ?? { policy, version, must: 0, have: 0, late: 0 };
            const late = acknowledgementState(at, due, new Date(scope.asAt)) === "overdue";
            counts.set(key, {
              ...count,
              must: count.must + 1,
              have: count.have + (at ? 1 : 0),
              late: count.late + (late ? 1 : 0),
            });
          }
        const rows = [...counts.values()].map((c) => [
          shown(c.policy),
          shown(c.version),
          shown(c.must),
          shown(c.have),
          shown(c.must - c.have),
          shown(c.late),
        ]);
        yield page(
          "Awareness: policies acknowledged",
          table(
            `As known at ${scope.asAt}`,
            ["Policy", "Version in force", "Must have acknowledged", "Have", "Have not", "Of these overdue"],
            rows.toSorted(),
          ),
        );
      },
    },
    {
      path: `${folder}/acknowledgements.csv`,
      shows:
        "Each acknowledgement by people in scope: who, which version, when, and after how many tries at its check.",
      content: () => acknowledgements(db, scope),
    },
    {
      path: `${folder}/checks.csv`,
      shows: "The scenarios that are answered before a version is acknowledged, without what is right.",
      async *content() {
        yield csvHead([
          "Policy",
          "Version",
          "SHA-256 of the check",
          "Published (UTC)",
          "Item",
          "Clause",
          "Scenario",
        ]);
        for (const { slug, version, hash, publishedAt, body } of await checksKnown(db, scope))
          yield csvLines(
            body.items.map((item) => [slug, version, hash, publishedAt, item.id, item.clause, item.stem]),
          );
      },
    },
    {
      path: `${folder}/check-tries.csv`,
      shows: "Each try at a check by people in scope, and whether all of it was right.",
      content: () => tries(db, scope),
    },
    {
      path: `${folder}/not-acknowledged.csv`,
      shows: "Who had not acknowledged the version in force, though a requirement asks it of them.",
      async *content() {
        yield csvHead([
          "Person",
          "Name",
          "Department",
          "Policy",
          "Version in force",
          "Asked since (UTC)",
          "Due",
          "State",
        ]);
        for await (const duties of dutyPages(db, scope))
          yield csvLines(
            duties
              .filter((duty) => duty.at === null)
              .map(({ person, policy, version, since, due }) => [
                person.id,
                person.name,
                person.department,
                policy,
                version,
                since,
                lastDayUntil(due, person.timeZone),
                acknowledgementStateNames[acknowledgementState(null, due, new Date(scope.asAt))],
              ]),
          );
      },
    },
  ];
}

async function* acknowledgements(db: Db, scope: PackOrder["scope"]): AsyncGenerator<string> {
  const versions = new Map((await versionsBy(db, scope)).map((v) => [v.id, v]));
  const checks = new Map((await checksKnown(db, scope)).map((one) => [one.id, one]));
  yield csvHead([
    "Person",
    "Policy",
    "Version",
    "SHA-256 of the version",
    "Acknowledged",
    "Period",
    "SHA-256 of the check",
    "Items of the check",
    "Tries",
  ]);
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
        const check = row.checkId === null ? undefined : checks.get(row.checkId);
        return [
          row.personId,
          version?.slug,
          version?.version,
          version?.hash,
          row.at,
          row.registration,
          check?.hash,
          check?.body.items.length,
          row.tries,
        ];
      }),
    );
  }
}

const checksKnown = (db: Db, scope: PackOrder["scope"]) =>
  db
    .select()
    .from(policyCheck)
    .where(lte(policyCheck.publishedAt, new Date(scope.asAt)))
    .orderBy(asc(policyCheck.slug), asc(policyCheck.version), asc(policyCheck.publishedAt));

async function* tries(db: Db, scope: PackOrder["scope"]): AsyncGenerator<string> {
  const versions = new Map((await versionsBy(db, scope)).map((v) => [v.id, v]));
  yield csvHead(["Person", "Policy", "Version", "Try", "At (UTC)", "All of it right"]);
  for await (const people of peoplePages(db, scope)) {
    const ids = people.map((one) => one.id);
    const rows = await db
      .select()
      .from(policyCheckTry)
      .where(and(inArray(policyCheckTry.personId, ids), lte(policyCheckTry.at, new Date(scope.asAt))))
      .orderBy(asc(policyCheckTry.personId), asc(policyCheckTry.at), asc(policyCheckTry.id));
    yield csvLines(
      rows.map((row): Value[] => {
        const version = versions.get(row.policyVersionId);
        return [row.personId, version?.slug, version?.version, row.number, row.at, row.right];
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
      publishedAt: policyVersion.publishedAt,
      audiences: policyVersion.audiences,
      acknowledgeDays: policyVersion.acknowledgeDays,
    })
    .from(policyVersion)
    .where(lte(policyVersion.publishedAt, new Date(scope.asAt)));

type Duty = {
  person: Standing["person"];
  policy: string;
  version: string;
  since: Date;
  due: Date;
  at: Date | null;
};

/**
 * Which policies people must have acknowledged at the end of the scope, since and until when, and whether they have, a page
 * of people at a time: those that a requirement asks of them, and those whose version names an audience of theirs.
 */
async function* dutyPages(db: Db, scope: PackOrder["scope"]): AsyncGenerator<Duty[]> {
  const requirements = await requirementsIn(db, scope);
  const asAt = new Date(scope.asAt);
  const policiesOf = await policiesAsked(db, requirements, asAt);
  const bySlug = rowsBy(await versionsBy(db, scope), (one) => one.slug);
  const today = scope.asAt.slice(0, 10);
  const named = [...bySlug].flatMap(([slug, versions]) => {
    // Which requirement it is about nobody can say of those.
    const audiences = scope.requirements === null ? countingVersions(versions, today)[0]?.audiences : null;
    return audiences ? [{ slug, audiences }] : [];
  });
  for await (const people of peoplePages(db, scope)) {
    const standings = await standingsOf(db, people, scope, requirements);
    const ids = people.map((one) => one.id);
    const given = await db
      .select()
      .from(acknowledgement)
      .where(and(inArray(acknowledgement.personId, ids), lte(acknowledgement.at, asAt)));
    const byPerson = rowsBy(given, (one) => one.personId);
    yield standings.flatMap(({ person, periods, cells }): Duty[] => {
      const asks = cells.map((cell) => cell.requirement.slug);
      const asked = new Set([
        ...asks.flatMap((slug) => policiesOf.get(slug) ?? []),
        ...named
          .filter(({ audiences }) => audiences.some((one) => person.audiences.includes(one)))
          .map(({ slug }) => slug),
      ]);
      const have = new Map((byPerson.get(person.id) ?? []).map((one) => [one.policyVersionId, one.at]));
      return [...asked].flatMap((slug): Duty[] => {
        const counting = countingVersions(bySlug.get(slug) ?? [], today);
        const last = counting.at(-1);
        const found = acknowledgementOf(bySlug.get(slug) ?? [], have, today);
        if (!found || !last) return [];
        const first = periods.find((p) => policiesOf.get(p.requirementSlug)?.includes(slug));
        const askedAt = first?.assignedAt ?? new Date(`${person.hiredOn}T00:00:00Z`);
        const { version, at } = found;
        const dates = acknowledgementDue(last, askedAt);
        return [{ person, policy: slug, version: version.version, at, ...dates }];
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
