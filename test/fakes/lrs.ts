import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { canonicalJson, sha256 } from "#app/domain/audit/event.ts";

type Stored = Record<string, unknown> & { id: string };

/** How the LRS behaves towards the next requests. */
export type LrsMood =
  | "well"
  /** Answers 503 to everything. */
  | "down"
  /** Takes the connection and never answers. */
  | "silent"
  /** Stores, then breaks the connection before answering. */
  | "forgetful"
  /** Answers 409 even to a statement it holds in the same form. */
  | "strict";

export type FakeLrs = {
  endpoint: string;
  key: string;
  secret: string;
  /** What it holds, in the order received. */
  statements: Stored[];
  /** Contents of attachments by the hash they came under. */
  contents: Map<string, Buffer>;
  /** The JSON texts it was sent, and the version each came under. */
  texts: string[];
  versions: string[];
  /** Ids it answers 400 to, for reasons of its own. */
  poison: Set<string>;
  /** Requests seen, of any outcome. */
  requests: number;
  /** The most statement requests it ever had open at once. */
  busiest: number;
  mood: LrsMood;
  /** Statements on a page of an answer. */
  pageSize: number;
  close(): Promise<void>;
};

/**
 * An LRS on a loopback port that speaks the Statement resource of xAPI 1.0.3 and 2.0: Basic auth, version header, whole-batch
 * refusal, 409 on an id with other content, attachments, voiding, pages.
 */
export async function startLrs(): Promise<FakeLrs> {
  const lrs: FakeLrs = {
    endpoint: "",
    key: "outbox",
    secret: "s3cret:ł",
    statements: [],
    contents: new Map(),
    texts: [],
    versions: [],
    poison: new Set(),
    requests: 0,
    busiest: 0,
    mood: "well",
    pageSize: 5,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  let open = 0;
  const server = createServer((request, response) => {
    lrs.busiest = Math.max(lrs.busiest, ++open);
    response.once("close", () => open--);
    void handle(lrs, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  lrs.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/xapi`;
  return lrs;
}

async function handle(lrs: FakeLrs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  lrs.requests++;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (lrs.mood === "silent") return;
  if (lrs.mood === "down") return answer(response, 503);
  const wanted = `Basic ${Buffer.from(`${lrs.key}:${lrs.secret}`).toString("base64")}`;
  if (request.headers.authorization !== wanted) return answer(response, 401);
  const version = String(request.headers["x-experience-api-version"]);
  if (!["1.0.3", "2.0.0"].includes(version)) return answer(response, 400);
  const url = new URL(request.url ?? "", lrs.endpoint);
  if (url.pathname !== "/xapi/statements") return answer(response, 404);
  if (request.method === "GET") return find(lrs, url.searchParams, response);
  if (request.method !== "POST") return answer(response, 405);
  const parts = partsOf(request.headers["content-type"] ?? "", Buffer.concat(chunks));
  if (!parts) return answer(response, 400);
  lrs.texts.push(parts.json);
  lrs.versions.push(version);
  return take(lrs, parts, response);
}

type Parts = { json: string; contents: Map<string, Buffer> };

/** The parts of a body, told apart as RFC 2046 says; null when it cannot be read. */
function partsOf(type: string, body: Buffer): Parts | null {
  const contents = new Map<string, Buffer>();
  if (type.startsWith("application/json")) return { json: body.toString("utf8"), contents };
  const boundary = /^multipart\/mixed;\s*boundary="?([^";]+)"?$/.exec(type)?.[1];
  if (!boundary) return null;
  // latin1 keeps each byte a character.
  const pieces = `\r\n${body.toString("latin1")}`.split(`\r\n--${boundary}`).slice(1);
  if (!pieces.at(-1)?.startsWith("--")) return null;
  const parts = pieces.slice(0, -1).map((piece) => {
    const [head = "", ...rest] = piece.split("\r\n\r\n");
    return { head, content: Buffer.from(rest.join("\r\n\r\n"), "latin1") };
  });
  for (const { head, content } of parts.slice(1)) {
    const hash = /X-Experience-API-Hash: (\S+)/i.exec(head)?.[1];
    if (!hash || !/Content-Transfer-Encoding: binary/i.test(head)) return null;
    contents.set(hash, content);
  }
  return { json: parts[0]?.content.toString("utf8") ?? "", contents };
}

function take(lrs: FakeLrs, { json, contents }: Parts, response: ServerResponse): void {
  const parsed: unknown = JSON.parse(json);
  const batch = (Array.isArray(parsed) ? parsed : [parsed]) as Stored[];
  if (batch.some((s) => !s["actor"] || !s["verb"] || !s["object"] || lrs.poison.has(s.id)))
    return answer(response, 400);
  const enclosed = batch
    .flatMap((s) => (s["attachments"] ?? []) as { sha2: string; fileUrl?: string }[])
    .filter((one) => one.fileUrl === undefined);
  const lacks = enclosed.some(({ sha2 }) => {
    const content = contents.get(sha2);
    return content === undefined || sha256(content) !== sha2;
  });
  if (lacks) return answer(response, 400);
  const held = batch.map((s) => lrs.statements.find((known) => known.id === s.id));
  const conflict = batch.some((s, i) => held[i] && canonicalJson(held[i]) !== canonicalJson(s));
  if (conflict || (lrs.mood === "strict" && held.some(Boolean))) return answer(response, 409);
  lrs.statements.push(...batch.filter((_, i) => !held[i]));
  for (const [hash, content] of contents) lrs.contents.set(hash, content);
  if (lrs.mood === "forgetful") response.destroy();
  else
    answer(
      response,
      200,
      batch.map((s) => s.id),
    );
}

function find(lrs: FakeLrs, query: URLSearchParams, response: ServerResponse): void {
  const shown = (s: Stored) => ({ ...s, stored: "2026-01-01T00:00:00Z" });
  const withdrawn = voidedIn(lrs);
  const counts = lrs.statements.filter((s) => !withdrawn.has(s.id));
  const voided = lrs.statements.filter((s) => withdrawn.has(s.id));
  const wanted = query.get("statementId") ?? query.get("voidedStatementId");
  if (wanted !== null) {
    const one = (query.has("statementId") ? counts : voided).find((s) => s.id === wanted);
    return one ? answer(response, 200, shown(one)) : answer(response, 404);
  }
  const all = counts.filter(
    (s) =>
      (s["context"] as { registration?: string } | undefined)?.registration === query.get("registration"),
  );
  const from = Number(query.get("from") ?? 0);
  const rest = all.length > from + lrs.pageSize;
  query.set("from", String(from + lrs.pageSize));
  const more = rest ? `/xapi/statements?${query.toString()}` : "";
  answer(response, 200, { statements: all.slice(from, from + lrs.pageSize).map(shown), more });
}

function voidedIn(lrs: FakeLrs): Set<string> {
  const statements = lrs.statements as unknown as { verb?: { id?: string }; object?: { id?: string } }[];
  const voidings = statements.filter((s) => s.verb?.id === "http://adlnet.gov/expapi/verbs/voided");
  return new Set(voidings.map((s) => s.object?.id ?? ""));
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3" });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
