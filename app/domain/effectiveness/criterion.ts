import { z } from "zod";
import type { Role } from "../people/role.ts";

/** What an evaluation can measure. */
export const measures = [
  "gain",
  "post_mean",
  "pass_share",
  "retention_mean",
  "overdue_share",
  "concern_rate",
] as const;
export type Measure = (typeof measures)[number];

export const measureNames: Record<Measure, string> = {
  gain: "Gain from pre-test to first assessment",
  post_mean: "Mean of the first assessment",
  pass_share: "Share that passes at the first attempt",
  retention_mean: "Mean of the retention check",
  overdue_share: "Share that is overdue or expired",
  concern_rate: "Reported concerns per 100 people",
};

/** What exactly each measure counts. */
export const measureDefinitions: Record<Measure, string> = {
  gain: "Mean of post minus pre, in percentage points, of all who took both in the same period. Pre: the pre-test. Post: the first assessment, passed or not. 95 % interval by Student’s t.",
  post_mean:
    "Mean score, in per cent, of the first assessment of each person, passed or not. 95 % interval by Student’s t.",
  pass_share:
    "Of all who submitted a first assessment, the share that passed it. 95 % interval by Wilson’s score.",
  retention_mean:
    "Mean score, in per cent, of the checks taken 90 days or more after a completion. 95 % interval by Student’s t.",
  overdue_share:
    "Of all who must be competent on the decision date and are not waived, the share that is overdue or expired. 95 % interval by Wilson’s score.",
  concern_rate:
    "Concerns and incidents reported in the window, for every 100 people of the organisation. They may be reported without a name, so they cannot be narrowed to a group. 95 % interval by the exact Poisson method.",
};

/** Which way is good. */
export const directionOf = (measure: Measure): "at_least" | "at_most" =>
  measure === "overdue_share" || measure === "concern_rate" ? "at_most" : "at_least";

/** The unit of a measure's figures. */
export const unitOf = (measure: Measure): "points" | "percent" | "rate" =>
  measure === "gain" ? "points" : measure === "concern_rate" ? "rate" : "percent";

/** Whether the estimate itself must reach the threshold, or the whole interval. */
export const confirmations = ["estimate", "interval"] as const;
export type Confirmation = (typeof confirmations)[number];
export const confirmationNames: Record<Confirmation, string> = {
  estimate: "The estimate must reach the threshold",
  interval: "The whole 95 % interval must reach the threshold",
};

/** Below this, no criterion may be decided. */
export const smallestMinimum = 5;

const day = z.iso.date("Enter a date.");
const names = z.array(z.string().min(1).max(100)).max(50);

const fields = {
  title: z
    .string()
    .trim()
    .min(3, "Enter a title of 3 letters or more.")
    .max(120, "Write at most 120 letters."),
  /** Slug of the requirement whose training is evaluated. */
  requirement: z.string().min(1, "Choose a requirement."),
  measure: z.enum(measures, "Choose a measure."),
  threshold: z
    .number("Enter a number.")
    .min(-100, "Enter a number from -100 to 100.")
    .max(100, "Enter a number from -100 to 100."),
  confirm: z.enum(confirmations, "Choose how it is confirmed."),
  minimumN: z
    .number("Enter a number.")
    .int("Enter a whole number.")
    .min(smallestMinimum, "Ask for 5 people or more: fewer show nothing and could be recognised.")
    .max(100_000, "Enter a smaller number."),
  /** Empty: all audiences. */
  audiences: names,
  /** Empty: all departments. */
  departments: names,
  /** What happens from this day on counts. */
  startsOn: day,
  /** What happened before this day counts; from it on the result is computed. */
  decisionOn: day,
  evaluatorId: z.string().min(1, "Choose who evaluates."),
};

type Whole = z.infer<z.ZodObject<typeof fields>>;
const endsLater = {
  holds: (one: Pick<Whole, "startsOn" | "decisionOn">) => one.startsOn < one.decisionOn,
  says: { path: ["decisionOn"], message: "Enter a day after the start." },
};
const countable = {
  holds: (one: Pick<Whole, "measure" | "audiences" | "departments">) =>
    one.measure !== "concern_rate" || one.audiences.length + one.departments.length === 0,
  says: {
    path: ["measure"],
    message:
      "Concerns cannot be narrowed to a group. Choose all audiences and departments, or another measure.",
  },
};

/** A criterion: what will be measured, of whom, when, and what counts as effective. Days are UTC. */
export const criterion = z
  .strictObject(fields)
  .refine(endsLater.holds, endsLater.says)
  .refine(countable.holds, countable.says);
export type Criterion = z.infer<typeof criterion>;

const typed = (number: z.ZodNumber) =>
  z
    .string()
    .trim()
    .min(1, "Enter a number.")
    .transform((text) => Number(text.replace(",", ".")))
    .pipe(number);

/** The same as a form sends it, with what is to be done and, of a change, why. */
export const criterionForm = z
  .object({
    ...fields,
    threshold: typed(fields.threshold),
    minimumN: typed(fields.minimumN),
    audiences: names.default([]),
    departments: names.default([]),
    intent: z.enum(["draft", "lock"]).catch("draft"),
    reason: z.string().trim().max(1000, "Write at most 1000 letters.").default(""),
  })
  .refine(endsLater.holds, endsLater.says)
  .refine(countable.holds, countable.says)
  .transform(({ intent, reason, ...rest }) => ({ criterion: rest, lock: intent === "lock", reason }));

export const lockRefusals = {
  started:
    "The start has passed. A criterion counts only if it was fixed before: choose a start that lies ahead.",
  data: "People of this group have results since the start already. Choose a later start, so that nobody could have seen them.",
  own_criterion: "Who wrote a version of the criterion cannot evaluate by it. Name somebody else.",
  evaluator: "This person may not evaluate. Name somebody of HR, a reviewer or an administrator.",
  requirement: "This requirement is not in force. Choose another.",
  locked: "This criterion is fixed. Change it with a reason; what it was stays on record.",
  evaluated: "The result is known. The criterion cannot change any more.",
} as const;
export type LockRefusal = keyof typeof lockRefusals;

/** The field of the form that a refusal is about; null where it is about all of it. */
export const fieldOfRefusal: Record<LockRefusal, keyof Criterion | "reason" | null> = {
  started: "startsOn",
  data: "startsOn",
  own_criterion: "evaluatorId",
  evaluator: "evaluatorId",
  requirement: "requirement",
  locked: "reason",
  evaluated: null,
};

/** Who may be named as evaluator, besides not being the author. */
export const evaluatorRoles: readonly Role[] = ["hr", "reviewer", "admin"];

/**
 * Whether a criterion may be fixed on `today`: before its start, or on the day itself while no data exist. Everything else
 * could have been written after a look at the data.
 */
export function mayLock(
  one: Pick<Criterion, "startsOn">,
  dataSinceStart: number,
  today: string,
): { ok: true } | { ok: false; reason: "started" | "data" } {
  if (one.startsOn < today) return { ok: false, reason: "started" };
  return dataSinceStart > 0 ? { ok: false, reason: "data" } : { ok: true };
}

/**
 * Whether a new version of a fixed criterion came after its start: then the evaluation says so for good, because data
 * could have been seen. A version that moves the start does not undo that.
 */
export const changesAfterStart = (fixed: Pick<Criterion, "startsOn">, today: string): boolean =>
  fixed.startsOn <= today;

export type EvaluationState = "draft" | "planned" | "running" | "due" | "decided";

export const evaluationStates: readonly EvaluationState[] = ["due", "running", "planned", "draft", "decided"];
export const evaluationStateNames: Record<EvaluationState, string> = {
  draft: "Draft",
  planned: "Planned",
  running: "Running",
  due: "Due for decision",
  decided: "Decided",
};

/** Where an evaluation stands on `today`. */
export function evaluationState(
  one: Pick<Criterion, "startsOn" | "decisionOn"> & { lockedAt: Date | null; decided: boolean },
  today: string,
): EvaluationState {
  if (one.decided) return "decided";
  if (one.lockedAt === null) return "draft";
  if (today < one.startsOn) return "planned";
  return today < one.decisionOn ? "running" : "due";
}
