import { identityOf } from "./agent.ts";

/** The properties that identify an agent (xAPI 1.0.3 part 2 §2.4.2.3). An agent has exactly one of them. */
const identifiers = ["mbox", "mbox_sha1sum", "openid", "account"] as const;

/** The names a statement gives to an agent as its actor, its object or a member of these. */
export function namesIn(statement: unknown, identity: string): string[] {
  if (!isRecord(statement)) return [];
  return [statement["actor"], statement["object"]]
    .filter(isRecord)
    .flatMap((whole) => [whole, ...(Array.isArray(whole["member"]) ? whole["member"].filter(isRecord) : [])])
    .filter((agent) => identityOf(agent) === identity)
    .map((agent) => agent["name"])
    .filter((name) => typeof name === "string");
}

/**
 * The Person object of an agent (xAPI 1.0.3 part 3 §2.4): the identifier asked for and the names known, its own first.
 * Other identifiers are never joined to it: whether they are the same human is for somebody else to say.
 */
export function personOf(agent: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const own = typeof agent["name"] === "string" ? [agent["name"]] : [];
  const all = [...new Set([...own, ...names])];
  const identifier = identifiers.filter((name) => agent[name] !== undefined);
  return {
    objectType: "Person",
    ...(all.length > 0 ? { name: all } : {}),
    ...Object.fromEntries(identifier.map((name) => [name, [agent[name]]])),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
