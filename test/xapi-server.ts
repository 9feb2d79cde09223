import { randomBytes, randomUUID } from "node:crypto";
import { Agent, createServer, type IncomingHttpHeaders, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect } from "vitest";
import { xapiRouter } from "#app/http/xapi/router.server.ts";
import type { Scope } from "#app/domain/lrs/credential.ts";
import { createCredential } from "#app/domain/lrs/credential.server.ts";
import { system } from "#app/domain/people/permission.ts";
import type { TestDatabase } from "./database.ts";
import { anOrganisation } from "./factories.ts";

export const baseIri = "https://learn.aldermoor.example";

/** An answer of the endpoint, whole. */
export type Reply = {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
  /** The body as JSON; fails when it is none. */
  json: unknown;
};

/** Appended to the path, each value encoded as encodeURIComponent does. */
export type Query = Readonly<Record<string, string | undefined>>;

export type Sent = {
  query?: Query;
  headers?: Record<string, string>;
  /** JSON unless it is a text or bytes. */
  body?: unknown;
  version?: "1.0.3" | "2.0.0";
};

export type XapiStatement = Record<string, unknown> & { id: string };
export type StatementResult = { statements: XapiStatement[]; more: string };

export type XapiServer = {
  port: number;
  /** Whatever the endpoint could not explain: a test that provokes nothing leaves it empty. */
  faults: unknown[];
  /** A client with a credential of these scopes. */
  client(...scopes: Scope[]): Promise<XapiClient>;
  close(): Promise<void>;
};

/** As many as asked for, each made by its number. */
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** The record store's endpoint at `/xapi` over real HTTP, as the product mounts it. */
export async function startXapi({ db }: TestDatabase): Promise<XapiServer> {
  await anOrganisation(db);
  const faults: unknown[] = [];
  const log = { error: (fields: unknown) => void faults.push(fields) };
  const now = (): Date => new Date();
  const app = express();
  app.use("/xapi", xapiRouter({ db, now, baseUrl: "http://127.0.0.1", baseIri, log: log as never }));
  const server = createServer({ maxHeaderSize: 65_536 }, app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    port,
    faults,
    async client(...scopes) {
      const input = {
        name: scopes.join(" "),
        scopes,
        ratePerMinute: null,
        bodyLimitBytes: 10_485_760,
      };
      const { id, key, secret } = await createCredential(db, system, input, now(), (size) =>
        randomBytes(size),
      );
      return new XapiClient(port, agent, key, secret, id);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A plain HTTP client; it knows the headers of the standard and nothing else. */
export class XapiClient {
  readonly authorization: string;

  constructor(
    readonly port: number,
    private readonly agent: Agent,
    readonly key: string,
    secret: string,
    readonly credentialId: string,
  ) {
    this.authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Reply> {
    const { query = {}, headers = {}, body, version = "1.0.3" } = sent;
    const parameters = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`);
    const bytes = bytesOf(body);
    const { promise, resolve, reject } = withResolvers<Reply>();
    const request = httpRequest(
      {
        port: this.port,
        host: "127.0.0.1",
        agent: this.agent,
        method,
        path: `/xapi${path}${parameters.length > 0 ? `?${parameters.join("&")}` : ""}`,
        headers: {
          authorization: this.authorization,
          "x-experience-api-version": version,
          ...(bytes === null
            ? {}
            : { "content-type": "application/json", "content-length": String(bytes.length) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const whole = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: whole,
            text: whole.toString(),
            get json() {
              return JSON.parse(whole.toString()) as unknown;
            },
          });
        });
      },
    );
    request.on("error", reject);
    request.end(bytes ?? undefined);
    return promise;
  }

  get(path: string, query: Query = {}, sent: Sent = {}): Promise<Reply> {
    return this.send("GET", path, { ...sent, query });
  }

  post(body: unknown, sent: Sent = {}): Promise<Reply> {
    return this.send("POST", "/statements", { body, ...sent });
  }

  /** Stores statements; fails unless they are taken. */
  async store(...statements: object[]): Promise<void> {
    const reply = await this.post(statements);
    expect(reply.text.slice(0, 500), "what the store says").toMatch(/^\[/);
    expect(reply.status).toBe(200);
  }

  /** One page of statements; fails unless it is given. */
  async page(query: Query = {}): Promise<StatementResult> {
    const reply = await this.get("/statements", query);
    expect(reply.status, reply.text.slice(0, 500)).toBe(200);
    return reply.json as StatementResult;
  }

  /** Ids of all statements a query finds, through all its pages. */
  async ids(query: Query = {}): Promise<string[]> {
    const found: string[] = [];
    let result = await this.page(query);
    for (;;) {
      found.push(...result.statements.map(({ id }) => id));
      if (result.more === "") return found;
      result = await this.more(result.more);
    }
  }

  async more(link: string): Promise<StatementResult> {
    const reply = await this.get(link.replace(/^\/xapi/, ""));
    expect(reply.status, reply.text.slice(0, 500)).toBe(200);
    return reply.json as StatementResult;
  }

  /** One statement as the store tells it, or null. */
  async statement(id: string, by = "statementId"): Promise<XapiStatement | null> {
    const reply = await this.get("/statements", { [by]: id });
    if (reply.status === 404) return null;
    expect(reply.status, reply.text.slice(0, 500)).toBe(200);
    return reply.json as XapiStatement;
  }
}

function bytesOf(body: unknown): Buffer | null {
  if (body === undefined) return null;
  if (typeof body === "string") return Buffer.from(body);
  return Buffer.from(body instanceof Uint8Array ? body : JSON.stringify(body));
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** An activity that no other test has to do with. */
export const anActivity = (): string => `https://example.org/activities/${randomUUID()}`;

/** The mail address of somebody no other test has to do with. */
export const anActor = (): { mbox: string } => ({ mbox: `mailto:${randomUUID()}@example.org` });

export const experienced = "http://adlnet.gov/expapi/verbs/experienced";
export const voided = "http://adlnet.gov/expapi/verbs/voided";

/** A statement of nobody in particular about nothing in particular, unless told otherwise. */
export function aReceivedStatement(overrides: Record<string, unknown> = {}): XapiStatement {
  return {
    id: randomUUID(),
    actor: anActor(),
    verb: { id: experienced },
    object: { id: anActivity() },
    ...overrides,
  };
}

export const referringTo = (id: string): object => ({ objectType: "StatementRef", id });

/** A statement that refers to another. */
export function aReference(id: string, overrides: Record<string, unknown> = {}): XapiStatement {
  return aReceivedStatement({ object: referringTo(id), ...overrides });
}

/** A statement that voids another. */
export function aVoiding(id: string, overrides: Record<string, unknown> = {}): XapiStatement {
  return aReference(id, { verb: { id: voided }, ...overrides });
}

/** A multipart/mixed body: statements, and parts as their headers and content. */
export function multipart(
  statements: unknown,
  parts: { headers: Record<string, string>; content: Uint8Array }[],
  boundary = "b0undary",
): { headers: Record<string, string>; body: Buffer } {
  const pieces: Uint8Array[] = [
    Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n`),
    Buffer.from(typeof statements === "string" ? statements : JSON.stringify(statements)),
  ];
  for (const { headers, content } of parts) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    pieces.push(Buffer.from(`\r\n--${boundary}\r\n${lines.join("")}\r\n`), content);
  }
  const body = Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { headers: { "content-type": `multipart/mixed; boundary=${boundary}` }, body };
}
