import type { ServerBuild } from "@remix-run/node";
import { randomBytes } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { KeyDays } from "#app/domain/assistant/api-key.ts";
import { createKey } from "#app/domain/assistant/api-key.server.ts";
import { apiRouter } from "#app/http/api/router.server.ts";
import { createServer } from "#app/http/express.server.ts";
import type { Services } from "#app/http/services.ts";
import type { TestDatabase } from "./database.ts";
import { services } from "./door.ts";
import { publishSample, samplePerson } from "./sample.ts";

export type ApiReply = { status: number; headers: IncomingHttpHeaders; text: string; json: unknown };

export type ApiServer = {
  url: string;
  /** The server's clock: a test puts it where it needs it. */
  clock: { now: Date };
  /** Whatever the server could not explain. */
  faults: unknown[];
  /** A new key of somebody of the sample organisation. */
  key(personId?: string, days?: KeyDays): Promise<{ id: string; secret: string }>;
  send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<ApiReply>;
  /** Sends JSON under a key. */
  post(path: string, secret: string, body: unknown, headers?: Record<string, string>): Promise<ApiReply>;
  close(): Promise<void>;
};

/** No page: what is answered comes from what stands before Remix. */
const noPages = { routes: {}, future: {}, assets: { routes: {} } } as unknown as ServerBuild;

/** The product's HTTP server with the sample organisation's rules and people, and the programme interfaces. */
export async function startApi({ db }: TestDatabase, overrides: Partial<Services> = {}): Promise<ApiServer> {
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  await publishSample(db, new Date("2026-11-23T08:00:00Z"));
  const faults: unknown[] = [];
  const log = { error: (fields: unknown) => void faults.push(fields) } as never;
  const context = services(db, clock.now, {
    now: () => clock.now,
    baseUrl: "http://learn.example",
    ...overrides,
  });
  const app = createServer({
    build: noPages,
    services: context,
    log,
    trustProxy: false,
    signInsPerMinute: 30,
    api: apiRouter({ ...context, log }),
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send: ApiServer["send"] = (method, path, headers, body) =>
    sent(`${url}${path}`, method, headers, body);
  return {
    url,
    clock,
    faults,
    send,
    async key(personId = "p-mila", days = "90") {
      const input = { name: "Editor", days };
      const made = await createKey(db, samplePerson(personId), input, clock.now, randomBytes);
      if (!made.ok) throw new Error(made.reason);
      return made;
    },
    post: (path, secret, body, headers = {}) =>
      send(
        "POST",
        path,
        { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers },
        typeof body === "string" ? body : JSON.stringify(body),
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** By node's own client, which sends any Host that it is told. */
function sent(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<ApiReply> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = httpRequest(url, { method, headers: { ...length, ...headers } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          get json() {
            return JSON.parse(text) as unknown;
          },
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
