import { z } from "zod";

export const acknowledgementStates = ["given", "open", "overdue"] as const;
export type AcknowledgementState = (typeof acknowledgementStates)[number];

/** What each state is called on pages and in files. */
export const acknowledgementStateNames: Record<AcknowledgementState, string> = {
  given: "Acknowledged",
  open: "Not yet",
  overdue: "Overdue",
};

/** How it stands with somebody who must acknowledge a policy. */
export function acknowledgementState(at: Date | null, due: Date, now: Date): AcknowledgementState {
  if (at !== null) return "given";
  return due <= now ? "overdue" : "open";
}

/** An acknowledgement that is due: whose, of what, since when it is asked for and until when. */
export type OpenAcknowledgement = {
  personId: string;
  policyVersionId: string;
  slug: string;
  title: string;
  version: string;
  since: Date;
  due: Date;
  /** Requirements whose training asks for it; it may be asked of audiences beside them. */
  requirements: string[];
};

const optional = z
  .string()
  .trim()
  .max(100)
  .transform((text) => (text === "" ? null : text))
  .nullable()
  .catch(null)
  .default(null);

/** What a list of acknowledgements is narrowed to; what cannot be read narrows nothing. */
export const acknowledgementFilter = z.object({
  q: optional,
  department: optional,
  state: z.enum(acknowledgementStates).nullable().catch(null).default(null),
});
export type AcknowledgementFilter = z.infer<typeof acknowledgementFilter>;

/** The filter as a query, without what narrows nothing. */
export function acknowledgementQuery(filter: AcknowledgementFilter): string {
  const set = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(set).toString();
}
