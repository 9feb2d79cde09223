import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { activityRows } from "#app/domain/lrs/activity.server.ts";
import { identityOf } from "#app/domain/lrs/agent.ts";
import { attachmentFault, parseMultipart, type AttachmentPart } from "#app/domain/lrs/attachment.ts";
import { type LrsClient, permits } from "#app/domain/lrs/credential.ts";
import type { ParameterChecks } from "#app/domain/lrs/parameter.ts";
import { Refusal, type XapiAnswer, type XapiRequest } from "#app/domain/lrs/request.ts";
import { isSigned, signatureFault } from "#app/domain/lrs/signature.ts";
import { type PreparedStatement, prepareStatements } from "#app/domain/lrs/statement-batch.ts";
import { statementFault } from "#app/domain/lrs/statement-check.ts";
import { activitiesOf, keyOf } from "#app/domain/lrs/posting.ts";
import { inFormat } from "#app/domain/lrs/statement-format.ts";
import {
  statementById,
  statementPage,
  type StoredStatement,
} from "#app/domain/lrs/statement-query.server.ts";
import {
  moreToken,
  readMoreToken,
  readStatementRequest,
  type StatementFilter,
} from "#app/domain/lrs/statement-query.ts";
import type { Ingest } from "./ingest.server.ts";
import { withAttachments, withinMemory } from "./statement-attachments.server.ts";
import { nextTurn } from "./turn.server.ts";

export type StatementServices = {
  db: Db;
  client: LrsClient;
  request: XapiRequest;
  ingest: Ingest;
  checks: ParameterChecks;
  /** Path of the endpoint as clients see it, such as `/xapi`. */
  basePath: string;
};

/** A body up to this many bytes is read and checked in well under a millisecond. */
const quickBody = 8192;

/** Through when the store was complete (xAPI 1.0.3 part 3 §2.1.3). */
export const throughHeader = "X-Experience-API-Consistent-Through";

/** The Statement resource (xAPI 1.0.3 part 3 §2.1) below `/statements`. */
export async function statementsResource(services: StatementServices): Promise<XapiAnswer> {
  const { request } = services;
  switch (request.method) {
    case "PUT":
    case "POST":
      return write(services);
    case "GET":
    case "HEAD":
      return read(services);
    default:
      throw new Refusal(
        405,
        "Statements are written with PUT or POST and read with GET. A statement is never deleted: void it.",
        {
          Allow: "GET, HEAD, PUT, POST, OPTIONS",
        },
      );
  }
}

/** The address of a `more` link. */
export async function moreResource(services: StatementServices, token: string): Promise<XapiAnswer> {
  const authorityKey = readScope(services.client);
  if (services.request.method !== "GET" && services.request.method !== "HEAD")
    throw new Refusal(405, "A more link is read with GET.", { Allow: "GET, HEAD, OPTIONS" });
  const more = readMoreToken(token);
  if (!more)
    throw new Refusal(
      400,
      "This more link was not given out here, or it was cut. Ask for the first page again.",
    );
  return page(services, more.filter, more.after, authorityKey);
}

async function write({ client, request, ingest, db, checks }: StatementServices): Promise<XapiAnswer> {
  if (!permits(client, "statements/write"))
    throw new Refusal(403, "This credential may not write statements: it lacks the scope statements/write.");
  const statementId = idOfPut(request, checks);
  if (request.body.length > quickBody) await nextTurn();
  const { text, parts } = contentOf(request);
  const prepared = prepareStatements(text, {
    version: request.version,
    authority: client.authority,
    voidsOwnOnly: !mayVoidAll(client),
    ...(statementId === undefined ? {} : { statementId }),
    fault: statementFault,
    newId: randomUUID,
  });
  if (!prepared.ok) throw new Refusal(400, prepared.reason);
  if (request.method === "PUT" && !prepared.single)
    throw new Refusal(400, "PUT takes one statement. Send a list of statements with POST.");
  refuseBadAttachments(prepared.statements, parts);
  await refuseForeignVoiding(db, client, prepared.statements);
  const { outcome, through } = await ingest({
    statements: prepared.statements,
    attachments: parts.map(({ sha2, content }) => ({ sha2: sha2.toLowerCase(), content })),
  });
  if (!outcome.ok) throw new Refusal(409, outcome.reason);
  const headers = { [throughHeader]: through.toISOString() };
  if (request.method === "PUT") return { status: 204, headers };
  return {
    status: 200,
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(outcome.ids),
  };
}

function idOfPut(request: XapiRequest, checks: ParameterChecks): string | undefined {
  const given = request.query.getAll("statementId");
  const other = [...request.query.keys()].find((name) => request.method === "POST" || name !== "statementId");
  if (other !== undefined)
    throw new Refusal(
      400,
      `${request.method} of statements has no parameter ${JSON.stringify(other.slice(0, 80))}.`,
    );
  if (request.method === "POST") return undefined;
  const [id] = given;
  if (id === undefined || given.length > 1 || !checks.uuid(id))
    throw new Refusal(400, "PUT needs the parameter statementId once, as a UUID.");
  return id;
}

function contentOf(request: XapiRequest): { text: string; parts: AttachmentPart[] } {
  const contentType = request.headers["content-type"] ?? "";
  const kind = contentType.split(";")[0]?.trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? "utf-8";
  if (!/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Refusal(400, `The charset ${charset.slice(0, 40)} is not read here. Send JSON in UTF-8.`);
  if (kind === "application/json") return { text: textOf(request.body), parts: [] };
  if (kind !== "multipart/mixed")
    throw new Refusal(
      400,
      "The Content-Type must be application/json, or multipart/mixed when attachments are sent along.",
    );
  const parsed = parseMultipart(contentType, request.body);
  if (!parsed.ok) throw new Refusal(400, parsed.reason);
  return { text: textOf(parsed.statements), parts: parsed.attachments };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal(400, "The body is not UTF-8.");
  }
}

function refuseBadAttachments(
  statements: readonly PreparedStatement[],
  parts: readonly AttachmentPart[],
): void {
  const values = statements.map((s) => s.value);
  const fault = attachmentFault(values, parts);
  if (fault) throw new Refusal(400, fault);
  const contents = new Map(parts.map((part) => [part.sha2.toLowerCase(), part.content]));
  for (const { sent, value } of statements) {
    const unsigned = isSigned(value) ? signatureFault(sent, contents) : null;
    if (unsigned) throw new Refusal(400, unsigned);
  }
}

/** Only a credential that may do all may void what others said (xAPI 1.0.3 part 2 §2.3.2, on who is authorized to void). */
const mayVoidAll = (client: LrsClient): boolean => client.scopes.includes("all");

/** Refuses to void what is there and is another's; what is not there yet, the store decides when it arrives. */
async function refuseForeignVoiding(
  db: Db,
  client: LrsClient,
  statements: readonly PreparedStatement[],
): Promise<void> {
  if (mayVoidAll(client)) return;
  for (const { reference, voiding } of statements) {
    if (!voiding || reference === null) continue;
    const theirs = await targetOf(db, reference, null);
    if (theirs && !(await targetOf(db, reference, authorityKeyOf(client))))
      throw new Refusal(
        403,
        `This credential may void only its own statements, and ${reference} is not one of them.`,
      );
  }
}

async function targetOf(db: Db, id: string, authorityKey: string | null): Promise<StoredStatement | null> {
  return (
    (await statementById(db, id, { voided: false, authorityKey })) ??
    (await statementById(db, id, { voided: true, authorityKey }))
  );
}

function authorityKeyOf(client: LrsClient): string {
  return keyOf(identityOf(client.authority) ?? "");
}

/** The key that what the client reads must have as its authority; null when it may read all. */
function readScope(client: LrsClient): string | null {
  if (permits(client, "statements/read")) return null;
  if (permits(client, "statements/read/mine")) return authorityKeyOf(client);
  throw new Refusal(
    403,
    "This credential may not read statements: it lacks statements/read and statements/read/mine.",
  );
}

async function read(services: StatementServices): Promise<XapiAnswer> {
  const authorityKey = readScope(services.client);
  const asked = readStatementRequest(services.request.query, services.checks);
  if (!asked.ok) throw new Refusal(400, asked.reason);
  if (asked.request.one === null) return page(services, asked.request.filter, null, authorityKey);
  const { one, id, format, attachments } = asked.request;
  const found = await statementById(services.db, id, { voided: one === "voidedStatementId", authorityKey });
  if (!found) {
    const voided =
      one === "statementId"
        ? "There is no such statement, or it was voided."
        : "No voided statement has this id.";
    throw new Refusal(404, voided);
  }
  const [body = ""] = await formatted(services, [found], format);
  return withAttachments(services.db, body, [found], attachments, {
    "Last-Modified": found.stored.toUTCString(),
  });
}

async function page(
  services: StatementServices,
  filter: StatementFilter,
  after: number | null,
  authorityKey: string | null,
): Promise<XapiAnswer> {
  const found = await statementPage(services.db, filter, { after, authorityKey });
  const statements = filter.attachments
    ? await withinMemory(services.db, found.statements)
    : found.statements;
  const more = found.more || statements.length < found.statements.length;
  const bodies = await formatted(services, statements, filter.format);
  const last = statements.at(-1);
  const link = more && last ? `${services.basePath}/statements/more/${moreToken(filter, last.seq)}` : "";
  const newest = filter.ascending ? last : statements[0];
  return withAttachments(
    services.db,
    `{"statements":[${bodies.join()}],"more":${JSON.stringify(link)}}`,
    statements,
    filter.attachments,
    newest ? { "Last-Modified": newest.stored.toUTCString() } : {},
  );
}

async function formatted(
  { db, request }: StatementServices,
  statements: readonly StoredStatement[],
  format: StatementFilter["format"],
): Promise<string[]> {
  if (format === "exact") return statements.map((s) => s.body);
  const named =
    format === "canonical"
      ? statements.flatMap((s) => activitiesOf(JSON.parse(s.body) as Record<string, unknown>))
      : [];
  const known = await activityRows(db, [...new Set(named.map((activity) => activity.id))]);
  const language = request.headers["accept-language"] ?? null;
  return statements.map((s) => inFormat(s.body, format, language, (id) => known.get(id) ?? null));
}
