import { canonicalJson } from "../audit/event.ts";

/** What an external LRS holds of a registration. */
export type Held = {
  /** Its statements that count there. */
  statements: unknown[];
  /** Those of the ids asked for that are voided there. */
  voided: string[];
};

/**
 * Asks the named target what it holds of a registration, and which of these statements are voided there. Never throws for what
 * the LRS or the network does: `error` is one line for an administrator.
 */
export type Ask = (
  target: string,
  registration: string,
  ids: readonly string[],
) => Promise<{ ok: true; held: Held } | { ok: false; error: string }>;

/** How a statement of ours stands in an external LRS. */
export type CopyState =
  /** As it is here. */
  | "there"
  /** Not for this target, by its filter. */
  | "filtered"
  /** Behind the target's cursor: its turn comes. */
  | "waiting"
  /** Asked to be sent once more; that happens within seconds. */
  | "again"
  /** A dead letter. */
  | "refused"
  /** An administrator decided not to send it. */
  | "dropped"
  | "missing"
  /** Another statement under the same id. */
  | "differs"
  /** Voided there and not here. */
  | "voided there"
  /** Voided here and not there. */
  | "not voided there";

/** A statement of ours with what the outbox knows of its way to a target. */
export type Copied = {
  id: string;
  /** As parsed. */
  statement: unknown;
  voided: boolean;
  passes: boolean;
  /** Whether the target's cursor is past it. */
  past: boolean;
  /** How its last letter to the target stands, if there was one. */
  letter: "again" | "refused" | "dropped" | "delivered" | null;
};

/** How a statement stands in an LRS that answered. What is there counts as there, however it came. */
export function copyState(ours: Copied, held: Held): CopyState {
  const theirs = held.statements.find((one) => idIn(one) === ours.id);
  if (theirs !== undefined) {
    if (!isSameStatement(ours.statement, theirs)) return "differs";
    return ours.voided ? "not voided there" : "there";
  }
  if (held.voided.includes(ours.id)) return ours.voided ? "there" : "voided there";
  if (!ours.passes) return "filtered";
  if (!ours.past) return "waiting";
  return ours.letter === null || ours.letter === "delivered" ? "missing" : ours.letter;
}

/** What sending once more can mend. */
export const mendable: readonly CopyState[] = ["missing", "refused", "not voided there"];

/** How the statements of one record stand in an LRS, in words, worst first. `strangers`: statements there that are not here. */
export function copyWords(
  states: readonly CopyState[],
  strangers: number,
): { tone: "good" | "warn" | "bad"; lines: string[] } {
  const all = states.length;
  const count = (state: CopyState): number => states.filter((one) => one === state).length;
  const are = (n: number): string => (n === 1 ? "1 statement is" : `${n} statements are`);
  const bad = [
    [count("missing"), (n: number) => `${are(n)} missing there.`],
    [count("refused"), (n: number) => `${are(n)} refused there; its dead letters tell why.`],
    [
      count("differs"),
      (n: number) =>
        `${are(n)} not the same there. Sending again changes nothing: ask those who run that store.`,
    ],
    [
      count("voided there"),
      (n: number) => `${are(n)} voided there and not here. Ask those who run that store why.`,
    ],
    [count("not voided there"), (n: number) => `${are(n)} voided here and still counted there.`],
    [
      strangers,
      (n: number) =>
        `${are(n)} there and not here. Evidence is never taken back in: find out why this store lacks it, first in its back-ups.`,
    ],
  ] as const;
  const warn = [
    [count("again"), (n: number) => `${are(n)} about to be sent again.`],
    [count("waiting"), (n: number) => `${are(n)} waiting for ${n === 1 ? "its" : "their"} turn.`],
    [count("dropped"), (n: number) => `${are(n)} not sent there, by the decision of an administrator.`],
  ] as const;
  const good = [
    [count("there"), (n: number) => (n === all ? `All ${n} are there.` : `${n} of ${all} are there.`)],
    [count("filtered"), (n: number) => `${are(n)} not for this store, by its filter.`],
  ] as const;
  const said = (parts: typeof bad | typeof warn | typeof good): string[] =>
    parts.flatMap(([n, words]) => (n > 0 ? [words(n)] : []));
  const lines = [...said(bad), ...said(warn), ...said(good)];
  const tone = said(bad).length > 0 ? "bad" : said(warn).length > 0 ? "warn" : "good";
  return { tone, lines: lines.length > 0 ? lines : ["There is nothing to send."] };
}

/** Ids that an LRS holds of a registration and this store does not. */
export function strangersIn(held: Held, ours: readonly { id: string }[]): string[] {
  const known = new Set(ours.map((one) => one.id));
  return held.statements.flatMap((one) => idIn(one) ?? []).filter((id) => !known.has(id));
}

function idIn(statement: unknown): string | null {
  const { id } = partsOf(statement);
  return typeof id === "string" ? id.toLowerCase() : null;
}

/**
 * Whether an LRS's copy is our statement. It may add `stored`, `authority` and `version`, and tell activities and verbs in other
 * words (xAPI 1.0.3 part 2 §2.2 and part 3 §2.1.1); who did what, with which result, in which context and when must agree.
 * More lenient than what this store holds two statements to (statement-comparison.ts): many an LRS writes defaults out.
 */
export function isSameStatement(ours: unknown, theirs: unknown): boolean {
  return canonicalJson(essenceOf(ours)) === canonicalJson(essenceOf(theirs));
}

type Parts = Readonly<Record<string, unknown>>;

function partsOf(value: unknown): Parts {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Parts) : {};
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function essenceOf(statement: unknown): unknown {
  const { actor, verb, object, result, context, timestamp, attachments } = partsOf(statement);
  return {
    id: idIn(statement),
    actor: agentEssence(actor),
    verb: partsOf(verb)["id"],
    object: objectEssence(object),
    result,
    context: contextEssence(context),
    // Written in any zone, it is one moment.
    at: typeof timestamp === "string" ? new Date(timestamp).getTime() : undefined,
    attachments: listOf(attachments).map((one) => partsOf(one)["sha2"]),
  };
}

function objectEssence(object: unknown): unknown {
  const { objectType = "Activity", id } = partsOf(object);
  if (objectType === "Activity") return { id };
  if (objectType === "StatementRef") return { ref: String(id).toLowerCase() };
  if (objectType === "SubStatement") return { sub: essenceOf(object) };
  return agentEssence(object);
}

/** An agent is its identifier; a group without one is its members, in any order. */
function agentEssence(agent: unknown): unknown {
  const { mbox, mbox_sha1sum: sum, openid, account, member } = partsOf(agent);
  if (mbox ?? sum ?? openid ?? account) return { mbox, sum, openid, account };
  return listOf(member)
    .map((one) => canonicalJson(agentEssence(one)))
    .toSorted();
}

function contextEssence(context: unknown): unknown {
  if (context === undefined) return undefined;
  const { instructor, team, contextActivities, registration, ...rest } = partsOf(context);
  return {
    ...rest,
    registration: typeof registration === "string" ? registration.toLowerCase() : undefined,
    instructor: instructor === undefined ? undefined : agentEssence(instructor),
    team: team === undefined ? undefined : agentEssence(team),
    activities: Object.fromEntries(
      Object.entries(partsOf(contextActivities)).map(([kind, activities]) => [
        kind,
        listOf(activities).map((one) => partsOf(one)["id"]),
      ]),
    ),
  };
}
