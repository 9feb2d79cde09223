import { z } from "zod";
import type { Scope } from "../people/seat.ts";

/** What an audit pack covers. Days are in UTC; both are part of it. */
export type PackScope = {
  /** Null: all. */
  departments: string[] | null;
  /** Slugs; null: all. */
  requirements: string[] | null;
  from: string;
  until: string;
  /** The moment whose knowledge it shows, ISO: the end of `until`, or when it was asked for if that was earlier. */
  asAt: string;
  /** Whether statements that hold answer keys are in it in full, or by their hash alone. */
  keys: boolean;
  /** Whose random samples are in it: of whoever asked, or everybody's. */
  samples: "own" | "all";
};

const day = z.iso.date("Enter a day.");
const list = z.preprocess(
  (value) => (Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value]),
  z.array(z.string().max(200)).max(500),
);

/** What is asked for. No department or requirement named: all of them. */
export const packInput = z
  .object({ from: day, until: day, departments: list, requirements: list })
  .refine((one) => one.from <= one.until, {
    path: ["until"],
    message: "The last day is before the first. Enter the same or a later day.",
  });
export type PackInput = z.infer<typeof packInput>;

const dayMs = 86_400_000;

/** Whether a pack would be said to cover days that have not come: nobody can vouch for them. */
export const isAhead = (input: Pick<PackInput, "until">, now: Date): boolean =>
  input.until > now.toISOString().slice(0, 10);

/** The scope of a pack asked for at `now`, held within the bounds of whoever asks; null when nothing of it lies within. */
export function packScope(
  input: PackInput,
  bounds: Scope | null,
  sees: Pick<PackScope, "keys" | "samples">,
  now: Date,
): PackScope | null {
  const departments = within(input.departments, bounds?.departments ?? null);
  const requirements = within(input.requirements, bounds?.requirements ?? null);
  if (departments?.length === 0 || requirements?.length === 0) return null;
  const end = new Date(Date.parse(`${input.until}T00:00:00Z`) + dayMs - 1);
  const asAt = (end < now ? end : now).toISOString();
  return { departments, requirements, from: input.from, until: input.until, asAt, ...sees };
}

/** Those asked for that are allowed; none asked for: all allowed. Null: all there are. */
function within(asked: readonly string[], allowed: readonly string[] | null): string[] | null {
  if (asked.length === 0) return allowed === null ? null : [...allowed];
  const kept = allowed === null ? asked : asked.filter((one) => allowed.includes(one));
  return [...new Set(kept)].toSorted();
}

/** A scope as a sentence of a pack, in English. */
export function scopeSentence(scope: PackScope): string {
  const { departments, requirements, from, until, asAt } = scope;
  const who = departments === null ? "the whole organisation" : `the departments ${departments.join(", ")}`;
  const what = requirements === null ? "all requirements" : `the requirements ${requirements.join(", ")}`;
  return `It covers ${who} and ${what}, from ${from} to ${until}, as known at ${asAt}.`;
}

/** Whether a scope covers everybody and everything. */
export const isWhole = (scope: Pick<PackScope, "departments" | "requirements">): boolean =>
  scope.departments === null && scope.requirements === null;
