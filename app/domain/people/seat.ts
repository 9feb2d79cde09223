import { z } from "zod";

/** What an external auditor may see. Null: all. */
export type Scope = { departments: readonly string[] | null; requirements: readonly string[] | null };

/** Whether a department lies within a scope; an unknown one lies only within the scope of all. */
export function coversDepartment(scope: Scope, department: string | null | undefined): boolean {
  if (scope.departments === null) return true;
  return typeof department === "string" && scope.departments.includes(department);
}

/** Whether a requirement lies within a scope. */
export function coversRequirement(scope: Scope | undefined, requirement: string): boolean {
  return !scope || scope.requirements === null || scope.requirements.includes(requirement);
}

/** Whether a path of the product may be opened from a seat at all; what is shown there the permissions decide. */
export function seatMayVisit(pathname: string): boolean {
  return /^\/(audit|audit\/(packs|samples)(\/[^/]+)*|board|records\/[^/]+|certificates\/[^/]+)$/.test(
    pathname,
  );
}

export type SeatState = "invited" | "ahead" | "open" | "ended" | "revoked";

export const seatStateNames: Record<SeatState, string> = {
  invited: "Invited",
  ahead: "Not begun",
  open: "Open",
  ended: "Ended",
  revoked: "Revoked",
};

type SeatFacts = { startsAt: Date; endsAt: Date; linkUsedAt: Date | null; revokedAt: Date | null };

/** Where a seat stands. */
export function seatState(seat: SeatFacts, now: Date): SeatState {
  if (seat.revokedAt !== null && seat.revokedAt <= now) return "revoked";
  if (seat.endsAt <= now) return "ended";
  if (seat.linkUsedAt === null) return "invited";
  return seat.startsAt > now ? "ahead" : "open";
}

/** An audit lasts no longer than this; a longer one is invited again. */
export const longestSeatDays = 180;

const list = z.preprocess(
  (value) => (Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value]),
  z.array(z.string().max(200)).max(500),
);
const dayMs = 86_400_000;

/** What is entered to invite an auditor. Nothing named: all departments or requirements. */
export const seatInput = z
  .object({
    name: z.string().trim().min(1, "Enter the auditor’s name.").max(200),
    email: z
      .string()
      .trim()
      .toLowerCase()
      .max(254)
      .pipe(z.email("Enter an e-mail address such as name@company.example.")),
    firm: z.string().trim().min(1, "Enter whom they audit for.").max(200),
    from: z.iso.date("Enter a day."),
    until: z.iso.date("Enter a day."),
    departments: list,
    requirements: list,
  })
  .refine((one) => one.from <= one.until, {
    path: ["until"],
    message: "The last day is before the first. Enter the same or a later day.",
  })
  .refine((one) => Date.parse(one.until) - Date.parse(one.from) < longestSeatDays * dayMs, {
    path: ["until"],
    message: `A seat lasts ${longestSeatDays} days at most. Enter an earlier day.`,
  });
export type SeatInput = z.infer<typeof seatInput>;

export type SeatRefusal = "taken" | "colleague" | "past";
export const seatRefusalWords: Record<SeatRefusal, string> = {
  taken: "This auditor has a seat already. Revoke it first, or wait until it has ended.",
  colleague: "This e-mail address belongs to a colleague. A seat is for people from outside.",
  past: "The last day is over already. Enter today or a later day.",
};

/** First and last moment of a seat: whole days in UTC. */
export function seatTimes(input: Pick<SeatInput, "from" | "until">): { startsAt: Date; endsAt: Date } {
  return {
    startsAt: new Date(`${input.from}T00:00:00Z`),
    endsAt: new Date(Date.parse(`${input.until}T00:00:00Z`) + dayMs),
  };
}
