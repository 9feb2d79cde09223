import { and, count, eq, gt, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgSelect } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { basis, basisEvent, legacyImport, legacyRecord } from "#db/schema/basis.ts";
import { periodBefore } from "#db/schema/board.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { managementReview } from "#db/schema/effectiveness.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import type { Later } from "./index-page.ts";
import { personFields } from "../people/person-version.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import { inScope, peopleIn } from "./person-page.server.ts";
import { isWhole, type PackScope } from "./scope.ts";

/**
 * Counts what a pack of the same time made later would show, or show otherwise: facts whose own date lies within the time,
 * and which were stored after its end.
 */
export async function recordedLater(db: Db, scope: PackScope): Promise<Later[]> {
  const asAt = new Date(scope.asAt);
  const { until } = scope;
  const end = { day: scope.asAt.slice(0, 10), at: asAt };
  const of = (slug: PgColumn): SQL | undefined =>
    scope.requirements === null ? undefined : inArray(slug, scope.requirements);
  const numberOf = async (query: PgSelect): Promise<number> => {
    const [row] = (await query) as { n: number }[];
    return row?.n ?? 0;
  };
  const n = { n: count() };
  const lines: [string, PgSelect][] = [
    [
      "Completions of earlier systems, imported since",
      db
        .select(n)
        .from(legacyRecord)
        .innerJoin(legacyImport, eq(legacyImport.id, legacyRecord.importId))
        .innerJoin(person, eq(person.id, legacyRecord.personId))
        .where(
          and(
            peopleIn(scope),
            of(legacyRecord.requirementSlug),
            lte(legacyRecord.completedOn, until),
            gt(legacyImport.importedAt, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Education, training, experience and observations of this time, approved or revoked since",
      db
        .select({ n: sql<number>`count(distinct ${basis.id})::int` })
        .from(basis)
        .innerJoin(basisEvent, eq(basisEvent.basisId, basis.id))
        .innerJoin(person, eq(person.id, basis.personId))
        .where(
          and(
            peopleIn(scope),
            of(basis.requirementSlug),
            lte(basis.obtainedOn, until),
            inArray(basisEvent.kind, ["approved", "revoked"]),
            gt(basisEvent.at, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Waivers that counted at the end, and were ended since before their last day",
      db
        .select(n)
        .from(waiver)
        .innerJoin(period, eq(period.id, waiver.periodId))
        .innerJoin(person, eq(person.id, period.personId))
        .where(
          and(
            peopleIn(scope),
            of(period.requirementSlug),
            lte(waiver.grantedAt, asAt),
            gt(waiver.until, asAt),
            gt(waiver.endedAt, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Cycles that stood at the end, and are asked no longer since",
      db
        .select(n)
        .from(period)
        .innerJoin(person, eq(person.id, period.personId))
        .where(
          and(
            peopleIn(scope),
            of(period.requirementSlug),
            lte(period.assignedAt, asAt),
            gt(period.endedAt, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Certificates issued by then, and revoked since",
      db
        .select(n)
        .from(certificateRevocation)
        .innerJoin(certificate, eq(certificate.id, certificateRevocation.certificateId))
        .innerJoin(person, eq(person.id, certificate.personId))
        .innerJoin(period, eq(period.id, certificate.registration))
        .where(
          and(
            peopleIn(scope),
            of(period.requirementSlug),
            lte(certificate.issuedAt, asAt),
            gt(certificateRevocation.revokedAt, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Cycles whose dates were moved since, by leave, a material change or training asked again",
      db
        .select({ n: sql<number>`count(distinct ${period.id})::int` })
        .from(periodBefore)
        .innerJoin(period, eq(period.id, periodBefore.periodId))
        .innerJoin(person, eq(person.id, period.personId))
        .where(
          and(
            peopleIn(scope),
            of(period.requirementSlug),
            lte(period.assignedAt, asAt),
            gt(periodBefore.until, asAt),
          ),
        )
        .$dynamic(),
    ],
    [
      "Versions of requirements in force from a day of this time, written since",
      db
        .select(n)
        .from(requirementVersion)
        .where(
          and(
            of(requirementVersion.requirementSlug),
            lte(requirementVersion.effectiveFrom, until),
            gt(requirementVersion.at, asAt),
          ),
        )
        .$dynamic(),
    ],
  ];
  lines.push([
    "People of this time whose name, department or other details in it were recorded otherwise since",
    db
      .select({ n: sql<number>`count(*)::int` })
      .from(peopleAsOf({ ...end, known: "now" }))
      .leftJoin(peopleAsOf({ ...end, known: "then" }, "earlier"), sql`earlier.id = person.id`)
      .where(and(or(inScope(scope), peopleIn(scope)), sql`(earlier.id is null or ${otherwise(until)})`))
      .$dynamic(),
  ]);
  if (isWhole(scope))
    lines.push([
      "Management reviews held in this time, recorded since",
      db
        .select(n)
        .from(managementReview)
        .where(and(lte(managementReview.heldOn, until), gt(managementReview.recordedAt, asAt)))
        .$dynamic(),
    ]);
  const found: Later[] = [];
  for (const [what, query] of lines) found.push({ what, count: await numberOf(query) });
  return found;
}

/** That a person and the same as known earlier differ. A last day after the time is nothing of it. */
function otherwise(until: string): SQL {
  const facts = personFields.map((field) => {
    const column = person[field].name;
    const fact = (of: string): SQL =>
      field === "leftOn"
        ? sql`case when ${sql.raw(of)}.left_on <= ${until}::date then ${sql.raw(of)}.left_on end`
        : sql.raw(`${of}.${column}`);
    return sql`${fact("person")} is distinct from ${fact("earlier")}`;
  });
  return sql`(${sql.join(facts, sql` or `)})`;
}
