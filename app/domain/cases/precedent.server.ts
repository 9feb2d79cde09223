import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { appendEvent, rulesInForce } from "./case.server.ts";
import { type CaseEntry, dueAt, factsKey } from "./case.ts";
import { type CaseDecision } from "./status.ts";
import { factsOf, verdictOf } from "./precedent.ts";

export type Precedent = { caseId: string; number: number; decision: CaseDecision; decidedOn: string };

/** Decided cases with the same facts, newest first, without the case `except` (escalation-procedure 4.1). */
export async function precedentsOf(db: Db, key: string | null, except?: string): Promise<Precedent[]> {
  if (key === null) return [];
  const rows = await db
    .select({
      caseId: reviewCase.id,
      number: reviewCase.number,
      decision: reviewCase.decision,
      decidedAt: reviewCase.decidedAt,
    })
    .from(reviewCase)
    .where(
      and(
        eq(reviewCase.factsKey, key),
        eq(reviewCase.status, "decided"),
        except ? ne(reviewCase.id, except) : undefined,
      ),
    )
    .orderBy(desc(reviewCase.decidedAt), desc(reviewCase.number));
  return rows.flatMap(({ decision, decidedAt, ...row }) =>
    decision && decidedAt ? [{ ...row, decision, decidedOn: decidedAt.toISOString().slice(0, 10) }] : [],
  );
}

/**
 * Brings decided cases of the content folder into the database, in the caller's transaction; answers the audit entries
 * to record. A case that is there already is left as it is; one that is dated after `now`, or whose people are not here
 * yet, waits for a later publication.
 */
export async function publishCases(tx: Db, cases: readonly CaseEntry[], now: Date): Promise<AuditEntry[]> {
  if (cases.length === 0) return [];
  const rules = await rulesInForce(tx);
  const ids = cases.map((c) => c.id);
  const today = now.toISOString().slice(0, 10);
  const published = await tx
    .select({ contentId: reviewCase.contentId })
    .from(reviewCase)
    .where(inArray(reviewCase.contentId, ids));
  const people = await tx
    .select({ id: person.id })
    .from(person)
    .where(inArray(person.id, [...new Set(cases.flatMap((c) => [c.requester, c.decidedBy]))]));
  const known = new Set(people.map((p) => p.id));
  const entries: AuditEntry[] = [];
  const fresh = cases
    .filter((c) => !published.some((p) => p.contentId === c.id))
    .filter((c) => c.decidedOn <= today && known.has(c.requester) && known.has(c.decidedBy))
    .toSorted((a, b) => a.openedOn.localeCompare(b.openedOn));
  for (const entry of fresh) {
    const id = randomUUID();
    const facts = factsOf(entry);
    const verdict = verdictOf(entry, rules.rules);
    const openedAt = new Date(`${entry.openedOn}T09:00:00Z`);
    const decidedAt = new Date(`${entry.decidedOn}T15:00:00Z`);
    const { rating, decision, decidedBy, requester, conditions } = entry;
    const [stored] = await tx
      .insert(reviewCase)
      .values({
        id,
        requesterId: requester,
        questionId: null,
        contentId: entry.id,
        title: entry.question,
        facts,
        factsKey: factsKey(facts) ?? entry.id,
        verdict,
        automatic: false,
        status: "decided",
        openedAt,
        dueAt: dueAt(openedAt, verdict, rules),
        revision: 2,
        decision,
        decidedAt,
        decidedBy,
        ...rating,
      })
      .returning({ number: reviewCase.number });
    if (!stored) throw new Error(`case ${entry.id} was not stored`);
    const event = { caseId: id, note: "" };
    await appendEvent(tx, { ...event, position: 1, kind: "opened", actorId: requester, at: openedAt });
    await appendEvent(tx, {
      ...event,
      position: 2,
      kind: "decided",
      actorId: decidedBy,
      at: decidedAt,
      note: entry.reason,
      data: {
        decision,
        ...rating,
        secondId: null,
        conditions,
        clauses: entry.clauses,
      },
    });
    const data = { number: stored.number, contentId: entry.id, decision };
    entries.push({ type: "case.published", subjectType: "case", subjectId: id, data });
  }
  return entries;
}
