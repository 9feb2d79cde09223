import type { IncomingMessage, ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Db } from "#db/client.server.ts";
import { clientOf } from "#app/domain/lrs/credential.server.ts";
import { agentFault } from "#app/domain/lrs/agent-check.ts";
import { documentKinds } from "#app/domain/lrs/document.ts";
import { iriFault } from "#app/domain/lrs/iri.ts";
import { Refusal, type XapiAnswer, type XapiRequest, type XapiVersion } from "#app/domain/lrs/request.ts";
import { consistentThrough } from "#app/domain/lrs/statement-query.server.ts";
import type { ParameterChecks } from "#app/domain/lrs/parameter.ts";
import { timestampFault } from "#app/domain/lrs/timestamp.ts";
import { isUuid } from "#app/domain/lrs/uuid.ts";
import { aboutResource } from "./about.server.ts";
import { activitiesResource } from "./activities.server.ts";
import { agentsResource } from "./agents.server.ts";
import { isAlternate, originalRequest } from "./alternate-request.ts";
import { documentsResource } from "./documents.server.ts";
import { type Ingest, ingestInto } from "./ingest.server.ts";
import { rateLimit } from "./rate-limit.server.ts";
import { bodyOf, ClientLeft, forgetRest, tooLarge } from "./request-body.server.ts";
import { moreResource, statementsResource, throughHeader } from "./statements.server.ts";

export type XapiServices = {
  db: Db;
  now: () => Date;
  /** Address people reach the product at, without a trailing slash. */
  baseUrl: string;
  /** Prefix of the organisation's xAPI ids: the homePage of the clients' accounts. */
  baseIri: string;
  log: Pick<Logger, "error">;
};

type Incoming = {
  request: IncomingMessage;
  /** Read already where the alternate syntax holds it. */
  body: Uint8Array | null;
  method: string;
  /** Below the endpoint. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
};

/** What a request without a valid credential may send: the alternate syntax hides the credential in the body. */
const unknownBodyLimit = 1_048_576;
const versionHeader = "X-Experience-API-Version";

/**
 * The Learning Record Store's endpoint as a plain HTTP handler, mounted at `/xapi`: xAPI 1.0.3 and 2.0 (IEEE 9274.1.1),
 * told apart by the version header. It answers every request itself.
 */
export function xapiRouter(
  services: XapiServices,
): (request: IncomingMessage, response: ServerResponse) => void {
  const store: Store = { ...services, ingest: ingestInto(services.db, services.now), allowed: rateLimit() };
  return (request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      // A client that left takes no answer.
      if (!(error instanceof ClientLeft))
        store.log.error({ err: error, route: "xapi" }, "no answer was given");
      response.destroy();
    });
  };
}

type Store = XapiServices & { ingest: Ingest; allowed: ReturnType<typeof rateLimit> };

async function answer(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Not by `new URL`, which would take `//x` for a host and `/a/../b` for another path.
  const [path = "", query = ""] = splitAt(request.url ?? "/", "?");
  const incoming: Incoming = {
    request,
    body: null,
    method: request.method ?? "GET",
    path: path.replace(/\/$/, ""),
    query: new URLSearchParams(query),
    headers: request.headers as Record<string, string | undefined>,
  };
  const found: XapiAnswer = { status: 500, headers: {} };
  let version: XapiVersion = "2.0.0";
  try {
    version = versionOf(incoming.headers["x-experience-api-version"]) ?? version;
    Object.assign(found, await resourceAnswer(store, incoming));
  } catch (error) {
    if (error instanceof ClientLeft) throw error;
    Object.assign(found, refusalOf(error, store.log));
  }
  found.headers = { ...found.headers, ...corsHeaders, [versionHeader]: version };
  if (incoming.path.startsWith("/statements")) found.headers[throughHeader] ??= await through(store);
  send(request, response, found);
}

/** The text before the first separator, and what follows it. */
function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": `ETag, Last-Modified, Retry-After, ${versionHeader}, ${throughHeader}`,
  "Cache-Control": "no-store",
  // What clients store is never more to a browser than what it says it is.
  "X-Content-Type-Options": "nosniff",
};

async function resourceAnswer(store: Store, incoming: Incoming): Promise<XapiAnswer> {
  if (incoming.method === "OPTIONS") return preflight();
  if (incoming.path === "/about") {
    const { query, headers, path } = incoming;
    return aboutResource({
      method: methodOf(incoming.method),
      path,
      query,
      headers,
      body: new Uint8Array(),
      version: "2.0.0",
    });
  }
  const whole = isAlternate(incoming.method, incoming.query) ? await alternate(store, incoming) : incoming;
  const version = versionOf(whole.headers["x-experience-api-version"]);
  if (!version)
    throw new Refusal(
      400,
      `Send the header ${versionHeader} with 1.0.3 or 2.0.0 (or another 1.0.x); got ${JSON.stringify((whole.headers["x-experience-api-version"] ?? "nothing").slice(0, 40))}.`,
    );
  const now = store.now();
  const client = await clientOf(store.db, store.baseIri, whole.headers["authorization"], now);
  if (!client)
    throw new Refusal(401, "Send a valid key and secret of an LRS credential with Basic authentication.", {
      "WWW-Authenticate": 'Basic realm="Clause7 LRS", charset="UTF-8"',
    });
  const wait = store.allowed(client, now);
  if (wait !== null)
    throw new Refusal(
      429,
      `This credential has used up its requests for this minute. Try again in ${wait} s.`,
      {
        "Retry-After": String(wait),
      },
    );
  const body = whole.body ?? (await bodyOf(whole.request, client.bodyLimitBytes));
  if (body.length > client.bodyLimitBytes) throw tooLarge(client.bodyLimitBytes);
  const request: XapiRequest = {
    method: methodOf(whole.method),
    path: whole.path,
    query: whole.query,
    headers: whole.headers,
    body,
    version,
  };
  const reads = request.method === "GET" || request.method === "HEAD";
  const through = reads && whole.path.startsWith("/statements") ? await consistentThrough(store.db) : null;
  const found = await dispatch(store, { client, request, now });
  if (through) found.headers = { ...found.headers, [throughHeader]: through.toISOString() };
  return found;
}

type Authenticated = {
  client: NonNullable<Awaited<ReturnType<typeof clientOf>>>;
  request: XapiRequest;
  now: Date;
};

async function dispatch(
  { db, baseUrl, ingest }: Store,
  { client, request, now }: Authenticated,
): Promise<XapiAnswer> {
  const documents = { db, client, request, checks, now };
  const basePath = `${new URL(baseUrl).pathname.replace(/\/$/, "")}/xapi`;
  const statements = { db, client, request, ingest, checks, basePath };
  switch (request.path) {
    case "/statements":
      return statementsResource(statements);
    case "/activities/state":
      return documentsResource(documentKinds.state, documents);
    case "/activities/profile":
      return documentsResource(documentKinds.activityProfile, documents);
    case "/agents/profile":
      return documentsResource(documentKinds.agentProfile, documents);
    case "/activities":
      return activitiesResource(documents);
    case "/agents":
      return agentsResource(documents);
  }
  const more = /^\/statements\/more\/([\w-]+)$/.exec(request.path)?.[1];
  if (more !== undefined) return moreResource(statements, more);
  throw new Refusal(
    404,
    "There is no such resource. Known are statements, activities, activities/state, activities/profile, agents, agents/profile and about.",
  );
}

const checks: ParameterChecks = {
  agent: (value) => agentFault(value, { allowGroup: true }),
  iri: (value) => iriFault(value, "it"),
  uuid: isUuid,
  timestamp: (value) => timestampFault(value, "it", "1.0.3"),
};

/** 1.0.x is answered as 1.0.3 (part 3 §3.3), 2.0.x as 2.0.0; null for any other version. */
function versionOf(header: string | undefined): XapiVersion | null {
  if (header === undefined) return null;
  if (/^1\.0(\.\d+)?$/.test(header)) return "1.0.3";
  return /^2\.0(\.\d+)?$/.test(header) ? "2.0.0" : null;
}

function methodOf(method: string): XapiRequest["method"] {
  if (method === "GET" || method === "HEAD" || method === "PUT" || method === "POST" || method === "DELETE")
    return method;
  throw new Refusal(405, `The method ${method} is not known here.`, {
    Allow: "GET, HEAD, PUT, POST, DELETE, OPTIONS",
  });
}

/** The request that a POST of the alternate syntax stands for; its body is part of the form. */
async function alternate(services: XapiServices, incoming: Incoming): Promise<Incoming> {
  const outer = await clientOf(
    services.db,
    services.baseIri,
    incoming.headers["authorization"],
    services.now(),
  );
  const form = await bodyOf(incoming.request, outer?.bodyLimitBytes ?? unknownBodyLimit);
  return { ...incoming, ...originalRequest(incoming, form) };
}

function preflight(): XapiAnswer {
  return {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
      "Access-Control-Allow-Headers": `Authorization, Content-Type, Content-Length, Accept-Language, If-Match, If-None-Match, ${versionHeader}`,
      "Access-Control-Max-Age": "86400",
    },
  };
}

function refusalOf(error: unknown, log: XapiServices["log"]): XapiAnswer {
  if (error instanceof Refusal) return message(error.status, error.message, error.headers);
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference, route: "xapi" }, "request failed");
  return message(500, `Something went wrong here. Reference ${reference}.`);
}

function message(status: number, text: string, headers: Record<string, string> = {}): XapiAnswer {
  return {
    status,
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ message: text }),
  };
}

async function through({ db, log }: XapiServices): Promise<string> {
  try {
    return (await consistentThrough(db)).toISOString();
  } catch (error) {
    log.error({ err: error, route: "xapi" }, "the store does not answer");
    return new Date(0).toISOString();
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: XapiAnswer,
): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  // The answer to HEAD names the length of what GET would give; 304 is about what the client has.
  const hasLength = status === 204 || status === 304 || response.hasHeader("Content-Length");
  if (!hasLength) response.setHeader("Content-Length", bytes?.length ?? 0);
  if (!request.complete) forgetRest(request);
  response.writeHead(status);
  response.end(request.method === "HEAD" ? undefined : bytes);
}
