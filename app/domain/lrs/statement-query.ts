import { createHash } from "node:crypto";
import { z } from "zod";
import { identityOf } from "./agent.ts";
import { type ParameterChecks, parameterFault } from "./parameter.ts";
import { keyOf, type PostingKind, postingKinds } from "./posting.ts";
import { instantOf } from "./timestamp.ts";

/** Most statements of one page; also what `limit=0` and no limit mean. */
export const largestPage = 500;

/** A condition on what a statement is found by: any of the kinds under this key. */
export type KeyFilter = { kinds: PostingKind[]; key: string };

export type StatementFilter = {
  keys: KeyFilter[];
  /** Milliseconds since the epoch on the store's clock; `since` exclusive, `until` inclusive. */
  since: number | null;
  until: number | null;
  ascending: boolean;
  /** Statements a page, 1..{@link largestPage}. */
  limit: number;
  format: "exact" | "ids" | "canonical";
  attachments: boolean;
};

/** What a GET of the Statement resource asks for (xAPI 1.0.3 part 3 §2.1.3). */
export type StatementRequest =
  | {
      one: "statementId" | "voidedStatementId";
      id: string;
      format: StatementFilter["format"];
      attachments: boolean;
    }
  | { one: null; filter: StatementFilter };

const names = [
  "statementId",
  "voidedStatementId",
  "agent",
  "verb",
  "activity",
  "registration",
  "related_activities",
  "related_agents",
  "since",
  "until",
  "limit",
  "format",
  "attachments",
  "ascending",
] as const;
type Name = (typeof names)[number];

class Fault extends Error {}

/** Reads the parameters; a refusal names the parameter and the mend. */
export function readStatementRequest(
  query: URLSearchParams,
  checks: ParameterChecks,
): { ok: true; request: StatementRequest } | { ok: false; reason: string } {
  try {
    return { ok: true, request: requestOf(valuesOf(query), checks) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, reason: error.message };
    throw error;
  }
}

function valuesOf(query: URLSearchParams): Map<Name, string> {
  const fault = parameterFault(query, names);
  if (fault) throw new Fault(fault);
  return new Map(query as Iterable<[Name, string]>);
}

function requestOf(values: Map<Name, string>, checks: ParameterChecks): StatementRequest {
  const format = oneOf(values, "format", ["exact", "ids", "canonical"]) ?? "exact";
  const attachments = flag(values, "attachments");
  const single = (["statementId", "voidedStatementId"] as const).filter((name) => values.has(name));
  const [one] = single;
  if (one) {
    const other = [...values.keys()].find(
      (name) => name !== one && name !== "attachments" && name !== "format",
    );
    if (other) throw new Fault(`${one} allows only attachments and format beside it, not ${other}.`);
    return { one, id: uuid(values, one, checks) ?? "", format, attachments };
  }
  return {
    one: null,
    filter: {
      keys: keyFilters(values, checks),
      since: moment(values, "since", checks),
      until: moment(values, "until", checks),
      ascending: flag(values, "ascending"),
      limit: limitOf(values),
      format,
      attachments,
    },
  };
}

function keyFilters(values: Map<Name, string>, checks: ParameterChecks): KeyFilter[] {
  const keys: KeyFilter[] = [];
  const broadAgents = flag(values, "related_agents");
  const broadActivities = flag(values, "related_activities");
  const agent = values.get("agent");
  if (agent !== undefined) {
    const { agent: narrow, relatedAgent, authority } = postingKinds;
    keys.push({
      kinds: broadAgents ? [narrow, relatedAgent, authority] : [narrow],
      key: agentKey(agent, checks),
    });
  }
  const verb = iri(values, "verb", checks);
  if (verb !== null) keys.push({ kinds: [postingKinds.verb], key: keyOf(verb) });
  const activity = iri(values, "activity", checks);
  if (activity !== null) {
    const { activity: narrow, relatedActivity } = postingKinds;
    keys.push({ kinds: broadActivities ? [narrow, relatedActivity] : [narrow], key: keyOf(activity) });
  }
  const registration = uuid(values, "registration", checks);
  if (registration !== null) keys.push({ kinds: [postingKinds.registration], key: keyOf(registration) });
  return keys;
}

function agentKey(text: string, checks: ParameterChecks): string {
  let agent: unknown;
  try {
    agent = JSON.parse(text);
  } catch {
    throw new Fault("The parameter agent must be the JSON of an agent or an identified group.");
  }
  const fault = checks.agent(agent);
  if (fault) throw new Fault(`The parameter agent: ${fault}`);
  const identity = identityOf(agent);
  if (identity === null)
    throw new Fault("The parameter agent must be identified by mbox, mbox_sha1sum, openid or account.");
  return keyOf(identity);
}

function oneOf<T extends string>(values: Map<Name, string>, name: Name, allowed: readonly T[]): T | null {
  const value = values.get(name);
  if (value === undefined) return null;
  const found = allowed.find((a) => a === value);
  if (!found) throw new Fault(`The parameter ${name} must be one of ${allowed.join(", ")}.`);
  return found;
}

function flag(values: Map<Name, string>, name: Name): boolean {
  return oneOf(values, name, ["true", "false"]) === "true";
}

function iri(values: Map<Name, string>, name: Name, checks: ParameterChecks): string | null {
  const value = values.get(name);
  if (value === undefined) return null;
  const fault = checks.iri(value);
  if (fault) throw new Fault(`The parameter ${name}: ${fault}`);
  return value;
}

function uuid(values: Map<Name, string>, name: Name, checks: ParameterChecks): string | null {
  const value = values.get(name);
  if (value === undefined) return null;
  if (!checks.uuid(value)) throw new Fault(`The parameter ${name} must be a UUID.`);
  return value.toLowerCase();
}

/** Statements are stored by the millisecond, so what is finer than that is cut off: the same statements fall on each side. */
function moment(values: Map<Name, string>, name: Name, checks: ParameterChecks): number | null {
  const value = values.get(name);
  if (value === undefined) return null;
  const fault = checks.timestamp(value);
  if (fault) throw new Fault(`The parameter ${name}: ${fault}`);
  return instantOf(value);
}

function limitOf(values: Map<Name, string>): number {
  const value = values.get("limit");
  if (value === undefined) return largestPage;
  if (!/^\d+$/.test(value)) throw new Fault("The parameter limit must be a whole number, 0 or more.");
  const limit = Number(value);
  return limit === 0 ? largestPage : Math.min(limit, largestPage);
}

const uuidText = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const continuation = z.strictObject({
  keys: z
    .array(z.strictObject({ kinds: z.array(z.int().min(1).max(7)).min(1).max(3), key: uuidText }))
    .max(8),
  since: z.int().nullable(),
  until: z.int().nullable(),
  ascending: z.boolean(),
  limit: z.int().min(1).max(largestPage),
  format: z.enum(["exact", "ids", "canonical"]),
  attachments: z.boolean(),
  after: z.int().min(0),
});

/** Characters of a checksum, enough to tell a link that was cut or mistyped from one that was given out. */
const checksumLength = 8;

const checksumOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, checksumLength);

/** The end of a `more` link: the filter and the last `seq` given, so that it stays valid for as long as the store does. */
export function moreToken(filter: StatementFilter, after: number): string {
  const text = Buffer.from(JSON.stringify({ ...filter, after })).toString("base64url");
  return text + checksumOf(text);
}

/** Reads what {@link moreToken} wrote; null for anything else. It grants nothing: the reader's scopes apply again. */
export function readMoreToken(token: string): { filter: StatementFilter; after: number } | null {
  const text = token.slice(0, -checksumLength);
  if (token !== text + checksumOf(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return null;
  }
  const read = continuation.safeParse(value);
  if (!read.success) return null;
  const { after, ...filter } = read.data;
  return { filter: filter as StatementFilter, after };
}
