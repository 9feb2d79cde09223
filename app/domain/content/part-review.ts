/** What a reader notes at a part of a draft. `part` names it as {@link partKey} does. */
export type PartNote = {
  id: string;
  part: string;
  text: string;
  by: string;
  /** ISO time. */
  at: string;
  /** Who has settled it; null while it is open. */
  settledBy: string | null;
};

/** That somebody has read a part as it stood then; `text` stands for that. */
export type PartRead = { part: string; text: string; by: string; at: string };

export type PartReview = { notes: PartNote[]; reads: PartRead[] };

export const noReview: PartReview = { notes: [], reads: [] };

/** Beyond so many notes a draft is talked about, not noted on. */
export const mostNotes = 500;
export const longestPartNote = 1000;

/** Names a part of a draft, whatever place it moves to: `lesson who-decides`, `item pm-001 de`, `about about`. */
export function partKey(part: { kind: string; id: string; language: string }): string {
  return [part.kind, part.id, ...(part.language === "en" ? [] : [part.language])].join(" ");
}

/** The review with a note settled, or opened again. The same where there is no such note. */
export function settled(review: PartReview, id: string, by: string | null): PartReview {
  const notes = review.notes.map((note) => (note.id === id ? { ...note, settledBy: by } : note));
  return { ...review, notes };
}

/** The review with a part read by somebody; what they read of it before counts no more. */
export function withRead(review: PartReview, read: PartRead): PartReview {
  const others = review.reads.filter((one) => one.part !== read.part || one.by !== read.by);
  return { ...review, reads: [...others, read] };
}

/** Who has read a part as it stands now, and who read it before it was changed again. */
export function readersOf(
  review: PartReview,
  part: string,
  text: string,
): { now: PartRead[]; earlier: PartRead[] } {
  const reads = review.reads.filter((one) => one.part === part);
  return { now: reads.filter((one) => one.text === text), earlier: reads.filter((one) => one.text !== text) };
}
