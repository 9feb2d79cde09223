import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { canonicalJson } from "#app/domain/audit/event.ts";

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
  /** Requests seen, of any outcome. */
  requests: number;
  mood: LrsMood;
  close(): Promise<void>;
};

/** An LRS on a loopback port that speaks the Statement resource of xAPI 1.0.3: Basic auth, version header, whole-batch refusal, 409 on an id with other content. */
export async function startLrs(): Promise<FakeLrs> {
  const lrs: FakeLrs = {
    endpoint: "",
    key: "outbox",
    secret: "s3cret:ł",
    statements: [],
    requests: 0,
    mood: "well",
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    void handle(lrs, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  lrs.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/xapi`;
  return lrs;
}

async function handle(lrs: FakeLrs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  lrs.requests++;
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  if (lrs.mood === "silent") return;
  if (lrs.mood === "down") return answer(response, 503);
  const wanted = `Basic ${Buffer.from(`${lrs.key}:${lrs.secret}`).toString("base64")}`;
  if (request.headers.authorization !== wanted) return answer(response, 401);
  if (request.headers["x-experience-api-version"] !== "1.0.3") return answer(response, 400);
  const url = new URL(request.url ?? "", lrs.endpoint);
  if (url.pathname !== "/xapi/statements") return answer(response, 404);
  if (request.method === "GET") {
    const one = lrs.statements.find((s) => s.id === url.searchParams.get("statementId"));
    return one ? answer(response, 200, { ...one, stored: "2026-01-01T00:00:00Z" }) : answer(response, 404);
  }
  if (request.method !== "POST") return answer(response, 405);
  return take(lrs, body, response);
}

function take(lrs: FakeLrs, body: string, response: ServerResponse): void {
  const parsed: unknown = JSON.parse(body);
  const batch = (Array.isArray(parsed) ? parsed : [parsed]) as Stored[];
  if (batch.some((s) => !s.id || !s["actor"] || !s["verb"] || !s["object"])) return answer(response, 400);
  const held = batch.map((s) => lrs.statements.find((known) => known.id === s.id));
  const conflict = batch.some((s, i) => held[i] && canonicalJson(held[i]) !== canonicalJson(s));
  if (conflict || (lrs.mood === "strict" && held.some(Boolean))) return answer(response, 409);
  lrs.statements.push(...batch.filter((_, i) => !held[i]));
  if (lrs.mood === "forgetful") response.destroy();
  else
    answer(
      response,
      200,
      batch.map((s) => s.id),
    );
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3" });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
