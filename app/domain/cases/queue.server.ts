import { and, asc, count, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import { person } from "#db/schema/people.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import type { AiSystem } from "../register/ai-system.ts";
import { theRegister } from "../register/ai-system.server.ts";
import type { Case, CaseEvent } from "./case.server.ts";
import { isCaseId } from "./case.ts";
import { mayHandle, type Refusal } from "./decision.ts";
import { reviewers } from "./decision.server.ts";
import { type Precedent, precedentsOf } from "./precedent.server.ts";
import { type Pace, paceOf, queuePageSize, type QueueView } from "./queue.ts";

export type QueueRow = Pick<
  Case,
  "id" | "number" | "title" | "status" | "automatic" | "openedAt" | "dueAt" | "decision" | "decidedAt"
> & {
  riskClass: Case["verdict"]["riskClass"];
  anchor: string;
  /** Of the question in the title. */
  language: Language;
  requester: string;
  pace: Pace;
};

/**
 * A page of cases (from 1): `open` by due date, `decided` newest first, both for reviewers and auditors; `mine` for
 * everybody, undecided before decided. With what each view holds.
 */
export async function caseQueue(
  db: Db,
  actor: Actor,
  filter: { view: QueueView; page: number },
  now: Date,
): Promise<{
  rows: QueueRow[];
  more: boolean;
  counts: Record<QueueView | "overdue", number>;
}> {
  if (filter.view === "mine") allow(actor, "case.read", { personId: actor.id });
  else allow(actor, "case.queue", {});
  const where = {
    open: ne(reviewCase.status, "decided"),
    mine: eq(reviewCase.requesterId, actor.id),
    decided: eq(reviewCase.status, "decided"),
    overdue: and(eq(reviewCase.status, "open"), lt(reviewCase.dueAt, now)),
  };
  const order = {
    open: [asc(reviewCase.dueAt), asc(reviewCase.number)],
    mine: [sql`${reviewCase.status} = 'decided'`, desc(reviewCase.openedAt), desc(reviewCase.number)],
    decided: [desc(reviewCase.decidedAt), desc(reviewCase.number)],
  };
  const rows = await db
    .select({ about: reviewCase, requester: person.name, language: question.language })
    .from(reviewCase)
    .innerJoin(person, eq(person.id, reviewCase.requesterId))
    .leftJoin(question, eq(question.id, reviewCase.questionId))
    .where(where[filter.view])
    .orderBy(...order[filter.view])
    .limit(queuePageSize + 1)
    .offset((filter.page - 1) * queuePageSize);
  const held = async (view: keyof typeof where): Promise<number> => {
    if (view !== "mine" && !can(actor, "case.queue", {})) return 0;
    const [row] = await db.select({ n: count() }).from(reviewCase).where(where[view]);
    return row?.n ?? 0;
  };
  return {
    rows: rows.slice(0, queuePageSize).map((row) => queueRow(row, now)),
    more: rows.length > queuePageSize,
    counts: {
      open: await held("open"),
      mine: await held("mine"),
      decided: await held("decided"),
      overdue: await held("overdue"),
    },
  };
}

function queueRow(
  { about, requester, language }: { about: Case; requester: string; language: Language | null },
  now: Date,
): QueueRow {
  const { id, number, title, status, automatic, openedAt, dueAt, decision, decidedAt, verdict } = about;
  const anchor = verdict.findings.find((f) => f.anchor !== "")?.anchor ?? "";
  const fields = { id, number, title, status, automatic, openedAt, dueAt, decision, decidedAt };
  return {
    ...fields,
    riskClass: verdict.riskClass,
    anchor,
    language: language ?? sourceLanguage,
    requester,
    pace: paceOf(about, now),
  };
}

export type CaseFile = {
  about: Case;
  /** Of the question; cases that content brought are in that of the content. */
  language: Language;
  pace: Pace;
  requester: { id: string; name: string; title: string; department: string };
  system: AiSystem | null;
  /** Oldest first, with the name of who acted. */
  history: (CaseEvent & { actor: string })[];
  decidedBy: string | null;
  decidedWith: string | null;
  /** Decided cases with the same facts; shown to those who read every case. */
  precedents: Precedent[];
  /** The reader asked for it. */
  mine: boolean;
  mayReply: boolean;
  /** What a decision form needs, for a reviewer who may decide; a refusal for one who may not; null for all others. */
  deciding:
    | {
        ok: true;
        systems: AiSystem[];
        seconds: { id: string; name: string }[];
      }
    | { ok: false; reason: Refusal }
    | null;
};

/** A case as its requester, reviewers and auditors see it; null for everybody else, as if it did not exist. */
export async function caseFor(db: Db, actor: Actor, caseId: string, now: Date): Promise<CaseFile | null> {
  if (!isCaseId(caseId)) return null;
  const [row] = await db
    .select({ about: reviewCase, requester: person, language: question.language })
    .from(reviewCase)
    .innerJoin(person, eq(person.id, reviewCase.requesterId))
    .leftJoin(question, eq(question.id, reviewCase.questionId))
    .where(eq(reviewCase.id, caseId));
  if (!row || !can(actor, "case.read", { personId: row.requester.id })) return null;
  const { about, requester } = row;
  const { systems } = await theRegister(db);
  const events = await db
    .select()
    .from(caseEvent)
    .where(eq(caseEvent.caseId, about.id))
    .orderBy(asc(caseEvent.position));
  const involved = [actor.id, about.decidedBy, about.decidedWith, ...events.map((e) => e.actorId)];
  const people = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(involved.filter((id) => id !== null))]));
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (people.find((p) => p.id === id)?.name ?? id);
  return {
    about,
    language: row.language ?? sourceLanguage,
    pace: paceOf(about, now),
    requester: {
      id: requester.id,
      name: requester.name,
      title: requester.title,
      department: requester.department,
    },
    system: systems.find((s) => s.slug === about.verdict.systemSlug) ?? null,
    history: events.map((event) => ({ ...event, actor: nameOf(event.actorId) ?? event.actorId })),
    decidedBy: nameOf(about.decidedBy),
    decidedWith: nameOf(about.decidedWith),
    precedents: can(actor, "case.queue", {}) ? await precedentsOf(db, about.factsKey, about.id) : [],
    mine: about.requesterId === actor.id,
    mayReply: about.requesterId === actor.id && about.status === "information_requested",
    deciding: await decidingFor(db, actor, about, systems, now),
  };
}

async function decidingFor(
  db: Db,
  actor: Actor,
  about: Case,
  systems: AiSystem[],
  now: Date,
): Promise<CaseFile["deciding"]> {
  if (!can(actor, "case.decide", {}) || about.status === "decided") return null;
  const handled = mayHandle(about, actor, about.revision, systems);
  if (!handled.ok) return handled;
  const owner = systems.find((s) => s.slug === about.verdict.systemSlug)?.owner;
  const unfit = [actor.id, about.requesterId, owner];
  const others = await reviewers(db, now.toISOString().slice(0, 10));
  return {
    ok: true,
    systems: systems.filter((s) => s.status === "in_use" || s.status === "pilot"),
    seconds: others.filter((r) => !unfit.includes(r.id)),
  };
}
