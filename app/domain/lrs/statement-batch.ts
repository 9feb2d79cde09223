import { elementsOf, membersOf, objectOf } from "./json-member.ts";
import { readJson, type ObjectText } from "./json-text.ts";
import { activitiesOf, keyOf, type Posting, postingsOf, referenceOf } from "./posting.ts";
import type { XapiVersion } from "./request.ts";
import { voidedVerb } from "./statement-check.ts";

/** A valid statement made ready to be stored; only the time of storing is missing. */
export type PreparedStatement = {
  /** In lower case, as it is looked up. */
  id: string;
  /** Whether the sender gave the id: one made here cannot be known yet. */
  given: boolean;
  /** As it was sent, or made here. */
  sentId: string;
  /** The statement its object refers to. */
  reference: string | null;
  voiding: boolean;
  /** Whether it may void only what has the same authority. */
  voidsOwnOnly: boolean;
  postings: Posting[];
  /** Activities that it defines, each as JSON. */
  activities: { key: string; text: string }[];
  value: Record<string, unknown>;
  /** JSON of the statement as it was sent. */
  sent: string;
  /** JSON of the statement but for what {@link bodyOf} adds. */
  open: string;
  authority: string;
};

/** A batch that is stored whole or not at all. */
export type PreparedBatch = {
  statements: PreparedStatement[];
  attachments: { sha2: string; content: Uint8Array }[];
};

export type Preparation =
  { ok: true; statements: PreparedStatement[]; single: boolean } | { ok: false; reason: string };

/** Version of a statement that names none (xAPI 1.0.3 part 2 §2.4.10, and 2.0 §4.2.4.3). */
const versionOf: Record<XapiVersion, string> = { "1.0.3": "1.0.0", "2.0.0": "2.0.0" };

/**
 * Reads and checks the JSON of one statement or a list of them and makes it ready to be stored. What was sent keeps its
 * wording; `authority` replaces whatever the sender claimed, since the credential proves who it is (part 2 §2.4.9).
 * `fault` finds the first fault of a statement; `newId` makes a UUID for a statement without one.
 */
export function prepareStatements(
  text: string,
  options: {
    version: XapiVersion;
    authority: object;
    /** Whether the sender may void only its own statements; else anybody's. */
    voidsOwnOnly?: boolean;
    /** From the address of a PUT. */
    statementId?: string;
    fault: (statement: unknown, version: XapiVersion) => string | null;
    newId: () => string;
  },
): Preparation {
  const read = readJson(text);
  if (!read.ok) return read;
  const single = !Array.isArray(read.value);
  const values: unknown[] = single ? [read.value] : (read.value as unknown[]);
  const authority = JSON.stringify(options.authority);
  const statements: PreparedStatement[] = [];
  for (const [i, value] of values.entries()) {
    const fault = options.fault(value, options.version);
    if (fault)
      return { ok: false, reason: single ? fault : `Statement ${i + 1} of ${values.length}: ${fault}` };
    const object = read.objects[i];
    if (!object) return { ok: false, reason: `Statement ${i + 1} of ${values.length} must be an object.` };
    const prepared = prepareOne(text, object, value as Record<string, unknown>, authority, options);
    if ("reason" in prepared) return prepared;
    statements.push(prepared);
  }
  const ids = new Set<string>();
  const twice = statements.find((s) => ids.size === ids.add(s.id).size);
  if (twice) return { ok: false, reason: `The id ${twice.sentId} stands twice in the batch.` };
  return { ok: true, statements, single };
}

function prepareOne(
  text: string,
  object: ObjectText,
  value: Record<string, unknown>,
  authority: string,
  options: {
    version: XapiVersion;
    authority: object;
    voidsOwnOnly?: boolean;
    statementId?: string;
    newId: () => string;
  },
): PreparedStatement | { ok: false; reason: string } {
  const sent = typeof value["id"] === "string" ? value["id"] : undefined;
  if (sent && options.statementId && sent.toLowerCase() !== options.statementId.toLowerCase())
    return { ok: false, reason: `The id of the statement and the parameter statementId must be the same.` };
  const sentText = text.slice(object.start, object.end);
  const sentId = sent ?? options.statementId ?? options.newId();
  const kept = object.members.filter((m) => m.key !== "stored" && m.key !== "authority");
  const parts = kept.map((m) => {
    const rewrite = m.key === "context" ? withLists : m.key === "object" ? subWithLists : null;
    if (!rewrite || !hasSingleActivity(value[m.key])) return text.slice(m.start, m.end);
    return `${text.slice(m.start, m.valueStart)}${rewrite(text.slice(m.valueStart, m.end))}`;
  });
  if (sent === undefined) parts.unshift(`"id":${JSON.stringify(sentId)}`);
  if (value["version"] === undefined) parts.push(`"version":"${versionOf[options.version]}"`);
  return {
    id: sentId.toLowerCase(),
    given: sent !== undefined || options.statementId !== undefined,
    sentId,
    reference: referenceOf(value),
    voiding: (value["verb"] as { id?: unknown } | undefined)?.id === voidedVerb,
    voidsOwnOnly: options.voidsOwnOnly ?? false,
    postings: postingsOf(value, options.authority),
    activities: definedActivities(value, sentText),
    sent: sentText,
    value,
    open: parts.join(","),
    authority,
  };
}

/** The activities that a statement defines, in the wording it was sent in where that may matter: numbers stand in extensions only. */
function definedActivities(value: Record<string, unknown>, text: string): PreparedStatement["activities"] {
  const defined = activitiesOf(value).filter(({ definition }) => definition !== null);
  const texts = defined.some(({ definition }) => definition?.["extensions"] !== undefined)
    ? activityTextsOf(text).filter((activity) => membersOf(activity)?.has("definition"))
    : defined.map(({ id, definition }) => JSON.stringify({ id, definition }));
  return defined.map(({ id }, i) => ({ key: keyOf(id), text: texts[i] ?? "" }));
}

/** As `activitiesOf`, in the same order, as texts. */
function activityTextsOf(statement: string): string[] {
  const members = membersOf(statement);
  const object = members?.get("object") ?? "";
  const context = membersOf(members?.get("context") ?? "");
  const groups = membersOf(context?.get("contextActivities") ?? "");
  const inContext = [...(groups?.values() ?? [])].flatMap((group) => elementsOf(group) ?? [group]);
  const type = membersOf(object)?.get("objectType");
  const kind = type === undefined ? "Activity" : (JSON.parse(type) as string);
  const own = kind === "Activity" ? [object, ...inContext] : inContext;
  return kind === "SubStatement" ? [...own, ...activityTextsOf(object)] : own;
}

/** Whether a context, or the context in a SubStatement, has an activity that stands alone instead of in a list. */
function hasSingleActivity(value: unknown): boolean {
  const { contextActivities, context } = value as { contextActivities?: object; context?: object };
  if (context) return hasSingleActivity(context);
  return Object.values(contextActivities ?? {}).some((activities) => !Array.isArray(activities));
}

/** A context whose single activities stand in lists, as they must be given back (part 2 §2.4.6.2). */
function withLists(context: string): string {
  const members = membersOf(context);
  const groups = membersOf(members?.get("contextActivities") ?? "");
  const singles = [...(groups ?? [])].filter(([, activities]) => activities.startsWith("{"));
  if (!members || !groups || singles.length === 0) return context;
  for (const [name, activity] of singles) groups.set(name, `[${activity}]`);
  return objectOf(members.set("contextActivities", objectOf(groups)));
}

/** As {@link withLists}, of the context in a SubStatement; any other object as it is. */
function subWithLists(object: string): string {
  const members = membersOf(object);
  const context = members?.get("context");
  return members && context !== undefined ? objectOf(members.set("context", withLists(context))) : object;
}

/** The whole statement as it is stored: with when it was stored, which is also its time when it names none (part 2 §2.4.7). */
export function bodyOf(statement: PreparedStatement, stored: string): string {
  const timestamp = statement.value["timestamp"] === undefined ? `,"timestamp":"${stored}"` : "";
  return `{${statement.open}${timestamp},"stored":"${stored}","authority":${statement.authority}}`;
}

/** What became of a batch: the ids in the order sent and how many were stored already, or the conflict that kept all of it out. */
export type Outcome = { ok: true; ids: string[]; known: number } | { ok: false; reason: string };

/**
 * Decides what of several batches is new, taking them one after the other. A statement whose id is known is a no-op when it
 * says the same and a conflict otherwise (xAPI 1.0.3 part 3 §2.1.1), and a conflict keeps its whole batch out.
 * `known` holds the bodies stored so far by id, `same` compares two of them.
 */
export function decideBatches(
  batches: readonly PreparedBatch[],
  known: ReadonlyMap<string, string>,
  same: (stored: string, sent: string) => boolean,
): { outcomes: Outcome[]; fresh: PreparedStatement[]; attachments: PreparedBatch["attachments"] } {
  const fresh = new Map<string, PreparedStatement>();
  const attachments: PreparedBatch["attachments"] = [];
  const outcomes = batches.map((batch): Outcome => {
    const conflict = batch.statements.find((s) => {
      const earlier = fresh.get(s.id);
      const before = known.get(s.id) ?? (earlier && `{${earlier.open}}`);
      return before !== undefined && !same(before, `{${s.open}}`);
    });
    if (conflict)
      return {
        ok: false,
        reason: `Another statement is stored under the id ${conflict.sentId}; nothing was stored.`,
      };
    const added = batch.statements.filter((s) => !known.has(s.id) && !fresh.has(s.id));
    for (const s of added) fresh.set(s.id, s);
    // What is known already changes nothing (xAPI 1.0.3 part 3 §2.1.1), not even by what comes along with it.
    if (added.length > 0) attachments.push(...batch.attachments);
    return {
      ok: true,
      ids: batch.statements.map((s) => s.sentId),
      known: batch.statements.length - added.length,
    };
  });
  return { outcomes, fresh: [...fresh.values()], attachments };
}
