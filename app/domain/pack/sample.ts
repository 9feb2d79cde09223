import { z } from "zod";
import { sha256 } from "../audit/event.ts";
import { type PeriodState, periodStates } from "../competence/period-state.ts";

/** Of whom a sample is drawn. */
export type SampleFilter = {
  requirement: string | null;
  department: string | null;
  state: PeriodState | null;
  /** The end of this day (UTC), or the moment of the draw if that was earlier. */
  asAt: string;
};

/**
 * How a sample is drawn. Everybody of the population gets the SHA-256 of `clause7-sample-1`, the seed and their pseudonym,
 * with a line feed between; the sample are the first in the order of these hashes. It rests on nothing but the seed and who
 * belongs to the population, not on their order, and can be drawn again with any program that knows SHA-256.
 */
export const algorithm = "clause7-sample-1";

/** Draws `size` of the population, in the order of the draw. All of it when it is not larger. */
export function drawSample(population: readonly string[], seed: string, size: number): string[] {
  return population
    .map((one) => ({ one, rank: sha256(`${algorithm}\n${seed}\n${one}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ one }) => one);
}

/** The population in its order, as it is kept: a pseudonym a line. */
export function populationText(population: readonly string[]): string {
  return population
    .toSorted()
    .map((one) => `${one}\n`)
    .join("");
}

const choice = z
  .string()
  .trim()
  .max(200)
  .transform((value) => value || null)
  .default(null);

/** What is entered to draw a sample. */
export const sampleInput = z.object({
  purpose: z
    .string()
    .trim()
    .min(3, "Say what the sample is for, so that others understand it later.")
    .max(300, "Keep it within 300 characters."),
  department: choice,
  requirement: choice,
  state: z
    .enum(["", ...periodStates])
    .default("")
    .transform((value) => value || null),
  asAt: z.iso.date("Enter a day."),
  size: z.coerce
    .number("Enter a whole number from 1 to 1000.")
    .int("Enter a whole number from 1 to 1000.")
    .min(1, "Enter a whole number from 1 to 1000.")
    .max(1000, "Enter a whole number from 1 to 1000."),
  seed: z
    .string()
    .trim()
    .regex(/^[\w.-]{0,64}$/, "Use letters, digits, hyphens, dots and underscores, 64 at most.")
    .transform((value) => value || null)
    .default(null),
});
export type SampleInput = z.infer<typeof sampleInput>;

export type SampleRefusal = "nobody" | "outside" | "future";
export const sampleRefusalWords: Record<SampleRefusal, string> = {
  nobody: "Nobody matches this. Widen the choice.",
  outside: "This lies outside what you may see.",
  future: "This day has not come yet. Enter today or an earlier day.",
};
