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

/** Of the statements of one record, how many stand so; `stranger`: there and not here. */
export type Finding = { state: CopyState | "stranger"; count: number };

const bad = ["missing", "refused", "differs", "voided there", "not voided there", "stranger"] as const;
const warn = ["again", "waiting", "dropped"] as const;
const good = ["there", "filtered"] as const;

/** How the statements of one record stand in an LRS, worst first. `strangers`: statements there that are not here. */
export function copyFindings(
  states: readonly CopyState[],
  strangers: number,
): { tone: "good" | "warn" | "bad"; findings: Finding[] } {
  const count = (state: Finding["state"]): number =>
    state === "stranger" ? strangers : states.filter((one) => one === state).length;
  const found = (some: readonly Finding["state"][]): Finding[] =>
    some.map((state) => ({ state, count: count(state) })).filter((finding) => finding.count > 0);
  const tone = found(bad).length > 0 ? "bad" : found(warn).length > 0 ? "warn" : "good";
  return { tone, findings: found([...bad, ...warn, ...good]) };
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
