import { and, asc, count, desc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { basis, basisEvent, proofFile } from "#db/schema/basis.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import {
  type BasisEventKind,
  basisState,
  type BasisState,
  mayStep,
  type ObservationMethod,
  type ObservedCriterion,
} from "./basis.ts";
import type { BasisKind } from "./basis-kind.ts";
import { namesOf } from "./record-evidence.server.ts";

/** A basis as its readers see it; people are named. */
export type BasisEntry = {
  id: string;
  personId: string;
  requirement: { slug: string; title: string } | null;
  kind: BasisKind;
  title: string;
  issuer: string;
  obtainedOn: string;
  validUntil: string | null;
  file: { id: string; name: string; size: number; sha256: string; scanned: boolean } | null;
  link: string | null;
  note: string;
  method: ObservationMethod | null;
  criteria: ObservedCriterion[] | null;
  replaces: string | null;
  submittedBy: string;
  submittedAt: Date;
  state: BasisState;
  events: { kind: BasisEventKind; by: string; at: Date; note: string; periodId: string | null }[];
};

/** Everything that was submitted for a person, newest first. The caller has allowed reading the record. */
export function basesOf(tx: Db, personId: string): Promise<BasisEntry[]> {
  return entriesOf(tx, eq(basis.personId, personId));
}

/**
 * One basis with whom it is about and what the reader may do; reading that of somebody else is recorded. Null when there is
 * none.
 */
export async function basisFor(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{
  entry: BasisEntry;
  person: { id: string; name: string };
  may: { decide: boolean; revoke: boolean; withdraw: boolean; correct: boolean };
} | null> {
  const [found] = await db
    .select({ person, submittedBy: basis.submittedBy })
    .from(basis)
    .innerJoin(person, eq(person.id, basis.personId))
    .where(eq(basis.id, id));
  if (!found) return null;
  const { id: personId, name, managerId } = found.person;
  allow(actor, "record.read", { personId, managerId });
  const [entry] = await entriesOf(db, eq(basis.id, id));
  if (!entry) return null;
  if (actor.id !== personId) {
    const data = { personId, through: "basis" as const };
    await db.transaction((tx) =>
      recordEvents(
        tx,
        actor,
        [{ type: "record.read", subjectType: "person", subjectId: personId, data }],
        now,
      ),
    );
  }
  const facts = { personId, submittedBy: found.submittedBy, state: entry.state };
  const decides = can(actor, "basis.decide", { personId });
  const own = found.submittedBy === actor.id;
  const corrected = await db.$count(basis, eq(basis.replaces, id));
  return {
    entry,
    person: { id: personId, name },
    may: {
      decide: decides && mayStep("approved", facts, actor.id).ok,
      revoke: decides && mayStep("revoked", facts, actor.id).ok,
      withdraw: own && mayStep("withdrawn", facts, actor.id).ok,
      correct:
        own &&
        personId === actor.id &&
        corrected === 0 &&
        entry.state !== "submitted" &&
        entry.state !== "approved",
    },
  };
}

/** A requirement that was assigned to a person and has not ended: what may prove it, and whether it is open. */
export type BasisChoice = {
  slug: string;
  title: string;
  accepts: readonly BasisKind[];
  criteria: readonly string[];
  open: boolean;
  validMonths: number;
};

/** What a basis of a person can be for. The caller has allowed the act that needs it. */
export async function basisChoices(db: Db, personId: string): Promise<BasisChoice[]> {
  const rows = await db
    .select({ body: requirement.body, completedAt: period.completedAt })
    .from(period)
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(eq(period.personId, personId), isNull(requirement.endedOn), isNull(period.endedAt)))
    .orderBy(asc(requirement.position), asc(requirement.slug), asc(period.number));
  const newest = new Map(rows.map((row) => [row.body.slug, row]));
  return [...newest.values()].map(({ body, completedAt }) => ({
    slug: body.slug,
    title: body.title,
    accepts: body.accepts ?? [],
    criteria: body.criteria ?? [],
    open: completedAt === null,
    validMonths: body.validMonths,
  }));
}

/** Somebody whom the actor may attest something to, with what for. Null when there is no such person. */
export async function attestable(
  db: Db,
  actor: Actor,
  personId: string,
): Promise<{ person: { id: string; name: string }; choices: BasisChoice[] } | null> {
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  allow(actor, "competence.attest", { personId, managerId: who?.managerId ?? null });
  if (!who) return null;
  const choices = await basisChoices(db, personId);
  return {
    person: { id: who.id, name: who.name },
    choices: choices.filter((one) => one.accepts.includes("attestation")),
  };
}

export const basisPageSize = 50;

/** What waits for a decision, oldest first, or what was decided, newest first; a page at a time. Never the reader's own. */
export async function basisQueue(
  db: Db,
  actor: Actor,
  input: { view: "waiting" | "decided"; page: number },
): Promise<{ rows: (BasisEntry & { person: string })[]; more: boolean; waiting: number }> {
  allow(actor, "basis.decide", {});
  const waits = sql`not exists (select 1 from basis_event e where e.basis_id = ${basis.id})`;
  const others = ne(basis.personId, actor.id);
  const decided = sql`exists (select 1 from basis_event e where e.basis_id = ${basis.id} and e.kind <> 'withdrawn')`;
  const matching = and(others, input.view === "waiting" ? waits : decided);
  const order = input.view === "waiting" ? asc(basis.submittedAt) : desc(basis.submittedAt);
  const ids = await db
    .select({ id: basis.id, person: person.name })
    .from(basis)
    .innerJoin(person, eq(person.id, basis.personId))
    .where(matching)
    .orderBy(order, asc(basis.id))
    .limit(basisPageSize + 1)
    .offset((input.page - 1) * basisPageSize);
  const shown = ids.slice(0, basisPageSize);
  const entries =
    shown.length === 0
      ? []
      : await entriesOf(
          db,
          inArray(
            basis.id,
            shown.map((one) => one.id),
          ),
        );
  const [open] = await db.select({ n: count() }).from(basis).where(and(others, waits));
  return {
    rows: shown.flatMap(({ id, person: name }) => {
      const entry = entries.find((one) => one.id === id);
      return entry ? [{ ...entry, person: name }] : [];
    }),
    more: ids.length > basisPageSize,
    waiting: open?.n ?? 0,
  };
}

async function entriesOf(db: Db, where: SQL | undefined): Promise<BasisEntry[]> {
  const asked = alias(requirement, "asked");
  // Never the content: a list of proofs has no use for ten megabytes each.
  const { id: fileId, name, size, sha256, scannedAt } = proofFile;
  const rows = await db
    .select({ basis, asked, file: { fileId, name, size, sha256, scannedAt } })
    .from(basis)
    .leftJoin(asked, eq(asked.slug, basis.requirementSlug))
    .leftJoin(proofFile, eq(proofFile.id, basis.proofFileId))
    .where(where)
    .orderBy(desc(basis.submittedAt), asc(basis.id));
  if (rows.length === 0) return [];
  const events = await db
    .select()
    .from(basisEvent)
    .where(
      inArray(
        basisEvent.basisId,
        rows.map((row) => row.basis.id),
      ),
    )
    .orderBy(asc(basisEvent.position));
  const nameOf = await namesOf(db, [
    ...rows.map((row) => row.basis.submittedBy),
    ...events.map((event) => event.actorId),
  ]);
  return rows.map(({ basis: row, asked: of, file }) => {
    const own = events.filter((event) => event.basisId === row.id);
    const { proofFileId: _file, requirementSlug: _slug, proofLink, ...rest } = row;
    return {
      ...rest,
      requirement: of ? { slug: of.slug, title: of.title } : null,
      file: file
        ? {
            id: file.fileId,
            name: file.name,
            size: file.size,
            sha256: file.sha256,
            scanned: file.scannedAt !== null,
          }
        : null,
      link: proofLink,
      submittedBy: nameOf(row.submittedBy),
      state: basisState(own),
      events: own.map(({ kind, actorId, at, note, periodId }) => ({
        kind,
        by: nameOf(actorId),
        at,
        note,
        periodId,
      })),
    };
  });
}
