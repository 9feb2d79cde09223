import { z } from "zod";
import type { BasisKind } from "./basis-kind.ts";
import type { Requirement } from "./requirement.ts";

/** How a manager saw the competence. */
export const observationMethods = ["observation", "work_sample", "interview"] as const;
export type ObservationMethod = (typeof observationMethods)[number];
export const observationMethodNames: Record<ObservationMethod, string> = {
  observation: "Observed at work",
  work_sample: "Sample of work",
  interview: "Interview",
};

/** One criterion of an attestation, as the requirement had it then. */
export type ObservedCriterion = { text: string; met: boolean; note: string };

export const basisEventKinds = ["approved", "refused", "withdrawn", "revoked"] as const;
export type BasisEventKind = (typeof basisEventKinds)[number];

/** Where a basis stands: what was decided last, or that it waits. */
export const basisStates = ["submitted", ...basisEventKinds] as const;
export type BasisState = (typeof basisStates)[number];
export const basisStateNames: Record<BasisState, string> = {
  submitted: "Waits for a decision",
  approved: "Approved",
  refused: "Refused",
  withdrawn: "Withdrawn",
  revoked: "Revoked",
};

/** The state after these events, in their order. */
export const basisState = (events: readonly { kind: BasisEventKind }[]): BasisState =>
  events.at(-1)?.kind ?? "submitted";

const line = (missing: string, long: number, tooLong: string) =>
  z.string().trim().min(1, missing).max(long, tooLong);

/** A link to a proof that is kept elsewhere; only over HTTPS, so that nobody on the way can exchange it. */
const proofLink = z
  .string()
  .trim()
  .max(500, "Keep the link within 500 characters.")
  .refine((link) => link === "" || isHttps(link), "Give an address that begins with https://.")
  .transform((link) => link || null);

/** What a person sends to prove a competence. Days are checked by {@link decideSubmission}, which knows today. */
export const basisInput = z.object({
  requirement: z
    .string()
    .trim()
    .transform((slug) => slug || null),
  kind: z.enum(["education", "training", "experience"], "Choose what it is."),
  title: line("Say what it is: the degree, the course or the work.", 200, "Keep it within 200 characters."),
  issuer: line("Say who issued or can confirm it.", 200, "Keep it within 200 characters."),
  obtainedOn: z.iso.date("Enter the day as a date."),
  validUntil: z
    .union([z.literal(""), z.iso.date("Enter the day as a date, or leave it empty.")])
    .transform((day) => day || null),
  link: proofLink,
  note: z.string().trim().max(1000, "Keep the note within 1000 characters."),
});
export type BasisInput = z.infer<typeof basisInput>;

/** What a manager sends to attest what they have seen. */
export const attestationInput = z.object({
  method: z.enum(observationMethods, "Choose how you saw it."),
  observedOn: z.iso.date("Enter the day as a date."),
  validUntil: z
    .union([z.literal(""), z.iso.date("Enter the day as a date, or leave it empty.")])
    .transform((day) => day || null),
  note: z
    .string()
    .trim()
    .min(10, "Say in at least ten characters what you saw; an auditor will read it.")
    .max(1000, "Keep the note within 1000 characters."),
});
export type AttestationInput = z.infer<typeof attestationInput>;

/** Why a decision was taken. */
export const decisionNote = z
  .string()
  .trim()
  .min(10, "Give the reason in at least ten characters; an auditor will read it.")
  .max(1000, "Keep the reason within 1000 characters.");

export type SubmissionRefusal = "future" | "over" | "before" | "no_proof" | "two_proofs" | "unsaid";
export const submissionRefusalWords: Record<SubmissionRefusal, string> = {
  future: "The day lies ahead. Enter the day on which it was obtained.",
  over: "It has ended already, so it proves nothing today.",
  before: "It ends before it was obtained. Check both days.",
  no_proof: "Add a proof: a file or a link.",
  two_proofs: "Send a file or a link, not both.",
  unsaid: "Say of each criterion whether it is met.",
};

/** Whether a basis can be submitted today. */
export function decideSubmission(
  of: { obtainedOn: string; validUntil: string | null; file: boolean; link: boolean },
  today: string,
): { ok: true } | { ok: false; field: "obtainedOn" | "validUntil" | "file"; reason: SubmissionRefusal } {
  const days = decideDays(of, today);
  if (!days.ok) return days;
  if (!of.file && !of.link) return { ok: false, field: "file", reason: "no_proof" };
  return of.file && of.link ? { ok: false, field: "file", reason: "two_proofs" } : { ok: true };
}

/** Whether the days of a basis make sense today. */
export function decideDays(
  of: { obtainedOn: string; validUntil: string | null },
  today: string,
): { ok: true } | { ok: false; field: "obtainedOn" | "validUntil"; reason: SubmissionRefusal } {
  if (of.obtainedOn > today) return { ok: false, field: "obtainedOn", reason: "future" };
  if (of.validUntil !== null && of.validUntil < of.obtainedOn)
    return { ok: false, field: "validUntil", reason: "before" };
  if (of.validUntil !== null && of.validUntil < today)
    return { ok: false, field: "validUntil", reason: "over" };
  return { ok: true };
}

/** The criteria with what was said of each, by place; null when one is left out. Only "met" counts as met. */
export function observed(
  criteria: readonly string[],
  said: readonly { met: string; note: string }[],
): ObservedCriterion[] | null {
  const all = criteria.map((text, i) => {
    const one = said[i];
    return one?.met === "met" || one?.met === "not_met"
      ? { text, met: one.met === "met", note: one.note.trim().slice(0, 500) }
      : null;
  });
  return all.every((one) => one !== null) ? all : null;
}

export type CountingRefusal =
  "not_accepted" | "not_met" | "nothing_open" | "attempt_open" | "over" | "beyond_basis";
export const countingRefusalWords: Record<CountingRefusal, string> = {
  not_accepted: "This requirement does not accept proof of this kind: only its training counts.",
  not_met: "A criterion is not met, so it cannot count for the requirement.",
  nothing_open: "Nothing of this requirement is open for the person now.",
  attempt_open: "An attempt is under way. Decide once it is submitted.",
  over: "The last day is over already. Enter today or a later day.",
  beyond_basis: "The proof itself ends earlier. Enter its last day or an earlier one.",
};

/** Whether an approved basis may complete a period of a requirement, until the end of the day `until`. */
export function mayCount(
  basis: { kind: BasisKind; validUntil: string | null; criteria: readonly ObservedCriterion[] | null },
  requirement: Pick<Requirement, "accepts">,
  period: { completedAt: Date | null; attemptOpen: boolean } | null,
  until: string,
  today: string,
): { ok: true } | { ok: false; reason: CountingRefusal } {
  if (!requirement.accepts?.includes(basis.kind)) return { ok: false, reason: "not_accepted" };
  if (basis.kind === "attestation" && !(basis.criteria ?? []).every((one) => one.met))
    return { ok: false, reason: "not_met" };
  if (basis.kind === "attestation" && (basis.criteria ?? []).length === 0)
    return { ok: false, reason: "not_met" };
  if (period === null || period.completedAt !== null) return { ok: false, reason: "nothing_open" };
  if (period.attemptOpen) return { ok: false, reason: "attempt_open" };
  if (until < today) return { ok: false, reason: "over" };
  if (basis.validUntil !== null && until > basis.validUntil) return { ok: false, reason: "beyond_basis" };
  return { ok: true };
}

export type BasisRefusal = "own" | "own_submission" | "decided" | "not_approved";
export const basisRefusalWords: Record<BasisRefusal, string> = {
  own: "This is about you. Someone else decides it.",
  own_submission: "You submitted this yourself. Someone else decides it.",
  decided: "This was decided in the meantime.",
  not_approved: "Only what is approved can be revoked.",
};

/** Whether somebody may take a step with a basis: nobody decides about themselves, or what they have submitted. */
export function mayStep(
  step: BasisEventKind,
  basis: { personId: string; submittedBy: string; state: BasisState },
  actorId: string,
): { ok: true } | { ok: false; reason: BasisRefusal } {
  if (step === "revoked") {
    if (basis.personId === actorId) return { ok: false, reason: "own" };
    return basis.state === "approved" ? { ok: true } : { ok: false, reason: "not_approved" };
  }
  if (basis.state !== "submitted") return { ok: false, reason: "decided" };
  if (step === "withdrawn") return { ok: true };
  if (basis.personId === actorId) return { ok: false, reason: "own" };
  return basis.submittedBy === actorId ? { ok: false, reason: "own_submission" } : { ok: true };
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === "https:" && new URL(link).username === "";
}
