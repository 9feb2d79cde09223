import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { moduleDraft } from "#db/schema/content.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { isOpen } from "./draft.ts";
import { type Draft, lockedDraft, namesOf, seenAs } from "./draft.server.ts";
import { mostNotes, noReview, type PartReview, settled, withRead } from "./part-review.ts";

type Outcome = Promise<{ ok: true } | { ok: false; reason: "not_editing" } | null>;

/**
 * Notes something at a part of a draft, for its authors and readers. Notes are working papers: they change no revision, so
 * that nobody's text is refused for them. Null when there is no such draft.
 */
export async function addPartNote(
  db: Db,
  actor: Actor,
  input: { draftId: string; part: string; text: string },
  now: Date,
): Outcome {
  const { part, text } = input;
  const note = { id: randomUUID(), part, text, by: actor.id, at: now.toISOString(), settledBy: null };
  return changed(db, actor, input.draftId, (review) =>
    review.notes.length < mostNotes ? { ...review, notes: [...review.notes, note] } : null,
  );
}

/** Settles a note, or opens it again. Null when there is no such draft. */
export async function settlePartNote(
  db: Db,
  actor: Actor,
  input: { draftId: string; note: string; open: boolean },
): Outcome {
  return changed(db, actor, input.draftId, (review) =>
    settled(review, input.note, input.open ? null : actor.id),
  );
}

/** Declares that a part was read as its text stands. Null when there is no such draft. */
export async function markPartRead(
  db: Db,
  actor: Actor,
  input: { draftId: string; part: string; text: string },
  now: Date,
): Outcome {
  const { part, text } = input;
  return changed(db, actor, input.draftId, (review) =>
    withRead(review, { part, text, by: actor.id, at: now.toISOString() }),
  );
}

/** Stands for the text of a part in what was read of it. */
export const textKey = (text: string): string => seenAs(text);

export const reviewOf = (draft: Pick<Draft, "review">): PartReview => draft.review ?? noReview;

/** The review of a draft with the names of people. */
export async function shownReview(db: Db, draft: Pick<Draft, "review">): Promise<PartReview> {
  const { notes, reads } = reviewOf(draft);
  const people = [
    ...notes.flatMap((note) => [note.by, note.settledBy ?? note.by]),
    ...reads.map((one) => one.by),
  ];
  const names = await namesOf(db, people);
  const name = (id: string): string => names.get(id) ?? id;
  return {
    notes: notes.map((note) => ({
      ...note,
      by: name(note.by),
      settledBy: note.settledBy === null ? null : name(note.settledBy),
    })),
    reads: reads.map((one) => ({ ...one, by: name(one.by) })),
  };
}

async function changed(
  db: Db,
  actor: Actor,
  draftId: string,
  change: (review: PartReview) => PartReview | null,
): Outcome {
  // Who writes or publishes reads the texts; auditors look on.
  if (!can(actor, "content.publish")) allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, draftId);
    if (!draft) return null;
    const review = isOpen(draft.status) ? change(reviewOf(draft)) : null;
    if (!review) return { ok: false, reason: "not_editing" };
    await tx.update(moduleDraft).set({ review }).where(eq(moduleDraft.id, draftId));
    return { ok: true };
  });
}
