import { eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { legacyImport, legacyRecord } from "#db/schema/basis.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import { basesOf, type BasisEntry } from "./basis-view.server.ts";
import { namesOf } from "./record-evidence.server.ts";

/** Where an imported period came from; `by` is named. */
export type Provenance = {
  system: string;
  reference: string;
  score: number | null;
  file: string;
  by: string;
  at: Date;
};

/** What the record of a person says of bases, for those who may read it: beside the periods, and where they came from. */
export async function recordBases(
  db: Db,
  actor: Actor,
  personId: string,
): Promise<{
  bases: BasisEntry[];
  provenance: Record<string, Provenance>;
  may: { submit: boolean; attest: boolean; act: boolean };
} | null> {
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  if (!who) return null;
  const of = { personId, managerId: who.managerId, department: who.department };
  allow(actor, "record.read", of);
  const imported = await db
    .select({ id: legacyRecord.periodId })
    .from(legacyRecord)
    .where(eq(legacyRecord.personId, personId));
  return {
    bases: (await basesOf(db, personId)).filter((one) => shown(one, actor)),
    provenance: Object.fromEntries(
      await provenanceOf(
        db,
        imported.map((one) => one.id),
      ),
    ),
    may: {
      submit: can(actor, "basis.submit", of),
      attest: can(actor, "competence.attest", of),
      act: can(actor, "action.open", of),
    },
  };
}

/** A basis of no requirement lies within the scope of all requirements alone. */
function shown({ requirement }: BasisEntry, { scope }: Actor): boolean {
  if (!scope || scope.requirements === null) return true;
  return requirement !== null && coversRequirement(scope, requirement.slug);
}

/** Where imported periods came from, by period id. */
async function provenanceOf(tx: Db, periodIds: readonly string[]): Promise<Map<string, Provenance>> {
  if (periodIds.length === 0) return new Map();
  const rows = await tx
    .select({ record: legacyRecord, of: legacyImport })
    .from(legacyRecord)
    .innerJoin(legacyImport, eq(legacyImport.id, legacyRecord.importId))
    .where(inArray(legacyRecord.periodId, [...periodIds]));
  const nameOf = await namesOf(
    tx,
    rows.map((row) => row.of.importedBy),
  );
  return new Map(
    rows.map(({ record, of }) => [
      record.periodId,
      {
        system: record.sourceSystem,
        reference: record.reference,
        score: record.score,
        file: of.fileName,
        by: nameOf(of.importedBy),
        at: of.importedAt,
      },
    ]),
  );
}
