import { randomUUID } from "node:crypto";
import { inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { credential, organisation, person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import type { AiRole } from "./ai-role.ts";
import type { PersonRow } from "./import.ts";
import type { Actor } from "./permission.ts";
import { factsOf } from "./person-version.ts";
import { type ChangeOfPerson, recordChanges } from "./person-version.server.ts";
import { hashPassword } from "./session.server.ts";

export type Organisation = typeof organisation.$inferSelect;

/** The organisation this installation serves, or null before the first start. */
export async function theOrganisation(db: Db): Promise<Organisation | null> {
  const [row] = await db.select().from(organisation);
  return row ?? null;
}

/** Writes the one organisation row; answers the audit entry, or null when it is there already. */
export async function createOrganisation(
  tx: Db,
  row: Omit<Organisation, "id" | "createdAt" | "aiRoles">,
  now: Date,
): Promise<AuditEntry | null> {
  const made = await tx
    .insert(organisation)
    .values({ id: 1, createdAt: now, ...row })
    .onConflictDoNothing()
    .returning();
  if (made.length === 0) return null;
  return {
    type: "organisation.created",
    subjectType: "organisation",
    subjectId: "1",
    data: { kind: row.kind, name: row.name },
  };
}

/** Makes the AI roles of the organisation those given; answers the audit entry, or null when nothing changes. */
export async function publishAiRoles(tx: Db, aiRoles: readonly AiRole[]): Promise<AuditEntry | null> {
  const known = await theOrganisation(tx);
  if (!known || known.aiRoles.join() === aiRoles.join()) return null;
  await tx.update(organisation).set({ aiRoles: [...aiRoles] });
  const data = { aiRoles: [...aiRoles] };
  return { type: "organisation.roles_set", subjectType: "organisation", subjectId: "1", data };
}

/**
 * Inserts new people and updates known ones by id, all in the caller's transaction, and keeps what was known before;
 * answers the audit entry.
 */
export async function importPeople(
  tx: Db,
  rows: readonly PersonRow[],
  by: Pick<Actor, "id">,
  now: Date,
): Promise<AuditEntry> {
  const known = new Set<string>();
  const values = rows.map((row) => ({
    id: row.id,
    pseudonym: randomUUID(),
    email: row.email,
    name: row.name,
    department: row.department,
    title: row.title,
    managerId: row.manager_id,
    location: row.location,
    timeZone: row.time_zone,
    language: row.language,
    employmentType: row.employment_type,
    hiredOn: row.hired_on,
    leftOn: null,
    computerShare: row.computer_share,
    audiences: row.audiences,
    roles: row.roles,
  }));
  const columns = [
    "email",
    "name",
    "department",
    "title",
    "managerId",
    "location",
    "timeZone",
    "language",
    "employmentType",
    "hiredOn",
    "computerShare",
    "audiences",
    "roles",
  ] as const;
  const set = Object.fromEntries(columns.map((c) => [c, sql.raw(`excluded.${person[c].name}`)]));
  const today = now.toISOString().slice(0, 10);
  for (let i = 0; i < values.length; i += 500) {
    const some = values.slice(i, i + 500);
    const ids = some.map((one) => one.id);
    const before = await tx
      .select()
      .from(person)
      .where(inArray(person.id, ids))
      .orderBy(person.id)
      .for("update");
    const rowOf = new Map(before.map((one) => [one.id, one]));
    for (const { id } of before) known.add(id);
    await tx
      .insert(person)
      .values(some)
      // An erased identity does not come back with an old file.
      .onConflictDoUpdate({ target: person.id, set, setWhere: sql`${person.erasedAt} is null` });
    const changes = some.flatMap((one, n): ChangeOfPerson[] => {
      const was = rowOf.get(one.id) ?? null;
      if (was?.erasedAt) return [];
      const after = { ...factsOf(one), leftOn: was?.leftOn ?? null };
      return [{ personId: one.id, before: was, after, from: rows[i + n]?.valid_from ?? today }];
    });
    await recordChanges(tx, changes, by.id, now);
  }
  const created = rows.filter((row) => !known.has(row.id)).length;
  return {
    type: "people.imported",
    subjectType: "organisation",
    subjectId: "1",
    data: { created, changed: rows.length - created },
  };
}

/** Gives people the published sample password. Only ever called for the sample organisation. */
export async function setSamplePasswords(
  tx: Db,
  personIds: readonly string[],
  password: string,
  now: Date,
): Promise<void> {
  for (const personId of personIds) {
    const passwordHash = await hashPassword(password);
    await tx
      .insert(credential)
      .values({ personId, passwordHash, changedAt: now, sample: true })
      .onConflictDoNothing();
  }
}
