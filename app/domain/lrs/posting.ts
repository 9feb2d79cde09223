import { createHash } from "node:crypto";
import { identityOf } from "./agent.ts";

/**
 * What statements are found by. `relatedAgent` and `relatedActivity` hold only what `agent`, `activity` and `authority` do
 * not hold already: a broad search reads all of its kinds.
 */
export const postingKinds = {
  verb: 1,
  agent: 2,
  relatedAgent: 3,
  activity: 4,
  relatedActivity: 5,
  registration: 6,
  authority: 7,
  /** The id of the statement that the object refers to. Never handed on to other statements. */
  reference: 8,
} as const;

export type PostingKind = (typeof postingKinds)[keyof typeof postingKinds];

export type Posting = { kind: PostingKind; key: string };

/** Hashes of texts seen lately: the same verbs, people and activities come again and again. */
const lately = new Map<string, string>();
const mostLately = 20_000;

/**
 * The key a text is found by: the first 128 bits of its SHA-256, written as a UUID, which is fixed in length and which
 * nobody can make two texts share. A UUID in lower case is its own key: verbs, agents and activities are never mere UUIDs.
 */
export function keyOf(text: string): string {
  if (text.length === 36 && uuid.test(text)) return text;
  const known = lately.get(text);
  if (known !== undefined) return known;
  const key = hashed(text);
  if (text.length > 200) return key;
  if (lately.size === mostLately) lately.clear();
  lately.set(text, key);
  return key;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function hashed(text: string): string {
  // UTF-8 has no lone surrogates; JSON writes them as escapes, so that different texts stay different.
  const whole = /\p{Surrogate}/u.test(text) ? JSON.stringify(text) : text;
  const hex = createHash("sha256").update(whole).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

type Fields = Record<string, unknown>;

/**
 * All that a valid statement itself is found by, each once (xAPI 1.0.3 part 3 §2.1.3): its verb, the agents and groups that
 * are its actor or object with the members of such groups, its activity, its registration, its authority, the statement it
 * refers to; and as related, the agents and activities of its context and of a contained SubStatement.
 */
export function postingsOf(statement: Fields, authority: unknown): Posting[] {
  const postings = new Postings();
  postings.add("verb", idOf(statement["verb"]));
  postings.addAgent("agent", statement["actor"]);
  const object = fieldsOf(statement["object"]);
  switch (object["objectType"]) {
    case "Agent":
    case "Group":
      postings.addAgent("agent", object);
      break;
    case "StatementRef":
      postings.add("reference", idOf(object)?.toLowerCase());
      break;
    case "SubStatement":
      break;
    default:
      postings.add("activity", idOf(object));
  }
  const registration = fieldsOf(statement["context"])["registration"];
  if (typeof registration === "string") postings.add("registration", registration.toLowerCase());
  postings.addAgent("authority", authority);
  addContext(postings, fieldsOf(statement["context"]));
  if (object["objectType"] === "SubStatement") addSubStatement(postings, object);
  return postings.all;
}

function addContext(postings: Postings, context: Fields): void {
  postings.addAgent("relatedAgent", context["instructor"]);
  postings.addAgent("relatedAgent", context["team"]);
  for (const entry of listOf(context["contextAgents"]))
    postings.addAgent("relatedAgent", fieldsOf(entry)["agent"]);
  for (const entry of listOf(context["contextGroups"]))
    postings.addAgent("relatedAgent", fieldsOf(entry)["group"]);
  for (const activities of Object.values(fieldsOf(context["contextActivities"])))
    for (const activity of listOf(activities)) postings.add("relatedActivity", idOf(activity));
}

function addSubStatement(postings: Postings, sub: Fields): void {
  postings.addAgent("relatedAgent", sub["actor"]);
  const object = fieldsOf(sub["object"]);
  if (object["objectType"] === "Agent" || object["objectType"] === "Group")
    postings.addAgent("relatedAgent", object);
  else if (object["objectType"] !== "StatementRef") postings.add("relatedActivity", idOf(object));
  addContext(postings, fieldsOf(sub["context"]));
}

/** What a related kind need not repeat. */
const covers: Partial<Record<keyof typeof postingKinds, (keyof typeof postingKinds)[]>> = {
  relatedAgent: ["agent", "authority"],
  relatedActivity: ["activity"],
};

class Postings {
  readonly all: Posting[] = [];
  private readonly seen = new Set<string>();

  add(kind: keyof typeof postingKinds, text: string | undefined): void {
    if (text === undefined) return;
    const known = [kind, ...(covers[kind] ?? [])].some((k) => this.seen.has(`${k} ${text}`));
    if (known) return;
    this.seen.add(`${kind} ${text}`);
    this.all.push({ kind: postingKinds[kind], key: keyOf(text) });
  }

  /** An agent, or a group and its members: whoever is in a group is found with it. */
  addAgent(kind: "agent" | "relatedAgent" | "authority", agent: unknown): void {
    this.add(kind, identityOf(agent) ?? undefined);
    for (const member of listOf(fieldsOf(agent)["member"])) this.add(kind, identityOf(member) ?? undefined);
  }
}

/** The id of the statement that the object refers to, in lower case; null when the object is anything else. */
export function referenceOf(statement: Fields): string | null {
  const object = fieldsOf(statement["object"]);
  return object["objectType"] === "StatementRef" ? (idOf(object)?.toLowerCase() ?? null) : null;
}

type Activity = { id: string; definition: Fields | null };

/** Every activity that a valid statement names, in itself or in its SubStatement, with the definition it gives there. */
export function activitiesOf(statement: Fields): Activity[] {
  const object = fieldsOf(statement["object"]);
  const inContext = Object.values(fieldsOf(fieldsOf(statement["context"])["contextActivities"])).flatMap(
    listOf,
  );
  const own = [object, ...inContext].flatMap((value) => activityOf(fieldsOf(value)));
  return object["objectType"] === "SubStatement" ? [...own, ...activitiesOf(object)] : own;
}

function activityOf({ id, definition, objectType = "Activity" }: Fields): Activity[] {
  if (objectType !== "Activity" || typeof id !== "string") return [];
  return [{ id, definition: definition === undefined ? null : fieldsOf(definition) }];
}

function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}

/** A list, or a single object as a list of one (xAPI 1.0.3 part 2 §2.4.6.2). */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function idOf(value: unknown): string | undefined {
  const { id } = fieldsOf(value);
  return typeof id === "string" ? id : undefined;
}
