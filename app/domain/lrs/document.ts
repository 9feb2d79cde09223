import { createHash } from "node:crypto";
import { identityOf } from "./agent.ts";
import { membersOf, objectOf } from "./json-member.ts";
import {
  activityParameter,
  agentParameter,
  type ParameterChecks,
  parameterFault,
  sinceParameter,
} from "./parameter.ts";
import { keyOf } from "./posting.ts";
import type { XapiRequest, XapiVersion } from "./request.ts";

/** The three document resources (xAPI 1.0.3 part 3 §2.2). */
export const documentKinds = { state: 1, activityProfile: 2, agentProfile: 3 } as const;

export type DocumentKind = (typeof documentKinds)[keyof typeof documentKinds];

type Method = XapiRequest["method"];

/** Which document, or which documents, a request is about. */
export type DocumentAddress = {
  kind: DocumentKind;
  /** Hash of what the documents belong to: activity and/or agent. */
  scope: string;
  /** Lower case; null: none was given. */
  registration: string | null;
  /** Null: all documents of the scope. */
  id: string | null;
  /** Only documents that changed after this instant. */
  since: Date | null;
};

const owners = {
  [documentKinds.state]: { parameters: ["activityId", "agent", "registration"], id: "stateId" },
  [documentKinds.activityProfile]: { parameters: ["activityId"], id: "profileId" },
  [documentKinds.agentProfile]: { parameters: ["agent"], id: "profileId" },
} as const;

type Read = { ok: true; address: DocumentAddress } | { ok: false; message: string };

const refused = (message: string): { ok: false; message: string } => ({ ok: false, message });

/**
 * Reads the parameters of a document resource (xAPI 1.0.3 part 3 §2.3, §2.6, §2.7). Without an id a GET lists the ids and,
 * of the State resource, a DELETE deletes all. `since` belongs to lists. Unknown and repeated parameters are refused (§3.2).
 */
export function documentAddress(
  kind: DocumentKind,
  method: Method,
  query: URLSearchParams,
  checks: ParameterChecks,
): Read {
  const owner = owners[kind];
  const id = query.get(owner.id);
  const reads = method === "GET" || method === "HEAD";
  const lists = reads && id === null;
  const fault = parameterFault(query, [...owner.parameters, owner.id, ...(lists ? ["since"] : [])]);
  if (fault) return refused(fault);
  if (id === null && !reads && !(method === "DELETE" && kind === documentKinds.state))
    return refused(`The parameter ${owner.id} is missing. Name the document to ${method}.`);

  const scope: string[] = [];
  if (kind !== documentKinds.agentProfile) {
    const activity = activityParameter(query, checks);
    if (!activity.ok) return activity;
    scope.push(activity.value);
  }
  if (kind !== documentKinds.activityProfile) {
    const agent = agentParameter(query, checks);
    if (!agent.ok) return agent;
    const identity = identityOf(agent.value);
    if (identity === null)
      return refused("The parameter agent has no identifier. Add mbox, mbox_sha1sum, openid or account.");
    scope.push(identity);
  }
  const registration = query.get("registration");
  if (registration !== null && !checks.uuid(registration))
    return refused("The parameter registration is not a UUID. Give one, or leave it out.");
  const since = sinceParameter(query, checks);
  if (!since.ok) return since;
  return {
    ok: true,
    address: {
      kind,
      scope: keyOf(JSON.stringify(scope)),
      registration: registration?.toLowerCase() ?? null,
      id,
      since: since.value,
    },
  };
}

/** A document's entity tag without its quotes: the hexadecimal SHA-1 of its content (xAPI 1.0.3 part 3 §3.1). */
export function etagOf(content: Uint8Array | string): string {
  return createHash("sha1").update(content).digest("hex");
}

/**
 * Whether a list of entity tags, or `*`, names this one. Weak comparison ignores `W/`; strong comparison takes no weak tag
 * (RFC 7232 §2.3.2). A tag without quotes counts too, because clients send them so.
 */
export function namesTag(header: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (header.trim() === "*") return true;
  return [...header.matchAll(/(W\/)?(?:"([^"]*)"|([^\s,"]+))/g)].some(
    ([, weak, quoted, bare]) => (comparison === "weak" || weak === undefined) && (quoted ?? bare) === etag,
  );
}

/** Why a write is refused, and in which status. */
export type DocumentFault = { status: 400 | 409 | 412 | 413; message: string };

/** The conditions under which a request may change what is stored. */
export type Preconditions = {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  version: XapiVersion;
};

/**
 * What forbids a write (xAPI 1.0.3 part 3 §3.1): If-Match names other content than the current (strong comparison), or
 * If-None-Match the current. A PUT over a document without either header is a conflict, for state documents only from 2.0 on
 * (IEEE 9274.1.1 §4.1.4; 1.0.3 lets them be overwritten); and 1.0.3 has every PUT of a profile carry one of the headers.
 * `current` is the entity tag, null when there is no document.
 */
export function preconditionFault(
  { ifMatch, ifNoneMatch, version }: Preconditions,
  {
    kind,
    method,
    current,
  }: { kind: DocumentKind; method: "PUT" | "POST" | "DELETE"; current: string | null },
): DocumentFault | null {
  if (ifMatch !== undefined && (current === null || !namesTag(ifMatch, current, "strong")))
    return {
      status: 412,
      message:
        current === null
          ? "There is no document that If-Match could match. Leave the header out to create it."
          : "The document has changed since: If-Match does not name its current ETag. Get it again and repeat the change.",
    };
  if (ifNoneMatch !== undefined && current !== null && namesTag(ifNoneMatch, current, "weak"))
    return {
      status: 412,
      message:
        "The document exists already, which If-None-Match rules out. Get it and send its ETag in If-Match.",
    };
  const isBlind = method === "PUT" && ifMatch === undefined && ifNoneMatch === undefined;
  if (!isBlind || (kind === documentKinds.state && version === "1.0.3")) return null;
  if (current !== null)
    return {
      status: 409,
      message:
        "The document exists already. Check the current state of the resource and set the If-Match header with the current ETag to resolve the conflict.",
    };
  if (version === "1.0.3")
    return {
      status: 400,
      message:
        "A profile is put with the header If-Match or If-None-Match. Send If-None-Match: * to create the document.",
    };
  return null;
}

export type DocumentContent = { contentType: string; content: Uint8Array };

const isJson = (contentType: string): boolean =>
  contentType.split(";")[0]?.trim().toLowerCase() === "application/json";

/**
 * What is wrong with a document that is sent: a content type no header could carry, or one of application/json on what is no
 * JSON; and what is posted as JSON must be an object, or it could never be merged (xAPI 1.0.3 part 3 §2.2, §3.2). Null: nothing.
 */
export function contentFault(method: "PUT" | "POST", document: DocumentContent): string | null {
  if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(document.contentType))
    return "The Content-Type has characters that no header may carry. Send a media type such as application/json.";
  if (!isJson(document.contentType)) return null;
  const text = jsonTextOf(document.content);
  if (text === null)
    return "The body is not JSON in UTF-8 as its Content-Type says. Mend it, or send another Content-Type.";
  if (method === "POST" && membersOf(text) === null)
    return "The body is JSON but no object. Post an object, or PUT other documents.";
  return null;
}

/**
 * The stored JSON object with every top-level property of the posted one set in it (xAPI 1.0.3 part 3 §2.2). Values keep the
 * wording they were sent in. Null: one of the two is no JSON object in application/json.
 */
export function mergedContent(stored: DocumentContent, posted: DocumentContent): Uint8Array | null {
  const [below, above] = [jsonMembersOf(stored), jsonMembersOf(posted)];
  if (!below || !above) return null;
  return new TextEncoder().encode(objectOf(new Map([...below, ...above])));
}

function jsonMembersOf({ contentType, content }: DocumentContent): Map<string, string> | null {
  const text = isJson(contentType) ? jsonTextOf(content) : null;
  return text === null ? null : membersOf(text);
}

/** The text of well-formed JSON in UTF-8, else null. */
function jsonTextOf(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
}
