import type { ServerBuild } from "@remix-run/node";
import { request as rawRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { lineStream } from "#app/http/line-stream.ts";
import { mailing } from "#test/mailing.ts";

const logged: string[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });

/** A hundred megabytes, a kilobyte at a time, with what was read of them and whether reading has ended. */
const long = {
  read: 0,
  whenEnded: () => {},
  async *lines(): AsyncGenerator<string> {
    try {
      for (long.read = 0; long.read < 100_000; long.read++) yield `${"x".repeat(1023)}\n`;
    } finally {
      long.whenEnded();
    }
  },
};

/** A build of one page and one resource route, so that what Express adds is seen by itself. */
const build: ServerBuild = {
  mode: "production",
  entry: {
    module: {
      default: (_request, status, headers, _remix, context) =>
        new Response(`<script nonce="${context.cspNonce}"></script>`, { status, headers }),
    },
  },
  routes: {
    root: { id: "root", path: "", module: { default: () => null } },
    echo: route("echo", async ({ request }) => new Response(await request.text())),
    "sign-in": route("sign-in", () => new Response("tried")),
    profile: route(
      "profile.jsonld",
      () => new Response("{}", { headers: { "Cache-Control": "public, max-age=3600" } }),
    ),
    forbidden: route("forbidden", () => {
      allow({ id: "p-me", name: "Me", roles: [] }, "audit.read", {});
      return null;
    }),
    long: route("long", ({ context }) => new Response(lineStream(long.lines(), context))),
    broken: route("broken", () => {
      throw new Error("secret detail");
    }),
  },
  assets: {
    entry: { imports: [], module: "" },
    routes: {
      root: {
        id: "root",
        path: "",
        module: "",
        hasAction: false,
        hasLoader: false,
        hasErrorBoundary: false,
        hasClientAction: false,
        hasClientLoader: false,
      },
    },
    url: "",
    version: "1",
  },
  publicPath: "/",
  assetsBuildDirectory: "build/client",
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: true,
    v3_singleFetch: true,
  },
  isSpaMode: false,
};

type Door = NonNullable<NonNullable<ServerBuild["routes"][string]>["module"]["action"]>;
function route(path: string, door: Door) {
  // A module without a default export is a resource route.
  const module = { loader: door, action: door } as NonNullable<ServerBuild["routes"][string]>["module"];
  return { id: path, parentId: "root", path, module };
}

async function started(baseUrl?: string): Promise<{ server: Server; url: string }> {
  const app = createServer({
    build: guardRoutes(build, log),
    services: {
      db: {} as Db,
      now: () => new Date(),
      model: null,
      evaluation: null,
      terms: [],
      mailing,
      modelLimits: { calls: 0, characters: 0 },
      askLimit: () => Promise.resolve(null),
      ask: () => Promise.resolve({ ok: false, error: "no store" }),
      baseUrl: baseUrl ?? "http://learn.example",
      packFolder: "no-such-folder",
      keyId: "",
    },
    log,
    trustProxy: false,
    signInsPerMinute: 3,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let server: Server;
let url = "";
beforeAll(async () => {
  ({ server, url } = await started());
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (path: string, headers: Record<string, string> = {}, body = "text=hello") =>
  fetch(`${url}${path}`, { method: "POST", headers, body, redirect: "manual" });

describe("every answer", () => {
  it("carries headers that keep scripts, frames, caches and guessing browsers out", async () => {
    const { headers } = await fetch(`${url}/`);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("may be kept where it is about nobody and says so itself", async () => {
    const { headers } = await fetch(`${url}/profile.jsonld`);
    expect(headers.get("cache-control")).toBe("public, max-age=3600");
  });

  it("has a nonce of its own, in the header and in the page", async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${url}/`);
        const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
        expect(await response.text()).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("asks for HTTPS where the product is reached by it", async () => {
    const secure = await started("https://learn.example");
    const { headers } = await fetch(`${secure.url}/`);
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
    await new Promise((resolve) => secure.server.close(resolve));
  });
});

describe("a form from another site", () => {
  it.each<[string, Record<string, string>]>([
    ["by its origin", { origin: "https://evil.example" }],
    ["by an origin that begins like ours", { origin: "http://learn.example.evil.example" }],
    ["by an origin that is hidden", { origin: "null" }],
    ["by the browser's word", { "sec-fetch-site": "cross-site" }],
  ])("is refused %s", async (_words, headers) => {
    for (const path of ["/echo", "/sign-in", "/echo.data"])
      expect(await post(path, headers)).toMatchObject({ status: 403 });
  });

  it("does not keep our own out, nor clients that are no browsers", async () => {
    for (const origin of ["http://learn.example", url]) {
      const response = await post("/echo", { origin });
      expect([response.status, await response.text()]).toEqual([200, "text=hello"]);
    }
    expect((await post("/echo")).status).toBe(200);
    expect((await post("/echo", { "sec-fetch-site": "same-origin" })).status).toBe(200);
  });
});

describe("a body", () => {
  it("of more than one and a half megabytes is refused before it is read", async () => {
    const whole = await post("/echo", {}, "x".repeat(1_500_000));
    expect(whole.status).toBe(200);
    const larger = await post("/echo", {}, "x".repeat(1_500_001));
    expect(larger.status).toBe(413);
    expect(await larger.text()).toBe(
      "That is more than one and a half megabytes. Shorten it and send it again.",
    );
  });

  it("may hold a file where a page takes one, and there alone", async () => {
    const body = "x".repeat(10_100_000);
    expect((await post("/records/p-mila/basis", {}, body)).status).not.toBe(413);
    expect((await post("/records/p-mila", {}, body)).status).toBe(413);
    const larger = await post("/import/records", {}, body);
    expect([larger.status, await larger.text()]).toEqual([413, "The file is too large. Send a smaller one."]);
  });

  it("may hold a question of 150,000 characters in any script", async () => {
    for (const c of ["a", "ü", "語", "😀"]) {
      const form = new URLSearchParams({ text: c.repeat(150_000 / c.length) });
      const response = await post("/echo", {}, form.toString());
      expect([response.status, (await response.text()).length]).toEqual([200, form.toString().length]);
    }
  });

  it("that is refused is answered to a browser with a page that says what to do", async () => {
    const body = "x".repeat(1_500_001);
    const page = await post("/echo", { accept: "text/html,*/*;q=0.8" }, body);
    expect([page.status, page.headers.get("content-type")]).toEqual([413, "text/html; charset=utf-8"]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await page.text()).toMatch(/<html lang="en">[^]*<h1>That was too long<\/h1>[^]*Go back/);
    const inGerman = await post("/echo", { accept: "text/html", "accept-language": "de" }, body);
    expect(await inGerman.text()).toMatch(/<html lang="de">[^]*<h1>Das war zu lang<\/h1>/);
    const script = await post("/echo.data", { accept: "*/*" }, body);
    expect([script.status, script.headers.get("content-type")]).toEqual([413, "text/plain; charset=utf-8"]);
  });

  it("must tell its length", async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = rawRequest(`${url}/echo`, { method: "POST" }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.once("error", reject);
      request.setHeader("transfer-encoding", "chunked");
      request.end("text=hello");
    });
    expect(status).toBe(411);
  });
});

describe("sign-in", () => {
  it("is limited per address, by page and by script alike", async () => {
    const statuses = [];
    for (const path of ["/sign-in", "/sign-in.data", "/sign-in", "/sign-in", "/sign-in.data"])
      statuses.push((await post(path)).status);
    expect(statuses.slice(0, 3)).not.toContain(429);
    expect(statuses.slice(3)).toEqual([429, 429]);
    const refusal = await post("/sign-in", { "accept-language": "es" });
    expect(refusal.headers.get("retry-after")).toBe("60");
    expect(await refusal.text()).toMatch(/^Demasiados/);
    expect((await post("/echo")).status).toBe(200);
  });
});

describe("what goes wrong", () => {
  it("in an address is a 400", async () => {
    expect((await fetch(`${url}/echo?q=%00`)).status).toBe(400);
    expect((await fetch(`${url}/%E0%A4%A`)).status).toBe(400);
  });

  it("for want of permission is a 403", async () => {
    expect((await fetch(`${url}/forbidden`)).status).toBe(403);
  });

  it("unexpectedly is a 500 with a reference to the log and nothing of the fault", async () => {
    logged.length = 0;
    const response = await fetch(`${url}/broken`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toMatch(/^Reference [0-9a-f]{8}$/);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(text.replace("Reference ", ""));
    expect(logged[0]).toContain("secret detail");
  });

  it("at an address that is none is a 404", async () => {
    expect((await fetch(`${url}/assets/nothing.js`)).status).toBe(404);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

it("reads of a long answer only what the client takes, and stops when it goes", async () => {
  const ended = new Promise<void>((resolve) => (long.whenEnded = resolve));
  const client = rawRequest(`${url}/long`);
  const answer = new Promise<void>((resolve) => client.once("response", () => resolve()));
  client.end();
  // Nobody reads the body. Without a brake all of it would be written before the next answer.
  await answer;
  for (let i = 0; i < 5; i++) expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(long.read).toBeLessThan(50_000);
  client.on("error", () => {}).destroy();
  await ended;
  expect(long.read).toBeLessThan(50_000);
  const taken = await (await fetch(`${url}/long`)).text();
  expect(taken).toHaveLength(102_400_000);
});
