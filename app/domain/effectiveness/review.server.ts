import { desc, eq, inArray } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { managementReview } from "#db/schema/effectiveness.ts";
import { organisation, person } from "#db/schema/people.ts";
import { canonicalJson, sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { writeAction } from "../competence/corrective-action.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { RecordRefusal, ReviewForm, ReviewMinutes } from "./review.ts";
import { reviewFigures } from "./review-figures.server.ts";

export type ReviewRecord = typeof managementReview.$inferSelect & { recorder: string };

/**
 * Records a review as held, with the figures of its period as they are now and the whole audit chain walked. It never
 * changes; what was forgotten is recorded as a further review.
 */
export async function recordReview(
  db: Db,
  actor: Actor,
  input: { from: string; until: string; form: ReviewForm },
  now: Date,
): Promise<{ ok: true; id: string } | { ok: false; reason: RecordRefusal }> {
  allow(actor, "review.record", {});
  const { from, until, form } = input;
  const today = now.toISOString().slice(0, 10);
  if (form.heldOn > today) return { ok: false, reason: "future" };
  return db.transaction(async (tx) => {
    const owners = await tx
      .select({ id: person.id, name: person.name, leftOn: person.leftOn })
      .from(person)
      .where(inArray(person.id, ["", ...form.actions.map((one) => one.ownerId)]));
    const actions: ReviewMinutes["actions"] = [];
    for (const action of form.actions) {
      const owner = owners.find((one) => one.id === action.ownerId);
      if (!owner || (owner.leftOn !== null && owner.leftOn <= today)) return { ok: false, reason: "owner" };
      actions.push({ ...action, owner: owner.name });
    }
    const { heldOn, attendees, changes, decisions } = form;
    const figures = await reviewFigures(tx, actor, { from, until, check: true }, now);
    // Tracked like any other action, so that the next review sees what became of it (ISO/IEC 42001 9.3.2 a).
    const tracked: ReviewMinutes["actions"] = [];
    for (const action of actions) {
      const { what: nonconformity, ownerId, on: dueOn } = action;
      const about = { scope: "organisation" as const, source: "review" as const };
      const row = { ...about, nonconformity, ownerId, dueOn, sourceRef: `${from} – ${until}` };
      tracked.push({ ...action, ...(await writeAction(tx, actor, row, [], now)) });
    }
    const minutes: ReviewMinutes = { attendees, changes, decisions, actions: tracked };
    const hash = sha256(canonicalJson({ heldOn, figures, minutes }));
    const [stored] = await tx
      .insert(managementReview)
      .values({
        id: randomUUID(),
        heldOn,
        fromOn: from,
        untilOn: until,
        figures,
        minutes,
        sha256: hash,
        recordedBy: actor.id,
        recordedAt: now,
      })
      .returning({ id: managementReview.id, number: managementReview.number });
    if (!stored) throw new Error("the review was not stored");
    const { id, number } = stored;
    const data = { number, from, until, sha256: hash };
    await recordEvents(
      tx,
      actor,
      [{ type: "review.recorded", subjectType: "management_review", subjectId: id, data }],
      now,
    );
    return { ok: true, id };
  });
}

/** The recorded reviews, newest first, without their figures. */
export async function recordedReviews(
  db: Db,
  actor: Actor,
): Promise<Pick<ReviewRecord, "id" | "number" | "heldOn" | "fromOn" | "untilOn">[]> {
  allow(actor, "review.read", {});
  const { id, number, heldOn, fromOn, untilOn } = managementReview;
  return db
    .select({ id, number, heldOn, fromOn, untilOn })
    .from(managementReview)
    .orderBy(desc(heldOn), desc(number));
}

/** A review as it was recorded; null where there is none. */
export async function recordedReview(db: Db, actor: Actor, id: string): Promise<ReviewRecord | null> {
  allow(actor, "review.read", {});
  const [row] = await db
    .select({ review: managementReview, recorder: person.name })
    .from(managementReview)
    .innerJoin(person, eq(person.id, managementReview.recordedBy))
    .where(eq(managementReview.id, id));
  return row ? { ...row.review, recorder: row.recorder } : null;
}

/** What the organisation is called, for the head of a report. */
export async function organisationName(db: Db): Promise<string> {
  const [row] = await db.select({ name: organisation.name }).from(organisation);
  return row?.name ?? "";
}
