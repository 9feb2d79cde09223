import { z } from "zod";
import { type VerbName, verbs } from "./statement.ts";

const text = z
  .string()
  .trim()
  .max(2000)
  // PostgreSQL texts cannot hold it.
  .refine((v) => !v.includes("\0"))
  .transform((v) => v || null)
  .nullable()
  .catch(null)
  .default(null);

const day = z
  .string()
  .trim()
  .pipe(z.iso.date())
  // Outside, nothing was or will be stored, and PostgreSQL writes its days differently.
  .refine((v) => v > "1970" && v < "9000")
  .nullable()
  .catch(null)
  .default(null);

/** Which statements are looked for. Read from an address, so anything unreadable narrows nothing. */
export const statementFilter = z.object({
  /** A person id, part of a name, or a pseudonym. */
  person: text,
  /** Our name of a verb, or the IRI of any. */
  verb: text,
  activity: text,
  registration: text,
  id: text,
  /** `own`, or the key of a client. */
  from: text,
  /** Days in UTC on the store's clock, both included. */
  since: day,
  until: day,
});

export type StatementFilter = z.infer<typeof statementFilter>;

/** A filter and the place that the page comes before. */
export const statementPlace = statementFilter.extend({
  before: z.coerce.number().int().positive().nullable().catch(null).default(null),
});

/** The filter as an address part, for links; empty when nothing is narrowed. */
export function filterQuery(filter: StatementFilter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}

/** The id of the verb that a text names: ours by its name, else the text itself. */
export function verbId(given: string): string {
  return Object.hasOwn(verbs, given) ? verbs[given as VerbName] : given;
}

/** A UUID as the store writes it, or null for what is none and so names no statement and no registration. */
export function uuidOf(given: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given) ? given.toLowerCase() : null;
}
