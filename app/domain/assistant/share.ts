import { z } from "zod";

/** Letters of a name before colleagues are looked up: fewer would only list the organisation. */
export const shortestSearch = 2;
/** Colleagues shown at once. */
export const mostColleagues = 8;
/** Colleagues who may read one thread at the same time: an answer is passed on, not published. */
export const mostShares = 20;

export const shareFields = z.object({ personId: z.string().min(1).max(100) });

export type ShareRefusal = "self" | "not_here" | "too_many";
export const shareRefusalWords: Record<ShareRefusal, string> = {
  self: "Colleague: this is you. Choose somebody else.",
  not_here: "Colleague: this person does not work here any more. Choose somebody else.",
  too_many: `Colleague: an answer is shared with at most ${mostShares} people. Take it back from somebody first.`,
};

/** Whether somebody works here on `today` (YYYY-MM-DD). */
export function isActive(person: { leftOn: string | null }, today: string): boolean {
  return person.leftOn === null || person.leftOn > today;
}

/** Whether an asker may let a colleague read a thread that `shares` others may read already. */
export function mayShareWith(
  askerId: string,
  colleague: { id: string; leftOn: string | null },
  shares: number,
  today: string,
): { ok: true } | { ok: false; reason: ShareRefusal } {
  if (colleague.id === askerId) return { ok: false, reason: "self" };
  if (!isActive(colleague, today)) return { ok: false, reason: "not_here" };
  if (shares >= mostShares) return { ok: false, reason: "too_many" };
  return { ok: true };
}
