import { z } from "zod";
import { waiverInput, type WaiverRefusal } from "./waiver.ts";

/** What can be done to many periods at once. */
export const bulkKinds = ["grant_waiver", "end_waiver"] as const;
export type BulkKind = (typeof bulkKinds)[number];

export const bulkKindNames: Record<BulkKind, string> = {
  grant_waiver: "Grant waivers",
  end_waiver: "End waivers",
};

/** What came of it for one period. */
export type BulkOutcome = "done" | "own" | "not_permitted" | WaiverRefusal;

export const bulkOutcomeNames: Record<BulkOutcome, string> = {
  done: "Done",
  own: "Nobody decides about their own record.",
  not_permitted: "Whoever asked for it may no longer do it.",
  completed: "Completed in the meantime",
  past: "The last day was over before its turn came.",
  too_long: "The waiver would last too long.",
  ended: "No waiver counts any more.",
};

/** The most periods of one action: what one person can still answer for, and take back. */
export const bulkLimit = 20_000;

/** What HR enters; a last day where waivers are granted. */
export const bulkInput = z.discriminatedUnion("kind", [
  waiverInput.extend({ kind: z.literal("grant_waiver") }),
  waiverInput.pick({ reason: true }).extend({ kind: z.literal("end_waiver") }),
]);
export type BulkInput = z.infer<typeof bulkInput>;

export type BulkProgress = { total: number; done: number; refused: number };

/** How much of it is through, 0 to 100, rounded down so that 100 is said only of all. */
export function progressPercent({ total, done, refused }: BulkProgress): number {
  return total === 0 ? 100 : Math.floor(((done + refused) / total) * 100);
}

/** Whether an action can be taken back: waivers that were granted, once, when it is through. */
export function mayUndo(action: {
  kind: BulkKind;
  finishedAt: Date | null;
  done: number;
  undone: boolean;
}): boolean {
  return action.kind === "grant_waiver" && action.finishedAt !== null && action.done > 0 && !action.undone;
}
