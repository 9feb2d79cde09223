import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseMultipart } from "#app/domain/lrs/attachment.ts";
import { sql } from "drizzle-orm";
import { rowsOf } from "#db/client.server.ts";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  anActivity,
  multipart,
  type Reply,
  startXapi,
  type XapiClient,
  type XapiServer,
  type XapiStatement,
} from "../xapi-server.ts";

onBothEngines("attachments and signatures (xAPI part 2 §2.4.11, §2.6, part 3 §1.5.2)", (database) => {
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

  const hashOf = (content: Uint8Array, name = "sha256"): string =>
    createHash(name).update(content).digest("hex");
  const attachmentOf = (content: Uint8Array, overrides: object = {}) => ({
    usageType: "https://x.org/usage",
    display: { en: "A file" },
    contentType: "application/octet-stream",
    length: content.length,
    sha2: hashOf(content),
    ...overrides,
  });
  const partOf = (content: Uint8Array, headers: Record<string, string> = {}) => ({
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Transfer-Encoding": "binary",
      "X-Experience-API-Hash": hashOf(content),
      ...headers,
    },
    content,
  });
  const withAttachments = (...contents: Uint8Array[]): XapiStatement =>
    aReceivedStatement({ attachments: contents.map((content) => attachmentOf(content)) });

  async function send(statements: unknown, contents: Uint8Array[], boundary?: string): Promise<Reply> {
    return client.post(
      undefined,
      multipart(
        statements,
        contents.map((content) => partOf(content)),
        boundary,
      ),
    );
  }

  /** The statements of a multipart answer, and its parts' contents. */
  function read(reply: Reply): { json: { statements?: XapiStatement[]; more?: string }; contents: Buffer[] } {
    expect(reply.status, reply.text.slice(0, 200)).toBe(200);
    const parsed = parseMultipart(String(reply.headers["content-type"]), reply.bytes);
    if (!parsed.ok) throw new Error(parsed.reason);
    return {
      json: JSON.parse(Buffer.from(parsed.statements).toString()) as { statements?: XapiStatement[] },
      contents: parsed.attachments.map(({ content }) => Buffer.from(content)),
    };
  }

  it.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)],
    ["one line break", Buffer.from("\r\n")],
    ["line breaks at its ends", Buffer.from("\r\n\r\nx\r\n\r\n")],
    ["what looks like a boundary", Buffer.from("--b0undary\r\n\r\n--b0undary--\r\n".replaceAll("0", "O"))],
    ["the boundary within a line", Buffer.from("x--b0undary\r\nContent-Type: text/plain\r\n\r\n y")],
    ["the boundary with more after it", Buffer.from("\r\n--b0undaryX\r\n\r\n--b0undary-\r\n")],
    ["every byte", Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
    ["random bytes", randomBytes(100_000)],
  ])("§1.5.2 gives back to the byte a content of %s", async (_, content) => {
    const statement = withAttachments(content);
    const reply = await send(statement, [content]);
    expect(reply.status, reply.text).toBe(200);
    for (const query of [
      { statementId: statement.id },
      { activity: String((statement["object"] as { id: string }).id) },
    ]) {
      const { contents } = read(await client.get("/statements", { ...query, attachments: "true" }));
      expect(contents).toEqual([content]);
    }
    const without = await client.get("/statements", { statementId: statement.id, attachments: "false" });
    expect(without.headers["content-type"]).toBe("application/json");
  });

  it("§1.5.2 a content that two statements share is stored once and given once a page", async () => {
    const shared = randomBytes(5000);
    const activity = anActivity();
    const two = [withAttachments(shared), withAttachments(shared)].map((s) => ({
      ...s,
      object: { id: activity },
    }));
    expect((await send(two, [shared])).status).toBe(200);
    expect((await send({ ...withAttachments(shared), object: { id: activity } }, [shared])).status).toBe(200);
    const { json, contents } = read(await client.get("/statements", { activity, attachments: "true" }));
    expect(json.statements).toHaveLength(3);
    expect(contents).toEqual([shared]);
    const [row] = rowsOf<{ n: number }>(
      await database.db.execute(
        sql`select count(*)::int as n from attachment where sha2 = ${hashOf(shared)}`,
      ),
    );
    expect(row?.n).toBe(1);
  });

  it("§2.1.3 a page of large attachments ends early, and its more links give the rest", async () => {
    const activity = anActivity();
    const contents = Array.from({ length: 3 }, () => randomBytes(7_000_000));
    for (const content of contents)
      expect((await send({ ...withAttachments(content), object: { id: activity } }, [content])).status).toBe(
        200,
      );
    const got: Buffer[] = [];
    let reply = await client.get("/statements", { activity, attachments: "true", ascending: "true" });
    for (;;) {
      expect(reply.bytes.length).toBeLessThan(17_000_000);
      const { json, contents: some } = read(reply);
      got.push(...some);
      if (!json.more) break;
      reply = await client.get(json.more.replace("/xapi", ""));
    }
    expect(got.map((content) => hashOf(content))).toEqual(contents.map((content) => hashOf(content)));
  }, 120_000);

  it.each(["sha224", "sha256", "sha384", "sha512"])("§2.4.11 takes %s, in any case", async (name) => {
    const content = randomBytes(100);
    const sha2 = hashOf(content, name);
    const statement = aReceivedStatement({
      attachments: [attachmentOf(content, { sha2: sha2.toUpperCase() })],
    });
    const reply = await client.post(
      undefined,
      multipart(statement, [partOf(content, { "X-Experience-API-Hash": sha2 })]),
    );
    expect(reply.status, reply.text).toBe(200);
    expect(
      read(await client.get("/statements", { statementId: statement.id, attachments: "true" })).contents,
    ).toEqual([content]);
  });

  it("§2.4.11 an attachment with a fileUrl needs no part, and none comes back", async () => {
    const statement = aReceivedStatement({
      attachments: [attachmentOf(randomBytes(9), { fileUrl: "https://x.org/f" })],
    });
    await client.store(statement);
    expect(
      read(await client.get("/statements", { statementId: statement.id, attachments: "true" })).contents,
    ).toEqual([]);
  });

  it("§2.4.11 attachments of a SubStatement come back too", async () => {
    const content = randomBytes(100);
    const object = { objectType: "SubStatement", ...withAttachments(content), id: undefined };
    const statement = aReceivedStatement({ object });
    expect((await send(statement, [content])).status).toBe(200);
    expect(
      read(await client.get("/statements", { statementId: statement.id, attachments: "true" })).contents,
    ).toEqual([content]);
  });

  const content = Buffer.from("content");
  const good = () => multipart(withAttachments(content), [partOf(content)]);
  const changed = (change: (text: string) => string) => {
    const { headers, body } = good();
    return { headers, body: Buffer.from(change(body.toString("latin1")), "latin1") };
  };

  it.each<[string, () => { headers: Record<string, string>; body: unknown }]>([
    ["no boundary", () => ({ ...good(), headers: { "content-type": "multipart/mixed" } })],
    ["an empty boundary", () => ({ ...good(), headers: { "content-type": 'multipart/mixed; boundary=""' } })],
    [
      "another boundary",
      () => ({ ...good(), headers: { "content-type": "multipart/mixed; boundary=other" } }),
    ],
    ["a boundary too long", () => multipart(withAttachments(content), [partOf(content)], "b".repeat(71))],
    ["no end", () => changed((text) => text.slice(0, text.lastIndexOf("--b0undary--")))],
    ["an end cut short", () => changed((text) => text.slice(0, -4))],
    ["nothing", () => ({ ...good(), body: "" })],
    ["only an end", () => ({ ...good(), body: "--b0undary--\r\n" })],
    ["line feeds alone", () => changed((text) => text.replaceAll("\r\n", "\n"))],
    ["a first part of another type", () => changed((text) => text.replace("application/json", "text/plain"))],
    [
      "a first part without a type",
      () => changed((text) => text.replace("Content-Type: application/json\r\n", "")),
    ],
    ["a first part that is no JSON", () => multipart("{", [])],
    [
      "a part without an encoding",
      () => changed((text) => text.replace("Content-Transfer-Encoding: binary\r\n", "")),
    ],
    ["a part in base64", () => changed((text) => text.replace(": binary", ": base64"))],
    ["a part without a hash", () => changed((text) => text.replace(/X-Experience-API-Hash: \w+\r\n/, ""))],
    [
      "a part with a wrong hash",
      () => changed((text) => text.replaceAll(hashOf(content), hashOf(Buffer.from("x")))),
    ],
    ["a part nobody names", () => multipart(aReceivedStatement(), [partOf(content)])],
    ["a part that is missing", () => multipart(withAttachments(content), [])],
    ["a part that was changed", () => changed((text) => text.replace("\r\n\r\ncontent", "\r\n\r\nContent"))],
    [
      "a hash of no SHA-2",
      () => multipart(aReceivedStatement({ attachments: [attachmentOf(content, { sha2: "abc" })] }), []),
    ],
    ["JSON with attachments but no parts", () => ({ headers: {}, body: withAttachments(content) })],
    [
      "form data",
      () => ({ ...good(), headers: { "content-type": "multipart/form-data; boundary=b0undary" } }),
    ],
  ])("§1.5.2 refuses %s with 400, and stores nothing", async (_, make) => {
    const before = (await client.page({ limit: "1" })).statements[0]?.id;
    const { headers, body } = make();
    const reply = await client.post(body, { headers });
    expect(reply.status, reply.text).toBe(400);
    expect((reply.json as { message: string }).message.length).toBeGreaterThan(15);
    expect((await client.page({ limit: "1" })).statements[0]?.id).toBe(before);
  });

  it.each([
    ["text before and after", (text: string) => `preamble\r\n${text}epilogue`],
    ["blanks after the boundary", (text: string) => text.replaceAll("--b0undary\r\n", "--b0undary \t\r\n")],
    [
      "headers in another case",
      (text: string) =>
        text
          .replace("Content-Transfer-Encoding", "content-transfer-encoding")
          .replace(": binary", ": BINARY"),
    ],
    [
      "headers nobody knows",
      (text: string) => text.replace("Content-Transfer", "X-Other: 1\r\nContent-Transfer"),
    ],
    ["no type of the part", (text: string) => text.replace("Content-Type: application/octet-stream\r\n", "")],
    ["no line break at the end", (text: string) => text.slice(0, -2)],
  ])("§1.5.2 takes %s", async (_, change) => {
    const reply = await client.post(undefined, changed(change));
    expect(reply.status, reply.text).toBe(200);
  });

  it("§2.1.2 a batch that conflicts stores none of its attachments, and a no-op changes none", async () => {
    const [first, second] = [randomBytes(50), randomBytes(50)];
    const known = aReceivedStatement({ attachments: [attachmentOf(second, { fileUrl: "https://x.org/f" })] });
    await client.store(known);
    const conflict = [withAttachments(first), { ...known, verb: { id: "https://x.org/other" } }];
    expect((await send(conflict, [first, second])).status).toBe(409);
    expect((await send(known, [second])).status).toBe(200);
    const rows = await database.db.execute(
      sql`select 1 from attachment where sha2 in (${hashOf(first)}, ${hashOf(second)})`,
    );
    expect(rowsOf(rows)).toEqual([]);
  });

  it("§1.5.2 takes thousands of small parts", async () => {
    const contents = Array.from({ length: 4000 }, () => randomBytes(8));
    const statement = withAttachments(...contents);
    const reply = await send(statement, contents);
    expect(reply.status, reply.text.slice(0, 200)).toBe(200);
    expect(
      read(await client.get("/statements", { statementId: statement.id, attachments: "true" })).contents,
    ).toHaveLength(4000);
  });

  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const section = (value: unknown): string =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  function jws(header: unknown, payload: unknown): string {
    const input = `${section(header)}.${section(payload)}`;
    return `${input}.${sign("RSA-SHA256", Buffer.from(input), privateKey).toString("base64url")}`;
  }
  async function sendSigned(
    statement: XapiStatement,
    signature: string,
    overrides: object = {},
  ): Promise<Reply> {
    const bytes = Buffer.from(signature, "latin1");
    const usageType = "http://adlnet.gov/expapi/attachments/signature";
    return send({ ...statement, attachments: [attachmentOf(bytes, { usageType, ...overrides })] }, [bytes]);
  }

  it("§2.6 takes a signature of the statement in any wording, and gives it back to the byte", async () => {
    const statement = aReceivedStatement({
      result: { duration: "PT1.004S" },
      timestamp: "2026-11-24T09:30:00Z",
    });
    const payload = JSON.stringify(
      { ...statement, timestamp: "2026-11-24T10:30:00+01:00", result: { duration: "PT1.00S" } },
      null,
      2,
    );
    const signature = jws({ alg: "RS256" }, payload);
    expect((await sendSigned(statement, signature)).status).toBe(200);
    const { contents } = read(
      await client.get("/statements", { statementId: statement.id, attachments: "true" }),
    );
    expect(contents.map(String)).toEqual([signature]);
  });

  it.each<[string, (statement: XapiStatement) => string]>([
    ["nothing", () => ""],
    ["two sections", (s) => jws({ alg: "RS256" }, s).split(".").slice(0, 2).join(".")],
    ["four sections", (s) => `${jws({ alg: "RS256" }, s)}.x`],
    ["padding", (s) => `${jws({ alg: "RS256" }, s)}==`],
    ["no signature", (s) => jws({ alg: "RS256" }, s).replace(/[^.]*$/, "")],
    ["the algorithm none", (s) => jws({ alg: "none" }, s)],
    ["the algorithm HS256", (s) => jws({ alg: "HS256" }, s)],
    ["no algorithm", (s) => jws({}, s)],
    ["a header that is no JSON", (s) => jws("x", s)],
    ["a header that is a list", (s) => jws([], s)],
    ["a payload that is no JSON", () => jws({ alg: "RS256" }, "x")],
    ["another statement", () => jws({ alg: "RS256" }, aReceivedStatement())],
    ["another id", (s) => jws({ alg: "RS256" }, { ...s, id: aReceivedStatement().id })],
    ["a payload of deep nesting", () => jws({ alg: "RS256" }, `${"[".repeat(20_000)}${"]".repeat(20_000)}`)],
    ["a certificate that is none", (s) => jws({ alg: "RS256", x5c: ["AAAA"] }, s)],
    ["no list of certificates", (s) => jws({ alg: "RS256", x5c: {} }, s)],
    ["bytes", () => "\u0000\u00ff\u00fe"],
  ])("§2.6 refuses a signature with %s with 400", async (_, make) => {
    const statement = aReceivedStatement();
    const reply = await sendSigned(statement, make(statement));
    expect(reply.status, reply.text).toBe(400);
    expect(reply.text).toMatch(/signature|length/);
    expect(await client.statement(statement.id)).toBeNull();
  });

  it("§2.6 refuses a signature of another content type, and one that is only linked", async () => {
    const statement = aReceivedStatement();
    const signature = jws({ alg: "RS256" }, statement);
    expect((await sendSigned(statement, signature, { contentType: "text/plain" })).status).toBe(400);
    const usageType = "http://adlnet.gov/expapi/attachments/signature";
    const linked = attachmentOf(Buffer.from(signature), { usageType, fileUrl: "https://x.org/s" });
    expect((await client.post({ ...statement, attachments: [linked] })).status).toBe(400);
  });
});
