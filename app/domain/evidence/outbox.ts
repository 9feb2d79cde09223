import { verbs } from "./statement.ts";

/** Which statements go to an external LRS; an empty list asks for nothing. */
export type TargetFilter = {
  /** Written by this product, received from clients of the LRS, or both. */
  origin: "own" | "received" | "all";
  /** Verb ids; empty: any. */
  verbs: string[];
  /** Prefixes of the object's activity id; empty: any object. */
  activities: string[];
};

export const everything: TargetFilter = { origin: "all", verbs: [], activities: [] };

/** A stored statement, whoever wrote it: what the outbox asks of it. The store has validated it. */
export type StoredStatement = {
  id: string;
  version?: string;
  verb: { id: string };
  object: { objectType?: string; id?: string; context?: object; attachments?: DeclaredAttachment[] };
  context?: { registration?: string };
  authority?: { account?: { homePage?: string; name?: string } };
  attachments?: DeclaredAttachment[];
};

/** An attachment as a statement declares it (xAPI 1.0.3 part 2 §2.4.11). */
export type DeclaredAttachment = { sha2: string; contentType: string; fileUrl?: string };

/** Name of the account that this product signs its own statements with as their authority. */
const ownAccount = "clause7";

/** Whether this product wrote the statement: the store itself sets the authority, so no client can claim it. */
export function isOwn(statement: StoredStatement, baseIri: string): boolean {
  const account = statement.authority?.account;
  return account?.name === ownAccount && account.homePage === baseIri;
}

/** Whether a statement goes to a target of this filter. A filter by activity lets only statements about activities through. */
export function passes(filter: TargetFilter, statement: StoredStatement, own: boolean): boolean {
  const { objectType = "Activity", id = "" } = statement.object;
  return (
    (filter.origin === "all" || (filter.origin === "own") === own) &&
    (filter.verbs.length === 0 || filter.verbs.includes(statement.verb.id)) &&
    (filter.activities.length === 0 ||
      (objectType === "Activity" && filter.activities.some((prefix) => id.startsWith(prefix))))
  );
}

/**
 * Whether a voiding statement goes to a target: it follows the statement it voids, which would otherwise still count there.
 * While that one is not stored (null), only the origin of the voiding statement is asked.
 */
export function passesVoiding(
  filter: TargetFilter,
  voiding: { statement: StoredStatement; own: boolean },
  voided: { statement: StoredStatement; own: boolean } | null,
): boolean {
  if (voided) return passes(filter, voided.statement, voided.own);
  return passes({ ...filter, verbs: [], activities: [] }, voiding.statement, voiding.own);
}

const mostLines = 50;
const longestIri = 2000;

/** Why a filter cannot be: too many lines in a field, or a line that is no address, with an example of one. */
export type FilterRefusal = { field: "verbs" | "activities" } & (
  | { reason: "too_many"; most: number; given: number }
  | { reason: "no_address"; line: string; example: string }
);

/** A filter as an administrator writes it: one verb (its IRI, or the name of one of ours) and one prefix a line. */
export function filterFrom(input: {
  origin: TargetFilter["origin"];
  verbs: string;
  activities: string;
}): { ok: true; filter: TargetFilter } | { ok: false; refusal: FilterRefusal } {
  const named: Readonly<Record<string, string>> = verbs;
  const asked = linesOf(input.verbs).map((line) =>
    Object.hasOwn(named, line) ? (named[line] ?? line) : line,
  );
  const prefixes = linesOf(input.activities);
  for (const [field, lines] of [
    ["verbs", asked],
    ["activities", prefixes],
  ] as const) {
    if (lines.length > mostLines)
      return { ok: false, refusal: { field, reason: "too_many", most: mostLines, given: lines.length } };
    const strange = lines.find((line) => line.length > longestIri || !/^[a-z][a-z0-9+.-]*:\S+$/i.test(line));
    if (strange !== undefined)
      return {
        ok: false,
        refusal: {
          field,
          reason: "no_address",
          line: strange.slice(0, 80),
          example: field === "verbs" ? verbs.passed : "https://learn.example/xapi/modules/",
        },
      };
  }
  return { ok: true, filter: { origin: input.origin, verbs: asked, activities: prefixes } };
}

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}

/** What became of handing statements to an external LRS. */
export type Sent =
  | { ok: true }
  | {
      ok: false;
      /** `refused`: these statements will never be taken as they are. `unavailable`: worth another try. */
      kind: "refused" | "unavailable";
      /** One line for an administrator; no statement content, no credentials. */
      error: string;
      /** Seconds the LRS asked us to wait. */
      retryAfter?: number;
    };

/** First wait after a failure, and the longest between two tries. */
const firstWaitSeconds = 5;
const longestWaitSeconds = 30 * 60;

/**
 * When to try a target again that did not take statements `attempts` times in a row. It is never given up: what is down for a
 * month loses nothing. The wait doubles up to half an hour; `jitter` (0..1) takes up to half of it away, so that many
 * processes do not knock at once. `retryAfter` are seconds that the LRS asked for.
 */
export function nextTry(failure: { attempts: number; retryAfter?: number }, now: Date, jitter: number): Date {
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.max(0, failure.attempts - 1));
  const seconds = Math.max(wait * (1 - jitter / 2), Math.min(failure.retryAfter ?? 0, longestWaitSeconds));
  return new Date(now.getTime() + Math.round(seconds * 1000));
}

/**
 * How an HTTP status of an LRS is to be taken. Only what lies in the statement itself is final; wrong credentials or a
 * wrong address are mended in the configuration, and nothing may be lost until they are.
 */
export function failureKind(status: number): "refused" | "unavailable" {
  return [400, 409, 413, 422].includes(status) ? "refused" : "unavailable";
}
