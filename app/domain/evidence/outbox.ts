import { canonicalJson } from "../audit/event.ts";
import type { Statement } from "./statement.ts";

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

/** Hands statements to the named target in one request: all are taken or none. Never throws for what the LRS or the network does. */
export type Send = (target: string, statements: Statement[]) => Promise<Sent>;

/** First wait after a failure, and the longest between two tries. */
const firstWaitSeconds = 5;
const longestWaitSeconds = 30 * 60;
/** At half an hour each, tries go on for about four days: an LRS that is down over a long weekend loses nothing. */
export const mostTries = 200;

/**
 * When to try again after `attempts` failures in a row, or null when no further try will help.
 * The wait doubles up to half an hour; `jitter` (0..1) takes up to half of it away, so that many processes do not knock at once.
 */
export function nextTry(
  failure: { attempts: number; kind: "refused" | "unavailable"; retryAfter?: number },
  now: Date,
  jitter: number,
): Date | null {
  if (failure.kind === "refused" || failure.attempts >= mostTries) return null;
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

/** Whether an LRS's copy is our statement; it may add `stored`, `authority` and the like (xAPI 1.0.3 §2.3.1 lists what may differ). */
export function isSameStatement(ours: Statement, theirs: unknown): boolean {
  if (theirs === null || typeof theirs !== "object") return false;
  const copy = theirs as Partial<Statement>;
  return (
    copy.id?.toLowerCase() === ours.id &&
    copy.verb?.id === ours.verb.id &&
    copy.object?.id === ours.object.id &&
    canonicalJson(copy.actor?.account) === canonicalJson(ours.actor.account) &&
    new Date(copy.timestamp ?? "").getTime() === new Date(ours.timestamp).getTime()
  );
}
