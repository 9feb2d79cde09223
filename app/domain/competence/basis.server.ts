import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { basis, basisEvent } from "#db/schema/basis.ts";
import { requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import {
  type AttestationInput,
  type BasisInput,
  type BasisRefusal,
  decideDays,
  decideSubmission,
  mayStep,
  observed,
  type SubmissionRefusal,
} from "./basis.ts";
import { lockedBasis } from "./basis-decision.server.ts";
import { type CheckedFile, storeProofFile } from "./proof-file.server.ts";
import type { Requirement } from "./requirement.ts";

export type Submitted =
  | { ok: true; id: string }
  | {
      ok: false;
      field: "obtainedOn" | "validUntil" | "file" | "criteria" | "requirement";
      reason: SubmissionRefusal;
    }
  | null;

/**
 * Takes a person's own proof of education, external training or experience (ISO/IEC 42001 7.2 b, d). It counts for nothing
 * until somebody else has approved it. `replaces` names the refused or withdrawn one that it corrects. Null when the
 * requirement, or what it corrects, is not there.
 */
export async function submitBasis(
  db: Db,
  actor: Actor,
  input: BasisInput & { file: CheckedFile | null; replaces: string | null },
  now: Date,
): Promise<Submitted> {
  allow(actor, "basis.submit", { personId: actor.id });
  const { file, link, obtainedOn, validUntil, replaces } = input;
  const today = now.toISOString().slice(0, 10);
  const decided = decideSubmission(
    { obtainedOn, validUntil, file: file !== null, link: link !== null },
    today,
  );
  if (!decided.ok) return decided;
  return db.transaction(async (tx) => {
    if (input.requirement !== null && !(await currentRequirement(tx, input.requirement))) return null;
    if (replaces !== null && !(await mayReplace(tx, actor.id, replaces))) return null;
    const id = randomUUID();
    await tx.insert(basis).values({
      id,
      personId: actor.id,
      requirementSlug: input.requirement,
      kind: input.kind,
      title: input.title,
      issuer: input.issuer,
      obtainedOn,
      validUntil,
      proofFileId: file ? await storeProofFile(tx, actor, file, now) : null,
      proofLink: link,
      note: input.note,
      replaces,
      submittedBy: actor.id,
      submittedAt: now,
    });
    const data = { personId: actor.id, kind: input.kind, sha256: file?.sha256 ?? null };
    const entry: AuditEntry = { type: "basis.submitted", subjectType: "basis", subjectId: id, data };
    await recordEvents(tx, actor, [entry], now);
    return { ok: true, id };
  });
}

/**
 * Records what a manager has seen of a direct report, criterion by criterion, as the requirement has them now. Like any
 * other basis it counts once somebody else has approved it. Null when there is no such person or requirement.
 */
export async function attestCompetence(
  db: Db,
  actor: Actor,
  input: AttestationInput & {
    personId: string;
    requirement: string;
    said: readonly { met: string; note: string }[];
  },
  now: Date,
): Promise<Submitted> {
  const { personId, observedOn: obtainedOn, validUntil } = input;
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  allow(actor, "competence.attest", { personId, managerId: who?.managerId ?? null });
  if (!who) return null;
  const days = decideDays({ obtainedOn, validUntil }, now.toISOString().slice(0, 10));
  if (!days.ok) return days;
  return db.transaction(async (tx) => {
    const body = await currentRequirement(tx, input.requirement);
    if (!body?.accepts?.includes("attestation")) return null;
    const criteria = observed(body.criteria ?? [], input.said);
    if (criteria === null) return { ok: false, field: "criteria", reason: "unsaid" };
    const id = randomUUID();
    await tx.insert(basis).values({
      id,
      personId,
      requirementSlug: body.slug,
      kind: "attestation",
      title: body.title,
      issuer: actor.name,
      obtainedOn,
      validUntil,
      note: input.note,
      method: input.method,
      criteria,
      submittedBy: actor.id,
      submittedAt: now,
    });
    const met = criteria.filter((one) => one.met).length;
    const data = { personId, requirement: body.slug, met, criteria: criteria.length };
    const entry: AuditEntry = { type: "competence.attested", subjectType: "basis", subjectId: id, data };
    await recordEvents(tx, actor, [entry], now);
    return { ok: true, id };
  });
}

/** Takes back what was submitted, before it is decided. It stays on the record as withdrawn. Null when it is not the actor's. */
export async function withdrawBasis(
  db: Db,
  actor: Actor,
  basisId: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: BasisRefusal } | null> {
  return db.transaction(async (tx) => {
    const found = await lockedBasis(tx, basisId);
    if (!found || found.row.submittedBy !== actor.id) return null;
    const { row, state, position } = found;
    const allowed = mayStep("withdrawn", { ...row, state }, actor.id);
    if (!allowed.ok) return allowed;
    await tx.insert(basisEvent).values({
      id: randomUUID(),
      basisId,
      position,
      kind: "withdrawn",
      actorId: actor.id,
      at: now,
      note: "",
    });
    const data = { personId: row.personId, kind: row.kind };
    const entry: AuditEntry = { type: "basis.withdrawn", subjectType: "basis", subjectId: basisId, data };
    await recordEvents(tx, actor, [entry], now);
    return { ok: true };
  });
}

/** A requirement that has not ended; null when there is none of the name. */
export async function currentRequirement(db: Db, slug: string): Promise<Requirement | null> {
  const [row] = await db.select().from(requirement).where(eq(requirement.slug, slug));
  return row && row.endedOn === null ? row.body : null;
}

/** A person corrects their own, once, and only what no longer waits and does not count. */
async function mayReplace(tx: Db, personId: string, replaced: string): Promise<boolean> {
  const found = await lockedBasis(tx, replaced);
  if (!found || found.row.personId !== personId) return false;
  const taken = await tx.$count(basis, eq(basis.replaces, replaced));
  return taken === 0 && found.state !== "submitted" && found.state !== "approved";
}
