import { z } from "zod";

/** Whom a gap concerns. */
export const actionScopes = ["person", "people", "department", "audience", "organisation"] as const;
export type ActionScope = (typeof actionScopes)[number];
export const actionScopeNames: Record<ActionScope, string> = {
  person: "One person",
  people: "The people chosen on the board",
  department: "A department",
  audience: "An audience",
  organisation: "The organisation",
};

/** How a gap was noticed. */
export const actionSources = [
  "retention",
  "overdue",
  "case",
  "effectiveness",
  "audit",
  "review",
  "other",
] as const;
export type ActionSource = (typeof actionSources)[number];
export const actionSourceNames: Record<ActionSource, string> = {
  retention: "Failed retention check",
  overdue: "Missed date",
  case: "Incident or case",
  effectiveness: "Evaluation of effectiveness",
  audit: "Audit finding",
  review: "Management review",
  other: "Something else",
};

/** Where an action stands: from the gap to its close (ISO/IEC 42001 10.2). */
export const actionStatuses = ["open", "planned", "done", "verified", "closed"] as const;
export type ActionStatus = (typeof actionStatuses)[number];
export const actionStatusNames: Record<ActionStatus, string> = {
  open: "Needs a plan",
  planned: "Under way",
  done: "Effect to be verified",
  verified: "Effective, to be closed",
  closed: "Closed",
};

export const actionSteps = ["opened", "planned", "done", "verified", "closed", "reopened"] as const;
export type ActionStep = (typeof actionSteps)[number];
export const actionStepNames: Record<ActionStep, string> = {
  opened: "Gap recorded",
  planned: "Action planned",
  done: "Action carried out",
  verified: "Effect verified",
  closed: "Closed",
  reopened: "Reopened",
};

export const verdicts = ["effective", "not_effective"] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictNames: Record<Verdict, string> = {
  effective: "Effective",
  not_effective: "Not effective",
};

const text = (missing: string) =>
  z.string().trim().min(10, missing).max(2000, "Keep it within 2000 characters.");
const measure = z.string().trim().max(100, "Keep it within 100 characters.");

/** The most people of one action: whom one plan and one verification can still reach. */
export const actionPeopleLimit = 200;

const member = z.string().max(100);

/** What opens an action. `person` and `owner` are e-mail addresses. */
export const actionInput = z
  .object({
    scope: z.enum(actionScopes, "Choose whom it concerns."),
    person: z.string().trim().max(200).default(""),
    /** Ids of those it is about, where they are several. */
    member: z
      .union([z.array(member).max(actionPeopleLimit), member])
      .default([])
      .transform((ids) => (typeof ids === "string" ? [ids] : ids)),
    group: z.string().trim().max(100, "Keep it within 100 characters.").default(""),
    requirement: z.string().trim().max(100).default(""),
    source: z.enum(actionSources, "Choose how it was noticed."),
    sourceRef: z.string().trim().max(200, "Keep it within 200 characters.").default(""),
    nonconformity: text("Describe the gap in at least ten characters."),
    owner: z.string().trim().min(1, "Name the owner by e-mail address.").max(200),
    dueOn: z.iso.date("Enter the day as a date."),
  })
  .refine((one) => one.scope !== "person" || one.person !== "", {
    path: ["person"],
    message: "Name the person by e-mail address.",
  })
  .refine((one) => one.scope !== "people" || one.member.length > 0, {
    path: ["scope"],
    message: "Choose the people on the board first.",
  })
  .refine((one) => !["department", "audience"].includes(one.scope) || one.group !== "", {
    path: ["group"],
    message: "Name the department or audience.",
  });
export type ActionInput = z.infer<typeof actionInput>;

/** What each further step needs. */
export const stepInput = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("planned"),
    cause: text("Say in at least ten characters why it happened."),
    note: text("Say in at least ten characters what will be done."),
    owner: z.string().trim().min(1, "Name the owner by e-mail address.").max(200),
    dueOn: z.iso.date("Enter the day as a date."),
  }),
  z.object({
    step: z.literal("done"),
    note: text("Say in at least ten characters what was done."),
  }),
  z.object({
    step: z.literal("verified"),
    verdict: z.enum(verdicts, "Choose whether it had the effect."),
    method: text("Say in at least ten characters how the effect was checked."),
    before: measure.min(1, "Say what was measured before."),
    after: measure.min(1, "Say what was measured after."),
    note: z.string().trim().max(2000, "Keep it within 2000 characters."),
  }),
  z.object({
    step: z.literal("closed"),
    note: z.string().trim().max(2000, "Keep it within 2000 characters."),
  }),
  z.object({
    step: z.literal("reopened"),
    note: text("Say in at least ten characters why it is opened again."),
  }),
]);
export type StepInput = z.infer<typeof stepInput>;

/** What may follow in each state. An action can be planned anew while it is under way. */
const following: Record<ActionStatus, readonly ActionStep[]> = {
  open: ["planned"],
  planned: ["done", "planned"],
  done: ["verified"],
  verified: ["closed"],
  closed: ["reopened"],
};

export type ActionRefusal =
  "out_of_turn" | "own_action" | "past_due" | "unknown_owner" | "unknown_person" | "moved_people";
export const actionRefusalWords: Record<ActionRefusal, string> = {
  out_of_turn: "The action has moved on in the meantime.",
  own_action: "You own this action or carried it out. Someone else verifies and closes it.",
  past_due: "The day is over already. Enter today or a later day.",
  unknown_owner: "Nobody here has this e-mail address.",
  unknown_person: "Nobody you may open an action for has this e-mail address.",
  moved_people: "Somebody of these people has left in the meantime. Choose them on the board again.",
};

/**
 * Whether somebody may take a step. Who owns an action or has carried it out neither verifies its effect nor closes it, so
 * that four eyes stand behind every verdict.
 */
export function mayTake(
  step: ActionStep,
  action: { status: ActionStatus; ownerId: string; doneBy: readonly string[] },
  actorId: string,
): { ok: true } | { ok: false; reason: ActionRefusal } {
  if (!following[action.status].includes(step)) return { ok: false, reason: "out_of_turn" };
  const own = action.ownerId === actorId || action.doneBy.includes(actorId);
  if ((step === "verified" || step === "closed") && own) return { ok: false, reason: "own_action" };
  return { ok: true };
}

/** Where an action stands after a step; one without effect needs a new plan. */
export function statusAfter(step: ActionStep, verdict: Verdict | null = null): ActionStatus {
  if (step === "opened" || step === "reopened") return "open";
  if (step === "verified") return verdict === "effective" ? "verified" : "open";
  return step;
}

/** The steps that may follow in a state. */
export const nextSteps = (status: ActionStatus): readonly ActionStep[] => following[status];

/** Whether the day it was due has passed without its being carried out. */
export const isOverdue = (action: { status: ActionStatus; dueOn: string }, today: string): boolean =>
  (action.status === "open" || action.status === "planned") && action.dueOn < today;

/** What a list of actions is narrowed to. Read from an address, so anything unreadable narrows nothing. */
export const actionFilter = z.object({
  view: z.enum(["unfinished", "overdue", "closed", "mine"]).catch("unfinished").default("unfinished"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
export type ActionFilter = z.infer<typeof actionFilter>;
