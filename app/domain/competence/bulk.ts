import { z } from "zod";
import type { Permission } from "../people/permission.ts";
import type { NamingRefusal } from "./naming.ts";
import { reminderRefusalWords, type ReminderRefusal } from "./remind.ts";
import { type RetrainingCause, retrainingCauses } from "./retraining.ts";
import { waiverInput, type WaiverRefusal } from "./waiver.ts";

/** What people choose to have done for many at once. */
export const bulkKinds = ["remind", "grant_waiver", "end_waiver", "retrain", "assign"] as const;
export type ChosenKind = (typeof bulkKinds)[number];
/** What takes one of them back, where another of them does not. */
export type BulkKind =
  ChosenKind | "call_back" | "regrant_waiver" | "withdraw_retraining" | "withdraw_assignment";

export const bulkKindNames: Record<BulkKind, string> = {
  remind: "Remind now",
  grant_waiver: "Grant waivers",
  end_waiver: "End waivers",
  retrain: "Ask for training again",
  assign: "Assign a requirement by name",
  call_back: "Call reminders back",
  regrant_waiver: "Grant ended waivers anew",
  withdraw_retraining: "Take back that training is asked again",
  withdraw_assignment: "Withdraw assignments by name",
};

/** What it takes to ask for each. */
export const bulkPermissions: Record<BulkKind, Permission> = {
  remind: "reminder.send",
  call_back: "reminder.send",
  grant_waiver: "waiver.grant",
  end_waiver: "waiver.grant",
  regrant_waiver: "waiver.grant",
  retrain: "requirement.manage",
  withdraw_retraining: "retraining.withdraw",
  assign: "requirement.name",
  withdraw_assignment: "requirement.name",
};

/** By which action each is taken back; null: it is not. Whatever takes something back and has no undo stays. */
const undoneBy: Record<BulkKind, BulkKind | null> = {
  remind: "call_back",
  grant_waiver: "end_waiver",
  end_waiver: "regrant_waiver",
  regrant_waiver: "end_waiver",
  retrain: "withdraw_retraining",
  assign: "withdraw_assignment",
  call_back: null,
  withdraw_retraining: null,
  withdraw_assignment: null,
};
export const undoOf = (kind: BulkKind): BulkKind | null => undoneBy[kind];

/** What came of it for one period. */
export type BulkOutcome =
  | "done"
  | "own"
  | "not_permitted"
  | "unproven"
  | "nothing_left"
  | "begun"
  | "moved"
  | WaiverRefusal
  | ReminderRefusal
  | NamingRefusal;

export const bulkOutcomeNames: Record<BulkOutcome, string> = {
  done: "Done",
  own: "Nobody decides about their own record.",
  not_permitted: "Whoever asked for it may no longer do it.",
  completed: "Completed in the meantime",
  past: "The last day was over before its turn came.",
  too_long: "The waiver would last too long.",
  ended: "No waiver counts any more.",
  ...reminderRefusalWords,
  unproven: "The training is before them already, or is due sooner in any case.",
  nothing_left: "There is nothing left of it to take back.",
  begun: "Begun in the meantime: it stays asked.",
  moved: "Its dates were changed again since.",
  already: "Asked of them already",
  requirement_ended: "The requirement asks nothing of anybody any more.",
};

/** The most periods of one action: what one person can still answer for, and take back. */
export const bulkLimit = 20_000;

const { reason } = waiverInput.shape;
const none = z.literal("").transform(() => null);

/** What HR enters; what else than a reason is needed follows from the kind. */
export const bulkInput = z.discriminatedUnion("kind", [
  waiverInput.extend({ kind: z.literal("grant_waiver") }),
  z.object({ kind: z.literal("end_waiver"), reason }),
  z.object({
    kind: z.literal("remind"),
    // It reminds of what is asked already, so nobody need say why.
    reason: z.string().trim().max(500, "Keep the reason within 500 characters.").default(""),
  }),
  z.object({
    kind: z.literal("retrain"),
    reason,
    cause: z.enum(retrainingCauses, "Choose the cause."),
    dueDays: z
      .string()
      .trim()
      .regex(/^[1-9]\d{0,2}$/, "Enter a whole number from 1 to 999.")
      .transform(Number),
  }),
  z.object({
    kind: z.literal("assign"),
    reason,
    requirement: z.string().trim().min(1, "Choose the requirement.").max(100, "Choose the requirement."),
    lastDay: z.union([none, z.iso.date("Enter the last day as a date.")]).default(null),
  }),
]);
export type BulkInput = z.infer<typeof bulkInput>;

/** What is stored of an action besides its reason and the last day of its waivers. */
export type BulkDetails = {
  cause?: RetrainingCause;
  dueDays?: number;
  requirement?: string;
  lastDay?: string | null;
};

/** The same as it is stored. */
export function storedBulk(input: BulkInput): {
  kind: BulkKind;
  reason: string;
  until: string | null;
  details: BulkDetails | null;
} {
  const { kind, reason: why } = input;
  const until = input.kind === "grant_waiver" ? input.until : null;
  const stored = { kind, reason: why, until };
  if (input.kind === "retrain") return { ...stored, details: { cause: input.cause, dueDays: input.dueDays } };
  if (input.kind === "assign")
    return { ...stored, details: { requirement: input.requirement, lastDay: input.lastDay } };
  return { ...stored, details: null };
}

export type BulkProgress = { total: number; done: number; refused: number };

/** How much of it is through, 0 to 100, rounded down so that 100 is said only of all. */
export function progressPercent({ total, done, refused }: BulkProgress): number {
  return total === 0 ? 100 : Math.floor(((done + refused) / total) * 100);
}

/** Whether an action can be taken back: once, when it is through, where anything was done and its kind has a way back. */
export function mayUndo(action: {
  kind: BulkKind;
  finishedAt: Date | null;
  done: number;
  undone: boolean;
}): boolean {
  return undoOf(action.kind) !== null && action.finishedAt !== null && action.done > 0 && !action.undone;
}
