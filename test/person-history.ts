import fc from "fast-check";
import type { DatedFacts, PersonFacts, PersonVersion } from "#app/domain/people/person-version.ts";
import { versionsOfChange } from "#app/domain/people/person-version.ts";

/** A change recorded some days after the one before, true from some days earlier. */
export type ChangeStep = { set: Partial<PersonFacts>; after: number; back: number };

const day = 86_400_000;
export const hired = "2026-01-05";
export const came = new Date(`${hired}T09:00:00Z`);

export const newcomer: PersonFacts = {
  name: "Bo Berg",
  department: "Sales",
  title: "Clerk",
  managerId: "p-a",
  location: "Rotterdam",
  timeZone: "Europe/Amsterdam",
  employmentType: "permanent",
  hiredOn: hired,
  leftOn: null,
  computerShare: 90,
  audiences: ["all-staff"],
  roles: ["employee"],
};

const set = fc.record<Partial<PersonFacts>>(
  {
    department: fc.constantFrom("Sales", "Support", "People"),
    title: fc.constantFrom("Clerk", "Lead"),
    managerId: fc.constantFrom("p-a", "p-b", null),
    location: fc.constantFrom("Rotterdam", "Austin"),
    audiences: fc.constantFrom(["all-staff"], ["all-staff", "engineers"]),
    leftOn: fc.constantFrom(null, "2026-06-01", "2026-12-01"),
    hiredOn: fc.constantFrom("2025-12-01", hired, "2026-01-20"),
  },
  { requiredKeys: [] },
);

/** What may be recorded of one person, one thing after the other. */
export const changeSteps: fc.Arbitrary<ChangeStep[]> = fc.array(
  fc.record({ set, after: fc.integer({ min: 0, max: 40 }), back: fc.integer({ min: 0, max: 60 }) }),
  { maxLength: 8 },
);

export type Recorded = { at: Date; from: string; set: Partial<PersonFacts>; versions: PersonVersion[] };

/** The versions after each step, with what it said. The first is how they came. */
export function recordedSteps(steps: readonly ChangeStep[]): Recorded[] {
  const dated = (rows: DatedFacts[], at: Date, changeId: string): PersonVersion[] =>
    rows.map((one) => ({ ...one, changeId, recordedAt: at, recordedBy: "p-hr" }));
  let at = came;
  let current = newcomer;
  let versions = dated(versionsOfChange([], newcomer, hired), at, "0");
  const all: Recorded[] = [{ at, from: hired, set: newcomer, versions }];
  for (const [i, step] of steps.entries()) {
    at = new Date(at.getTime() + step.after * day + 1000);
    current = { ...current, ...step.set };
    const from = dayOf(new Date(at.getTime() - step.back * day));
    versions = [...versions, ...dated(versionsOfChange(versions, current, from), at, String(i + 1))];
    all.push({ at, from, set: step.set, versions });
  }
  return all;
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
