import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  anActivity,
  anActor,
  type Reply,
  startXapi,
  type XapiClient,
  type XapiServer,
} from "../xapi-server.ts";

onBothEngines("HTTP (xAPI part 3 §1, §3)", (database) => {
  let server: XapiServer;
  let client: XapiClient;
  beforeAll(async () => {
    server = await startXapi(database);
    client = await server.client("all");
  });
  afterAll(async () => {
    expect(server.faults).toEqual([]);
    await server.close();
  });

  /** Everything a server answers to these bytes until it closes or, with `answers`, has answered that often. */
  function raw(pieces: (string | Uint8Array)[], answers = Infinity): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1");
      let text = "";
      socket.on("data", (data: Buffer) => {
        text += data.toString("latin1");
        if (text.split("HTTP/1.1 ").length - 1 >= answers && /\r\n\r\n[^]*\}?$/.test(text)) socket.end();
      });
      socket.on("error", reject);
      socket.on("close", () => resolve(text));
      void (async () => {
        for (const piece of pieces)
          if (!socket.write(piece)) await new Promise((go) => socket.once("drain", go));
      })();
    });
  }

  const head = (method: string, path: string, headers: Record<string, string>): string =>
    [
      `${method} /xapi${path} HTTP/1.1`,
      "Host: x",
      `Authorization: ${client.authorization}`,
      "X-Experience-API-Version: 1.0.3",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "",
      "",
    ].join("\r\n");

  /** A refusal that a client can make use of, from a browser too. */
  function expectRefusal(reply: Reply, status: number, sentence: RegExp = /./): void {
    expect(reply.status, reply.text.slice(0, 300)).toBe(status);
    expect(reply.headers["content-type"]).toBe("application/json");
    const { message } = reply.json as { message: string };
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/select |insert |node_modules|\.ts:\d/i);
    expect(reply.headers["access-control-allow-origin"]).toBe("*");
    expect(reply.headers["x-experience-api-version"]).toBeDefined();
  }

  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /JSON/],
    ["a space", " ", /JSON/],
    ["half an object", '{"actor":', /JSON/],
    ["null", "null", /object/],
    ["a number", "1", /object/],
    ["a string", '"x"', /object/],
    ["true", "true", /object/],
    ["a list of null", "[null]", /object/],
    ["a list of lists", "[[]]", /object/],
    ["a trailing comma", "[1,]", /JSON/],
    ["a comment", "{} // x", /JSON/],
    ["NaN", "NaN", /JSON/],
    ["invalid UTF-8", Uint8Array.of(0x22, 0xff, 0xfe, 0x22), /UTF-8/],
    ["an unpaired surrogate in UTF-8", Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), /UTF-8/],
    ["UTF-16", Buffer.from("{}", "utf16le"), /JSON/],
    ["a raw NUL", '{"a\u0000":1}', /JSON/],
    ["a name twice", '{"id":"a","id":"b"}', /twice/],
  ])("§3.2 refuses a body of %s with 400", async (_, body, sentence) => {
    for (const [method, path] of [
      ["POST", "/statements"],
      ["PUT", "/statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee"],
    ] as const)
      expectRefusal(await client.send(method, path, { body }), 400, sentence);
  });

  it("§2.1.2 an empty list stores nothing and answers an empty list", async () => {
    const reply = await client.post("[]");
    expect([reply.status, reply.text]).toEqual([200, "[]"]);
  });

  it("§2.1.2 takes a statement after a byte order mark, and with blanks around it", async () => {
    const statement = aReceivedStatement();
    expect((await client.post(`\ufeff \r\n\t${JSON.stringify(statement)} \n`)).json).toEqual([statement.id]);
    expect((await client.statement(statement.id))?.id).toBe(statement.id);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "json",
    "",
    "multipart/form-data; boundary=x",
  ])("§3.2 refuses statements as %j with 400", async (type) => {
    expectRefusal(
      await client.post(aReceivedStatement(), { headers: { "content-type": type } }),
      400,
      /Content-Type/,
    );
  });

  it.each([
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json ;charset=UTF-8",
    'application/json; charset="utf-8"',
  ])("§1.5.1 takes statements as %s", async (type) => {
    expect((await client.post(aReceivedStatement(), { headers: { "content-type": type } })).status).toBe(200);
  });

  it.each(["application/json; charset=utf-16", "application/json; charset=iso-8859-1"])(
    "§1.5.1 refuses statements as %s",
    async (type) => {
      const reply = await client.post(aReceivedStatement(), { headers: { "content-type": type } });
      expectRefusal(reply, 400, /UTF-8/);
    },
  );

  it("§3.2 refuses a compressed body with 415 and says so", async () => {
    const body = gzipSync(JSON.stringify(aReceivedStatement()));
    const headers = { "content-encoding": "gzip" };
    expectRefusal(await client.post(body, { headers }), 415, /gzip/);
    const state = {
      activityId: anActivity(),
      agent: JSON.stringify(anActor()),
      stateId: "s",
    };
    expectRefusal(
      await client.send("PUT", "/activities/state", { query: state, headers, body }),
      415,
      /gzip/,
    );
    expect((await client.get("/activities/state", state)).status).toBe(404);
    expect(
      (await client.post(aReceivedStatement(), { headers: { "content-encoding": "identity" } })).status,
    ).toBe(200);
  });

  it.each(["", "1", "1.1", "1.0.3.1", "0.95", "3.0.0", "2", "1.0.", "v1.0.3", "1.0.3, 2.0.0", "１.0.3"])(
    "§3.3 refuses the version %j with 400",
    async (version) => {
      for (const path of ["/statements", "/activities?activityId=http://x.org", "/nowhere"]) {
        const bytes = Buffer.from(version).toString("latin1");
        const reply = await client.send("GET", path, { headers: { "x-experience-api-version": bytes } });
        expectRefusal(reply, 400, /X-Experience-API-Version/);
      }
    },
  );

  it.each([
    ["1.0", "1.0.3"],
    ["1.0.0", "1.0.3"],
    ["1.0.9", "1.0.3"],
    ["1.0.3", "1.0.3"],
    ["2.0.0", "2.0.0"],
    ["2.0.5", "2.0.0"],
    ["2.0", "2.0.0"],
  ])("§3.3 answers the version %s as %s", async (version, answered) => {
    const reply = await client.get(
      "/statements",
      { limit: "1" },
      { headers: { "x-experience-api-version": version } },
    );
    expect([reply.status, reply.headers["x-experience-api-version"]]).toEqual([200, answered]);
  });

  it("§3.3 refuses a request without a version, and About needs none", async () => {
    const answer = await raw([
      `GET /xapi/statements HTTP/1.1\r\nHost: x\r\nAuthorization: ${client.authorization}\r\nConnection: close\r\n\r\n`,
    ]);
    expect(answer).toMatch(/^HTTP\/1.1 400 [^]*got \\"nothing\\"/);
    const about = await raw(["GET /xapi/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]);
    expect(about).toMatch(/^HTTP\/1.1 200 [^]*"1.0.3","2.0.0"/);
  });

  it.each([
    ["/", 404],
    ["", 404],
    ["//", 404],
    ["///", 404],
    ["//statements", 200],
    ["//[", 404],
    ["//user@host:99999/x", 404],
    ["/statements/", 200],
    ["/statements//", 404],
    ["/Statements", 404],
    ["/statements%00", 404],
    ["/%zz", 404],
    ["/%", 404],
    ["/statements/more", 404],
    ["/statements/more/", 404],
    ["/statements/more/x", 400],
    ["/statements/more/%00", 404],
    ["/statements/../about", 404],
    ["/activities/states", 404],
    ["/__proto__", 404],
    ["/constructor", 404],
    [`/${"a".repeat(10_000)}`, 404],
    ["/statements?", 200],
    ["/statements?&", 200],
    ["/statements?limit=1&", 200],
    ["/statements?=", 400],
    ["/statements?%zz=1", 400],
    ["/statements?limit", 400],
    ["/statements?limit=%zz", 400],
    ["/statements?verb=%00", 400],
    ["/statements?verb=%ff", 400],
    ["/statements?verb=http://x.org/%ff", 200],
    ["/statements?limit=1&limit=1", 400],
    ["/statements?Limit=1", 400],
    ["/statements?limit[]=1", 400],
    ["/statements?__proto__=1", 400],
    ["/statements?since=2026-01-01T00:00:00+00:00", 400],
    ["/statements?since=2026-01-01T00:00:00%2B00:00", 200],
    ["/activities?activityId=http://x.org/a+b", 400],
    ["/activities?activityId=http://x.org/a%2Bb", 200],
    ["/activities?activityId=http://x.org/a%20b", 400],
  ] as const)("§3.2 answers GET %j with %i", async (path, status) => {
    const text = await raw([head("GET", path, { Connection: "close" })]);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/\r\nAccess-Control-Allow-Origin: \*\r\n/i);
  });

  it.each(["PATCH", "PROPFIND", "TRACE", "SEARCH", "LINK"])(
    "§3.2 refuses the method %s with 405",
    async (method) => {
      const reply = await client.send(method, "/statements");
      expectRefusal(reply, 405, new RegExp(method));
      expect(reply.headers.allow).toContain("GET");
    },
  );

  it.each([
    ["DELETE", "/statements"],
    ["POST", "/activities"],
    ["PUT", "/agents"],
    ["DELETE", "/about"],
    ["POST", "/statements/more/abc"],
  ])("§3.2 refuses %s of %s with 405 and names what is allowed", async (method, path) => {
    const reply = await client.send(method, path);
    expectRefusal(reply, 405);
    expect(reply.headers.allow).toContain("GET");
  });

  it("§3.2 refuses 11 MB with 413 and a sentence, told by Content-Length", async () => {
    const body = Buffer.alloc(11 * 1024 * 1024, 32);
    expectRefusal(await client.post(body), 413, /10485760 bytes/);
    const length = { "Content-Length": String(body.length), "Content-Type": "application/json" };
    const text = await raw([
      head("POST", "/statements", length),
      body,
      head("GET", "/about", { Connection: "close" }),
    ]);
    expect(text).toMatch(/^HTTP\/1.1 413 [^]*10485760 bytes/);
    expect(text).toMatch(/HTTP\/1.1 200 /);
  });

  it("§3.2 refuses 11 MB with 413 and a sentence, in chunks", async () => {
    const chunk = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(0x100000, 32), Buffer.from("\r\n")]);
    const text = await raw([
      head("POST", "/statements", { "Transfer-Encoding": "chunked", "Content-Type": "application/json" }),
      ...Array.from({ length: 11 }, () => chunk),
      "0\r\n\r\n",
      head("GET", "/about", { Connection: "close" }),
    ]);
    expect(text).toMatch(/^HTTP\/1.1 413 [^]*10485760 bytes/);
    expect(text).toMatch(/HTTP\/1.1 200 /);
  });

  it("§3.2 does not read an endless body to its end", async () => {
    const headers = { "Transfer-Encoding": "chunked", "Content-Type": "application/json" };
    const chunk = Buffer.concat([Buffer.from("400000\r\n"), Buffer.alloc(0x400000, 32), Buffer.from("\r\n")]);
    const socket = connect(server.port, "127.0.0.1");
    let text = "";
    let sent = 0;
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (data: Buffer) => (text += data.toString("latin1")));
    socket.on("error", () => {});
    socket.write(head("POST", "/statements", headers));
    while (!socket.destroyed && sent < 400_000_000) {
      sent += chunk.length;
      if (!socket.write(chunk)) await Promise.race([closed, new Promise((go) => socket.once("drain", go))]);
    }
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    expect(sent).toBeLessThan(200_000_000);
  });

  it("§3.2 answers 401 to a large body too, and the connection goes on", async () => {
    const body = Buffer.alloc(3 * 1024 * 1024, 32);
    const lines = `POST /xapi/statements HTTP/1.1\r\nHost: x\r\nX-Experience-API-Version: 1.0.3\r\nContent-Length: ${body.length}\r\n\r\n`;
    const text = await raw([lines, body, head("GET", "/about", { Connection: "close" })]);
    expect(text).toMatch(/^HTTP\/1.1 401 [^]*HTTP\/1.1 200 /);
  });

  it("§1 takes a body after 100-continue, and in many small pieces", async () => {
    const body = JSON.stringify(aReceivedStatement());
    const headers = { "Content-Length": String(body.length), "Content-Type": "application/json" };
    const expecting = await raw(
      [head("POST", "/statements", { ...headers, Expect: "100-continue" }), body],
      2,
    );
    expect(expecting).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    const other = JSON.stringify(aReceivedStatement());
    const slowly = await raw([head("POST", "/statements", { ...headers, Connection: "close" }), ...other]);
    expect(slowly).toMatch(/^HTTP\/1.1 200 /);
  });

  it("§1 a client that leaves in the middle of its body is nobody's fault", async () => {
    const headers = { "Content-Length": "1000", "Content-Type": "application/json" };
    for (const piece of ["", "["]) {
      const socket = connect(server.port, "127.0.0.1");
      await new Promise<void>((resolve) =>
        socket.write(head("POST", "/statements", headers) + piece, () => resolve()),
      );
      socket.destroy();
    }
    expect((await client.get("/about")).status).toBe(200);
    expect(server.faults).toEqual([]);
  });

  it("§1.1 HEAD answers the headers of GET and no body", async () => {
    const statement = aReceivedStatement();
    await client.store(statement);
    const agent = JSON.stringify(anActor());
    const activityId = anActivity();
    const state = { activityId, agent, stateId: "a" };
    const body = { some: "thing" };
    expect((await client.send("PUT", "/activities/state", { query: state, body })).status).toBe(204);
    const about: [string, Record<string, string>][] = [
      ["/statements", { statementId: statement.id }],
      ["/statements", { agent: JSON.stringify(statement["actor"]) }],
      ["/statements", { statementId: "6690e6c9-3ef0-4ed3-8b37-7f3964730bee" }],
      ["/activities/state", state],
      ["/activities/state", { activityId, agent }],
      ["/activities/state", { ...state, stateId: "none" }],
      ["/activities/profile", { activityId }],
      ["/agents/profile", { agent }],
      ["/activities", { activityId }],
      ["/agents", { agent }],
      ["/about", {}],
      ["/nowhere", {}],
    ];
    for (const [path, query] of about) {
      const got = await client.send("GET", path, { query });
      const headed = await client.send("HEAD", path, { query });
      for (const reply of [got, headed]) {
        delete reply.headers.date;
        delete reply.headers["x-experience-api-consistent-through"];
      }
      expect(headed.bytes.length).toBe(0);
      expect(headed.status, path).toBe(got.status);
      expect(headed.headers, path).toEqual(got.headers);
    }
  });

  it("§3.1 answers 304 without a body to If-None-Match, and says no length but that of the document", async () => {
    const query = { activityId: anActivity() };
    const { headers } = await client.get("/activities", query);
    const again = await client.get("/activities", query, {
      headers: { "if-none-match": headers.etag ?? "" },
    });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect(again.headers["content-length"] ?? headers["content-length"]).toBe(headers["content-length"]);
  });

  it.each(["/statements", "/activities/state", "/about", "/nowhere"])(
    "§1.4 answers a preflight of %s without credentials",
    async (path) => {
      const text = await raw([
        `OPTIONS /xapi${path} HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization,x-experience-api-version,if-match\r\nConnection: close\r\n\r\n`,
      ]);
      expect(text).toMatch(/^HTTP\/1.1 204 /);
      expect(text).toMatch(/Access-Control-Allow-Origin: \*/);
      expect(text).toMatch(/Access-Control-Allow-Methods: .*PUT/);
      expect(text).toMatch(/Access-Control-Allow-Headers: .*X-Experience-API-Version/);
    },
  );

  it("§2.1.3 says on every answer of the Statement resource through when the store is consistent", async () => {
    const stored = aReceivedStatement();
    const replies = [
      await client.post(stored),
      await client.post({ ...stored, actor: anActor() }),
      await client.post("{"),
      await client.get("/statements"),
      await client.get("/statements", { statementId: stored.id }),
      await client.get("/statements", { voidedStatementId: stored.id }),
      await client.send("HEAD", "/statements"),
      await client.send("DELETE", "/statements"),
      await client.get("/statements", {}, { headers: { authorization: "" } }),
      await client.get("/statements", {}, { headers: { "x-experience-api-version": "9" } }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 409, 400, 200, 200, 404, 200, 405, 401, 400]);
    for (const { headers } of replies) {
      const through = String(headers["x-experience-api-consistent-through"]);
      expect(through).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Math.abs(Date.now() - Date.parse(through))).toBeLessThan(60_000);
    }
  });

  it.each([
    "",
    "Basic",
    "Basic ",
    "Basic !",
    "Basic Og==",
    `Basic ${Buffer.from("nocolon").toString("base64")}`,
    `Basic ${Buffer.from("a:b").toString("base64")}`,
    `Basic ${Buffer.from("a\u0000:b").toString("base64")}`,
    `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString("base64")}`,
    `Basic ${Buffer.from(`${"k".repeat(20_000)}:x`).toString("base64")}`,
    "Bearer abc",
    "Digest username=x",
    "basic",
  ])("§4 refuses the authorization %.40s with 401 and a challenge", async (authorization) => {
    const reply = await client.get("/statements", {}, { headers: { authorization } });
    expectRefusal(reply, 401, /Basic/);
    expect(reply.headers["www-authenticate"]).toMatch(/^Basic /);
  });

  it("§4 takes the scheme in any case and does not take a secret with something more", async () => {
    const token = client.authorization.slice("Basic ".length);
    const status = async (authorization: string) =>
      (await client.get("/statements", { limit: "1" }, { headers: { authorization } })).status;
    expect(await status(`basic ${token}`)).toBe(200);
    expect(await status(`BASIC  ${token}`)).toBe(200);
    const text = Buffer.from(token, "base64").toString();
    for (const other of [`${text} `, `${text}:`, text.slice(0, -1), text.toUpperCase(), ` ${text}`])
      expect(await status(`Basic ${Buffer.from(other).toString("base64")}`), other.length.toString()).toBe(
        401,
      );
  });
});
