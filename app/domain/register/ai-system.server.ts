import { and, asc, eq, inArray, isNull, notInArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem, approval } from "#db/schema/register.ts";
import { type AuditEntry, canonicalJson } from "../audit/event.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { type AiSystem, fitsFilter, type SystemFilter } from "./ai-system.ts";
import { type Approval, approvalOf, counts, personGroup, personOf } from "./approval.ts";

/**
 * Brings register and approvals to what content says, in the caller's transaction; answers the audit entry, none when
 * nothing changed. Approvals that content no longer lists are withdrawn; those that cases gave are never touched.
 */
export async function publishRegister(
  tx: Db,
  systems: readonly AiSystem[],
  now: Date,
): Promise<AuditEntry[]> {
  const known = new Map((await tx.select().from(aiSystem)).map((row) => [row.slug, row.body]));
  const changed = systems.filter((s) => canonicalJson(known.get(s.slug)) !== canonicalJson(s));
  const gone = [...known.values()].filter(
    (body) => body.status !== "retired" && !systems.some((s) => s.slug === body.slug),
  );
  if (changed.length === 0 && gone.length === 0) return [];
  for (const body of changed) {
    const row = { name: body.name, status: body.status, riskClass: body.riskClass, body, updatedAt: now };
    await tx
      .insert(aiSystem)
      .values({ slug: body.slug, ...row })
      .onConflictDoUpdate({ target: aiSystem.slug, set: row });
    for (const entry of body.approvals) {
      const { id, ...fields } = { ...approvalOf(body.slug, entry), withdrawnAt: null };
      await tx
        .insert(approval)
        .values({ id, ...fields })
        .onConflictDoUpdate({ target: approval.id, set: fields });
    }
  }
  const listed = systems.flatMap((s) => s.approvals.map((a) => a.id));
  const ours = and(isNull(approval.caseId), isNull(approval.withdrawnAt));
  await tx
    .update(approval)
    .set({ withdrawnAt: now })
    .where(listed.length > 0 ? and(ours, notInArray(approval.id, listed)) : ours);
  for (const body of gone) {
    const retired = { ...body, status: "retired" as const };
    await tx
      .update(aiSystem)
      .set({ status: "retired", body: retired, updatedAt: now })
      .where(eq(aiSystem.slug, body.slug));
  }
  const data = { systems: systems.length, approvals: listed.length };
  return [{ type: "register.published", subjectType: "register", subjectId: "1", data }];
}

/** All systems and the approvals that were not withdrawn: what a verdict is judged by. */
export async function theRegister(db: Db): Promise<{ systems: AiSystem[]; approvals: Approval[] }> {
  const systems = await db.select({ body: aiSystem.body }).from(aiSystem).orderBy(asc(aiSystem.name));
  const approvals = await db
    .select()
    .from(approval)
    .where(isNull(approval.withdrawnAt))
    .orderBy(asc(approval.id));
  return { systems: systems.map((row) => row.body), approvals };
}

/** A register entry as lists show it: with how many of its approvals count on the day asked. */
export type ListedSystem = AiSystem & { approvalsInForce: number };

/** The register as its page lists it, by name, narrowed by `filter`; `all` is how many entries there are without it. */
export async function listSystems(
  db: Db,
  actor: Actor,
  filter: SystemFilter,
  now: Date,
): Promise<{ systems: ListedSystem[]; all: number }> {
  allow(actor, "register.read", {});
  const { systems, approvals } = await theRegister(db);
  const today = now.toISOString().slice(0, 10);
  const shown = systems
    .filter((s) => fitsFilter(s, filter))
    .map((s) => {
      const ours = approvals.filter((a) => a.systemSlug === s.slug && a.caseId === null);
      return { ...s, approvalsInForce: ours.filter((a) => counts(a, today)).length };
    });
  return { systems: shown, all: systems.length };
}

export type RegisterEntry = {
  system: AiSystem;
  approvals: (Approval & {
    counts: boolean;
    approver: string;
    /** Whom a case gave it to; null for groups. */
    person: string | null;
  })[];
  owner: string;
  overseers: string[];
};

/**
 * One entry with its approvals and the names of people, or null. An approval that a case gave to one person is shown to
 * that person and to those who read every case.
 */
export async function readSystem(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<RegisterEntry | null> {
  allow(actor, "register.read", {});
  const [row] = await db.select({ body: aiSystem.body }).from(aiSystem).where(eq(aiSystem.slug, slug));
  if (!row) return null;
  const approvals = await db
    .select()
    .from(approval)
    .where(and(eq(approval.systemSlug, slug), isNull(approval.withdrawnAt)))
    .orderBy(asc(approval.id));
  const shown = approvals.filter(
    (a) => a.caseId === null || a.groups.includes(personGroup(actor.id)) || can(actor, "case.queue", {}),
  );
  const holders = shown.flatMap((a) => a.groups.map(personOf)).filter((id) => id !== null);
  const ids = [row.body.owner, ...row.body.overseers, ...shown.map((a) => a.approvedBy), ...holders];
  const people = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(ids)]));
  const nameOf = (id: string): string => people.find((p) => p.id === id)?.name ?? id;
  const today = now.toISOString().slice(0, 10);
  return {
    system: row.body,
    approvals: shown.map((a) => {
      const holder = a.groups.map(personOf).find((id) => id !== null) ?? null;
      const approver = nameOf(a.approvedBy);
      return { ...a, counts: counts(a, today), approver, person: holder && nameOf(holder) };
    }),
    owner: nameOf(row.body.owner),
    overseers: row.body.overseers.map(nameOf),
  };
}
