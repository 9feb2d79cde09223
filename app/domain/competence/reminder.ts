import { createHash } from "node:crypto";
import { z } from "zod";
import { sendingHours } from "../communication/hours.ts";
import type { NoticeTopic } from "../communication/notice.ts";
import { type PeriodFacts, periodState, type WaiverFacts } from "./assignment.ts";
import { isToDo } from "./agenda.ts";
import { ladderOf } from "./held.ts";

/** Whom a step tells. A manager who is not there is stood in for by HR. */
const audiences = ["learner", "manager", "hr"] as const;

const step = z
  .strictObject({
    step: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens"),
    /** From which date it counts; `overdue` is the due date with grace. */
    from: z.enum(["assigned", "due", "overdue"]),
    /** Days after that date; before it when negative. */
    days: z.number().int().min(-365).max(365),
    tell: z.array(z.enum(audiences)).min(1),
    /** A reminder beyond what must be said, which learners may switch off. */
    early: z.boolean().default(false),
  })
  .refine(({ from, days }) => from !== "assigned" || days >= 0, {
    path: ["days"],
    message: "nothing is told before it is assigned",
  });
export type Step = z.infer<typeof step>;

const ladder = z
  .array(step)
  .refine((steps) => new Set(steps.map((one) => one.step)).size === steps.length, "a step stands twice");

/** `reminders.yaml`: who is told what, when, before and after a date (ISO/IEC 42001 7.4). */
export const remindersFile = z
  .strictObject({
    /** Steps for those who hold no competence that a renewal would follow. */
    first: ladder,
    /** Steps for those whose competence ends, or has. */
    renewal: ladder,
    /** Steps of a policy that is to be acknowledged; it has no grace. */
    policy: ladder,
    hours: sendingHours,
    /** How many people a table of a manager or of HR names; beyond it counts them and links to the board. */
    listed: z.number().int().min(1).max(200),
    /** For how many days after a practice fell due it is brought up. */
    practiceDays: z.number().int().min(1).max(30),
  })
  .refine(({ first, renewal, policy }) => {
    const names = [...first, ...renewal, ...policy].map((one) => one.step);
    return new Set(names).size === names.length;
  }, "a step stands in two ladders; what was told is kept by the names of steps");
export type Reminders = z.infer<typeof remindersFile>;

const day = 86_400_000;

export const ladders = ["first", "renewal", "policy"] as const;

/** Where a step stands: on which ladder, and how many days from what. Null for what is on none, as practices are. */
export type Rung = Pick<Step, "from" | "days"> & { ladder: (typeof ladders)[number] };
export function rungOf(reminders: Reminders, name: string): Rung | null {
  for (const ladder of ladders) {
    const found = reminders[ladder].find((one) => one.step === name);
    if (found) return { ladder, from: found.from, days: found.days };
  }
  return null;
}

function momentOf({ from, days }: Step, period: PeriodFacts): Date {
  const start = { assigned: period.assignedAt, due: period.dueAt, overdue: period.graceUntil }[from];
  return new Date(start.getTime() + days * day);
}

/**
 * The step of the ladder that is to be told about a period at `now`, or null. Of those whose time has come only the last:
 * whoever starts late, or was held up, does not send all that was missed. A step is told once, and none after a later one.
 * Nothing is told of a period that is completed, waived or superseded. `held` is until when the competence before it counts
 * by itself, null where there is none (see `heldUntil`); `told` are the steps told before.
 */
export function dueStep(
  reminders: Pick<Reminders, "first" | "renewal">,
  period: PeriodFacts,
  held: Date | null,
  waivers: readonly WaiverFacts[],
  told: readonly string[],
  now: Date,
): Step | null {
  if (!isOpen(period, waivers, now)) return null;
  const steps = reminders[ladderOf(held)]
    .map((one) => ({ one, at: momentOf(one, period) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const last = steps.findLastIndex(({ at }) => at <= now);
  const found = steps[last];
  if (!found || steps.slice(last).some(({ one }) => told.includes(one.step))) return null;
  return found.one;
}

/** Whether a period still asks something of its person. */
export function isOpen(period: PeriodFacts, waivers: readonly WaiverFacts[], now: Date): boolean {
  if (period.completedAt !== null || period.assignedAt > now) return false;
  if (period.supersededAt !== null && period.supersededAt <= now) return false;
  return isToDo(periodState(period, waivers, now));
}

/** An acknowledgement that is asked for, as a ladder sees it. */
export function acknowledgementAsPeriod({ since, due }: { since: Date; due: Date }): PeriodFacts {
  const open = { startedAt: null, completedAt: null, renewFrom: null, expiresAt: null };
  return {
    ...open,
    number: 1,
    assignedAt: since,
    dueAt: due,
    graceUntil: due,
    supersededAt: null,
    endedAt: null,
  };
}

/**
 * What notices of an acknowledgement are filed under: the person, the policy, and since when it is asked for, so that an
 * editorial version begins no new ladder and a material one does.
 */
export function acknowledgementSubject(of: { personId: string; slug: string; since: Date }): string {
  const hex = createHash("sha256")
    .update(`${of.personId}/${of.slug}/${of.since.toISOString()}`)
    .digest("hex");
  // A UUIDv8 (RFC 9562 §5.8): as long as the ids of periods, and never one of theirs.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** How a notice of training is worded. */
export const stages = ["assigned", "due", "overdue", "renewal", "expired"] as const;
export type Stage = (typeof stages)[number];

/**
 * What there is to say of a period at `now` by its last step, and the date that it is said of: of a competence that is held
 * its end, else when the training is due. Only what is held can be renewed, and only what was held can have expired.
 */
export function stageOf(
  period: PeriodFacts,
  held: Date | null,
  step: string,
  reminders: Pick<Reminders, "first">,
  now: Date,
): { stage: Stage; date: Date } {
  if (held !== null && held > now) return { stage: "renewal", date: held };
  const date = period.dueAt;
  if (period.graceUntil <= now)
    return held === null ? { stage: "overdue", date } : { stage: "expired", date: held };
  const first = held === null && reminders.first.find((one) => one.step === step)?.from === "assigned";
  return { stage: first ? "assigned" : "due", date };
}

/**
 * Whether a step stands on the ladder that a person is not on: what was planned while they held something else is not told
 * any more. Reminders sent by hand are on none, and stay.
 */
export function isOffLadder(
  reminders: Pick<Reminders, "first" | "renewal">,
  held: Date | null,
  step: string,
): boolean {
  const other = ladderOf(held) === "first" ? "renewal" : "first";
  return reminders[other].some((one) => one.step === step);
}

/** A notice to be written for one person. */
export type PlannedNotice = {
  recipientId: string;
  topic: NoticeTopic;
  subjectId: string;
  step: string;
  optional: boolean;
};

/**
 * Whom a step tells, each once: the learner, their manager, HR. Where a manager is to be told and there is none any more, HR
 * is told instead, so that nobody is late unseen.
 */
export function noticesOf(
  step: Step,
  of: {
    subjectId: string;
    /** What the learner's own notice is about. */
    topic: "training" | "policy";
    personId: string;
    managerId: string | null;
    hr: readonly string[];
  },
): PlannedNotice[] {
  const common = { subjectId: of.subjectId, step: step.step };
  const notices: PlannedNotice[] = [];
  const tell = (recipientId: string, topic: NoticeTopic): void => {
    if (!notices.some((one) => one.recipientId === recipientId))
      notices.push({ ...common, recipientId, topic, optional: topic === of.topic && step.early });
  };
  if (step.tell.includes("learner")) tell(of.personId, of.topic);
  const noManager = step.tell.includes("manager") && of.managerId === null;
  if (step.tell.includes("manager") && of.managerId !== null) tell(of.managerId, "team");
  if (step.tell.includes("hr") || noManager) for (const id of of.hr) tell(id, "organisation");
  return notices;
}
