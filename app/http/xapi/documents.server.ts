import type { Db } from "#db/client.server.ts";
import { type LrsClient, permits } from "#app/domain/lrs/credential.ts";
import {
  deleteDocument,
  deleteDocuments,
  documentAt,
  documentIds,
  mergeDocument,
  putDocument,
  type SingleAddress,
} from "#app/domain/lrs/document.server.ts";
import {
  contentFault,
  type DocumentAddress,
  documentAddress,
  type DocumentFault,
  type DocumentKind,
  documentKinds,
  type Preconditions,
} from "#app/domain/lrs/document.ts";
import type { ParameterChecks } from "#app/domain/lrs/parameter.ts";
import { Refusal, type XapiAnswer, type XapiRequest } from "#app/domain/lrs/request.ts";
import { allowMethods, contentAnswer, jsonAnswer } from "./answer.ts";

type DocumentRequest = {
  db: Db;
  client: LrsClient;
  request: XapiRequest;
  checks: ParameterChecks;
  now: Date;
};

/**
 * Answers the State, Activity Profile and Agent Profile resources (xAPI 1.0.3 part 3 §2.2, §2.3, §2.6, §2.7; concurrency
 * §3.1). Throws {@link Refusal} for what is refused.
 */
export async function documentsResource(
  kind: DocumentKind,
  { db, client, request, checks, now }: DocumentRequest,
): Promise<XapiAnswer> {
  allowMethods(request, ["GET", "HEAD", "PUT", "POST", "DELETE"]);
  const scope = kind === documentKinds.state ? "state" : "profile";
  if (!permits(client, scope))
    throw new Refusal(403, `This credential lacks the scope ${scope}. Use one that has it.`);
  const read = documentAddress(kind, request.method, request.query, checks);
  if (!read.ok) throw new Refusal(400, read.message);
  const { address } = read;
  switch (request.method) {
    case "GET":
    case "HEAD":
      return isSingle(address) ? documentAnswer(db, request, address) : idsAnswer(db, request, address);
    case "DELETE":
      return done(
        isSingle(address)
          ? await deleteDocument(db, address, preconditionsOf(request))
          : await deleteDocuments(db, address, preconditionsOf(request)),
      );
    case "PUT":
    case "POST":
      return done(await store(db, client, request, request.method, address, now));
  }
}

const isSingle = (address: DocumentAddress): address is SingleAddress => address.id !== null;

async function documentAnswer(db: Db, request: XapiRequest, address: SingleAddress): Promise<XapiAnswer> {
  const found = await documentAt(db, address);
  if (!found) throw new Refusal(404, "There is no document with this id in this context.");
  const answer = contentAnswer(request, found.content, {
    contentType: found.contentType,
    etag: found.etag,
    lastModified: found.updatedAt,
  });
  // A client chose the content and its type: a browser that comes here must not run it as a page of ours.
  return {
    ...answer,
    headers: {
      ...answer.headers,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  };
}

async function idsAnswer(db: Db, request: XapiRequest, address: DocumentAddress): Promise<XapiAnswer> {
  const { ids, updatedAt } = await documentIds(db, address);
  return jsonAnswer(request, JSON.stringify(ids), updatedAt);
}

async function store(
  db: Db,
  client: LrsClient,
  request: XapiRequest,
  method: "PUT" | "POST",
  address: DocumentAddress,
  now: Date,
): Promise<DocumentFault | null> {
  if (!isSingle(address)) throw new Error("A document without an id was let through");
  const sent = {
    contentType: request.headers["content-type"] ?? "application/octet-stream",
    content: request.body,
  };
  const fault = contentFault(method, sent);
  if (fault) return { status: 400, message: fault };
  const input = { ...sent, preconditions: preconditionsOf(request), limitBytes: client.bodyLimitBytes };
  return method === "PUT" ? putDocument(db, address, input, now) : mergeDocument(db, address, input, now);
}

function preconditionsOf({ headers, version }: XapiRequest): Preconditions {
  return { ifMatch: headers["if-match"], ifNoneMatch: headers["if-none-match"], version };
}

function done(fault: DocumentFault | null): XapiAnswer {
  if (fault) throw new Refusal(fault.status, fault.message);
  return { status: 204 };
}
