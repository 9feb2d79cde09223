import { and, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import type { AuditData } from "../audit/event.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { changesOfPerson, type PersonField } from "../people/person-version.ts";
import { versionsOf } from "../people/person-version.server.ts";

export type FieldChange = { field: PersonField; before: FieldValue; after: FieldValue };
type FieldValue = string | number | readonly string[] | null;

/** Something that was recorded of a person: when, by whom, and what. */
export type HistoryEntry = { at: Date; by: string | null } & (
  | { kind: "came" }
  /** `from`: the first day of which it is true; null where it is a first or last day of work alone. */
  | { kind: "changed"; from: string | null; changes: FieldChange[] }
  | { kind: "system_added" | "system_ended"; system: string; role: string }
  | { kind: "leave_recorded" | "leave_withdrawn"; from: string; until: string }
);

const kinds = {
  "person.system_added": "system_added",
  "person.system_ended": "system_ended",
  "leave.recorded": "leave_recorded",
  "leave.withdrawn": "leave_withdrawn",
} as const;
const told = [...(Object.keys(kinds) as (keyof typeof kinds)[]), "person.changed"] as const;

/** So many entries are shown, the newest. */
const most = 200;

/**
 * Who changed what of a person and when, newest first, with names for ids of managers: from the versions, and from the
 * audit log what those do not hold. For whoever may change it.
 */
export async function personHistory(db: Db, actor: Actor, personId: string): Promise<HistoryEntry[]> {
  allow(actor, "person.edit", { personId });
  const versions = (await versionsOf(db, [personId])).get(personId) ?? [];
  const changes = changesOfPerson(versions);
  const events = await db
    .select({ type: auditEvent.type, at: auditEvent.at, by: auditEvent.actorId, data: auditEvent.data })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.subjectType, "person"),
        eq(auditEvent.subjectId, personId),
        inArray(auditEvent.type, [...told]),
      ),
    )
    .orderBy(desc(auditEvent.seq))
    .limit(most);
  const systems = await db.select({ slug: aiSystem.slug, name: aiSystem.name }).from(aiSystem);
  const systemNames = new Map(systems.map(({ slug, name }) => [slug, name]));
  const kept = new Set(changes.map((one) => one.at.getTime()));
  const entries: HistoryEntry[] = [];
  for (const { type, at, by, data } of events)
    if (type === "person.changed") {
      // Recorded before versions were kept.
      if (!kept.has(at.getTime()))
        entries.push({ kind: "changed", at, by, from: null, changes: earlierChanges(data) });
    } else if (type in kinds) {
      const kind = kinds[type as keyof typeof kinds];
      if (kind === "system_added" || kind === "system_ended") {
        const { system: slug, role } = data as AuditData["person.system_added"];
        entries.push({ kind, at, by, system: systemNames.get(slug) ?? slug, role });
      } else {
        const { from, until } = data as AuditData["leave.recorded"];
        entries.push({ kind, at, by, from, until });
      }
    }
  for (const { at, by, from, before, after, fields } of changes)
    entries.push({
      kind: "changed",
      at,
      by,
      from,
      changes: fields.map((field) => ({ field, before: before[field], after: after[field] })),
    });
  const [first] = versions;
  if (first && first.recordedBy !== null)
    entries.push({ kind: "came", at: first.recordedAt, by: first.recordedBy });
  const newest = entries.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, most);
  return named(db, newest);
}

function earlierChanges(data: unknown): FieldChange[] {
  const { changes } = data as AuditData["person.changed"];
  return Object.entries(changes).map(([field, { from, to }]) => {
    const value = (of: string): FieldValue =>
      field === "audiences" ? of.split(" ").filter(Boolean) : of === "" ? null : of;
    return { field: field as PersonField, before: value(from), after: value(to) };
  });
}

/** With names in place of ids. */
async function named(db: Db, entries: readonly HistoryEntry[]): Promise<HistoryEntry[]> {
  const managers = entries.flatMap((one) =>
    one.kind === "changed"
      ? one.changes.filter(({ field }) => field === "managerId").flatMap((c) => [c.before, c.after])
      : [],
  );
  const ids = [...new Set([...entries.map((one) => one.by), ...managers])].filter(
    (id): id is string => typeof id === "string",
  );
  const rows =
    ids.length === 0
      ? []
      : await db.select({ id: person.id, name: person.name }).from(person).where(inArray(person.id, ids));
  const names = new Map([[system.id, system.name], ...rows.map(({ id, name }) => [id, name] as const)]);
  const nameOf = (id: FieldValue): FieldValue => (typeof id === "string" ? (names.get(id) ?? id) : id);
  return entries.map((one) => {
    const by = one.by === null ? null : (names.get(one.by) ?? one.by);
    if (one.kind !== "changed") return { ...one, by };
    const changes = one.changes.map((change) =>
      change.field === "managerId"
        ? { ...change, before: nameOf(change.before), after: nameOf(change.after) }
        : change,
    );
    return { ...one, by, changes };
  });
}
