import { withoutFinerThanHundredths } from "./duration.ts";
import { parseExactly } from "./exact-json.ts";
import { isObject } from "./shape.ts";
import { instantOf } from "./timestamp.ts";

type Mutable = Record<string, unknown>;

const isMutable = (value: unknown): value is Mutable => isObject(value);

/**
 * Whether two statements, as valid JSON texts, are the same one (xAPI 1.0.3 part 2 §2.3.1, "Statement Comparison
 * Requirements"). What the LRS assigns or may change does not count: id, stored, authority, version, attachments, a
 * timestamp that one of them lacks and how it is written, the display of verbs, the definition of activities, the
 * order of members, case where it has no meaning, one context activity in or out of a list, and what a duration says
 * below 0.01 s (§4.6). Numbers are compared to the last digit.
 */
export function sameStatement(a: string, b: string): boolean {
  const first = comparable(parseExactly(a));
  const second = comparable(parseExactly(b));
  if (isMutable(first) && isMutable(second)) {
    if (first.timestamp === undefined) delete second.timestamp;
    if (second.timestamp === undefined) delete first.timestamp;
  }
  return equal(first, second);
}

/** The value itself, freed of what does not count. */
function comparable(statement: unknown): unknown {
  if (!isMutable(statement)) return statement;
  for (const assigned of ["id", "stored", "authority", "version"]) delete statement[assigned];
  simplifyEvent(statement);
  if (isMutable(statement.object) && statement.object.objectType === "SubStatement") {
    simplifyEvent(statement.object);
  }
  return statement;
}

/** What a statement and a SubStatement have in common. */
function simplifyEvent(event: Mutable): void {
  delete event.attachments;
  if (isMutable(event.verb)) delete event.verb.display;
  simplifyAgent(event.actor);
  simplifyObject(event.object);
  change(event, "timestamp", (timestamp) => instantOf(timestamp) ?? timestamp);
  if (isMutable(event.result)) change(event.result, "duration", withoutFinerThanHundredths);
  if (isMutable(event.context)) simplifyContext(event.context);
}

function simplifyObject(object: unknown): void {
  if (!isMutable(object)) return;
  if (object.objectType === "Agent" || object.objectType === "Group") simplifyAgent(object);
  else if (object.objectType === "StatementRef") change(object, "id", lowerCase);
  else if (object.objectType !== "SubStatement") delete object.definition;
}

function simplifyContext(context: Mutable): void {
  simplifyAgent(context.instructor);
  simplifyAgent(context.team);
  simplifyObject(context.statement);
  change(context, "registration", lowerCase);
  change(context, "language", lowerCase);
  for (const [list, key] of [
    ["contextAgents", "agent"],
    ["contextGroups", "group"],
  ] as const) {
    for (const entry of asList(context[list])) if (isMutable(entry)) simplifyAgent(entry[key]);
  }
  const { contextActivities } = context;
  if (!isMutable(contextActivities)) return;
  for (const key of Object.keys(contextActivities)) {
    const activities = asList(contextActivities[key]);
    for (const activity of activities) simplifyObject(activity);
    contextActivities[key] = activities;
  }
}

/** One of a kind may stand for a list of one (part 2 §2.4.6.2). */
function asList(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function simplifyAgent(agent: unknown): void {
  if (!isMutable(agent)) return;
  change(agent, "mbox", withDomainInLowerCase);
  change(agent, "mbox_sha1sum", lowerCase);
  if (!Array.isArray(agent.member)) return;
  for (const member of agent.member) simplifyAgent(member);
  agent.member = agent.member
    .map((member: unknown) => ({ member, key: sortKey(member) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ member }) => member);
}

/** A text that is the same for equal Agents, whatever the order of their properties. */
function sortKey(agent: unknown): string {
  if (!isMutable(agent)) return typeof agent;
  const { account } = agent;
  const parts = [agent.objectType, agent.name, agent.mbox, agent.mbox_sha1sum, agent.openid];
  return JSON.stringify(isMutable(account) ? [...parts, account.homePage, account.name] : parts);
}

function withDomainInLowerCase(mbox: string): string {
  return mbox.replace(/@[^@]*$/, lowerCase);
}

const lowerCase = (value: string): string => value.toLowerCase();

function change(object: Mutable, key: string, to: (value: string) => unknown): void {
  const value = object[key];
  if (typeof value === "string") object[key] = to(value);
}

/** Deep equality without recursion: an extension may be nested as deep as its sender likes. */
function equal(a: unknown, b: unknown): boolean {
  const pairs: [unknown, unknown][] = [[a, b]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [x, y] = pair;
    if (x === y) continue;
    if (typeof x !== "object" || typeof y !== "object" || x === null || y === null) return false;
    if (Array.isArray(x) !== Array.isArray(y)) return false;
    const left = x as Mutable;
    const right = y as Mutable;
    const keys = Object.keys(left);
    if (keys.length !== Object.keys(right).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(right, key)) return false;
      pairs.push([left[key], right[key]]);
    }
  }
  return true;
}
