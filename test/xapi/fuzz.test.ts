import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sameStatement } from "#app/domain/lrs/statement-comparison.ts";
import { onBothEngines } from "../database.ts";
import { multipart, startXapi, type XapiClient, type XapiServer } from "../xapi-server.ts";

/** A statement with everything in it: each part is a place to go wrong. */
const whole = () => ({
  id: randomUUID(),
  actor: {
    objectType: "Group",
    name: "G",
    account: { homePage: "https://x.org", name: "n" },
    member: [
      { mbox: "mailto:a@b.c" },
      { mbox_sha1sum: "a".repeat(40) },
      { openid: "https://x.org/o", objectType: "Agent" },
    ],
  },
  verb: { id: "https://x.org/v", display: { en: "did", "de-CH": "tat" } },
  object: {
    objectType: "SubStatement",
    actor: { objectType: "Agent", mbox: "mailto:a@b.c" },
    verb: { id: "https://x.org/v" },
    object: {
      id: "https://x.org/a",
      definition: {
        name: { en: "n" },
        type: "https://x.org/t",
        interactionType: "choice",
        correctResponsesPattern: ["a"],
        choices: [{ id: "a", description: { en: "A" } }],
        extensions: { "https://x.org/e": [1.5, null, { a: "b" }] },
      },
    },
    context: { contextActivities: { parent: { id: "https://x.org/p" } } },
  },
  result: {
    score: { scaled: 0.5, raw: 5, min: 0, max: 10 },
    success: true,
    completion: false,
    response: "r",
    duration: "PT1.5S",
    extensions: { "https://x.org/e": {} },
  },
  context: {
    registration: randomUUID(),
    instructor: { mbox: "mailto:i@b.c" },
    team: { objectType: "Group", member: [{ mbox: "mailto:t@b.c" }] },
    contextActivities: {
      parent: [{ id: "https://x.org/p" }],
      other: [],
      category: { id: "https://x.org/c", definition: { name: { en: "c" } } },
    },
    language: "en-GB",
    statement: { objectType: "StatementRef", id: randomUUID() },
    extensions: { "https://x.org/e": "x" },
  },
  timestamp: "2026-11-24T09:30:00.000Z",
  version: "1.0.3",
  attachments: [
    {
      usageType: "https://x.org/u",
      display: { en: "d" },
      contentType: "text/plain",
      length: 3,
      sha2: "0".repeat(64),
      fileUrl: "https://x.org/f",
    },
  ],
});

type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    1e308,
    "",
    "x",
    [],
    {},
    [[]],
    [null],
    "\u0000",
    "\ud800",
    "__proto__",
  ),
  fc.constantFrom<unknown>("Agent", "Group", "Activity", "StatementRef", "SubStatement", "Person"),
  fc.constantFrom<unknown>(
    "http://adlnet.gov/expapi/verbs/voided",
    "mailto:x@y.z",
    "https://x.org/😀",
    "urn:x:y",
    randomUUID(),
  ),
  fc.constantFrom<unknown>(
    { objectType: "StatementRef", id: randomUUID() },
    { mbox: "mailto:x@y.z" },
    { id: "https://x.org/a" },
  ),
  fc.string({ unit: "binary" }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Mutation = {
  at: number;
  what: "replace" | "remove" | "rename" | "add" | "swap";
  value: unknown;
  name: string;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom("replace", "remove", "rename", "add", "swap"),
  value: strange,
  name: fc.oneof(
    fc.constantFrom("id", "objectType", "mbox", "extensions", "ID", "__proto__", "constructor", ""),
    fc.string(),
  ),
});

function mutated(statement: unknown, mutations: readonly Mutation[]): unknown {
  const result = structuredClone(statement);
  for (const { at, what, value, name } of mutations) {
    const paths = pathsOf(result);
    const path = paths[at % Math.max(1, paths.length)] ?? [];
    const key = path.at(-1);
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], result) as Record<
      string,
      unknown
    >;
    if (key === undefined) continue;
    const put = (to: string | number, what: unknown) =>
      Object.defineProperty(parent, to, {
        value: what,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    if (what === "replace") put(key, structuredClone(value));
    else if (what === "add") put(Array.isArray(parent) ? parent.length : name, structuredClone(value));
    else if (what === "swap") put(key, [parent[key]]);
    else {
      const before = parent[key];
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      if (what === "rename" && !Array.isArray(parent)) put(name, before);
    }
  }
  return result;
}

onBothEngines(
  "whatever is sent, the answer is no fault, and what is stored comes back (xAPI part 3 §3.2)",
  (database) => {
    let server: XapiServer;
    let client: XapiClient;
    beforeAll(async () => {
      server = await startXapi(database);
      client = await server.client("all");
    });
    afterAll(async () => {
      for (const format of ["exact", "ids", "canonical"]) await client.ids({ format, limit: "100" });
      expect(server.faults).toEqual([]);
      await server.close();
    });

    async function expectAnswered(text: string, version: "1.0.3" | "2.0.0"): Promise<void> {
      const reply = await client.post(text, { version });
      // Another run may have sent the same id.
      expect([200, 400, 409], `${reply.status} ${text}`).toContain(reply.status);
      if (reply.status !== 200) {
        expect((reply.json as { message: string }).message.length).toBeGreaterThan(10);
        return;
      }
      for (const [i, id] of (reply.json as string[]).entries()) {
        let got = await client.get("/statements", { statementId: id }, { version });
        if (got.status === 404) got = await client.get("/statements", { voidedStatementId: id }, { version });
        expect(got.status, `${id} of ${text}`).toBe(200);
        const sent: unknown = JSON.parse(text);
        const one = JSON.stringify(Array.isArray(sent) ? sent[i] : sent);
        expect(sameStatement(one, got.text), `${one}\n${got.text}`).toBe(true);
      }
    }

    const version = fc.constantFrom("1.0.3" as const, "2.0.0" as const);

    it("statements with some parts changed", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { maxLength: 3 }), version, async (mutations, as) =>
          expectAnswered(JSON.stringify(mutated(whole(), mutations)), as),
        ),
        { numRuns: 120 },
      );
    });

    it("statements with some characters changed", async () => {
      const edit = fc.record({
        at: fc.nat(),
        remove: fc.nat(3),
        insert: fc.oneof(
          fc.constantFrom("", '"', "\\", "{", "}", ",", "\\u0000", "\u0000", "1e999", "-"),
          fc.string({ unit: "binary", maxLength: 3 }),
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 2 }), version, async (edits, as) => {
          let text = JSON.stringify(whole());
          for (const { at, remove, insert } of edits) {
            const place = at % text.length;
            text = text.slice(0, place) + insert + text.slice(place + remove);
          }
          await expectAnswered(Buffer.from(text).toString(), as);
        }),
        { numRuns: 80 },
      );
    });

    it("queries of any parameters and values", async () => {
      const names = [
        "statementId",
        "voidedStatementId",
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
        "x",
      ];
      const value = fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom(
          "true",
          "false",
          "0",
          "1",
          "ids",
          "canonical",
          "https://x.org/a",
          "2026-11-24T09:30:00Z",
          "0000-01-01T00:00:00+23:59",
          "9999-12-31T24:00:00-23:59",
          '{"mbox":"mailto:a@b.c"}',
          '{"account":{"homePage":"https://x.org","name":"\\u0000"}}',
          '{"objectType":"Group","mbox":"mailto:a@b.c","member":[]}',
          "\u0000",
          randomUUID(),
        ),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }),
          fc.boolean(),
          async (query, post) => {
            const reply = post
              ? await client.send("POST", "/statements?method=GET", {
                  headers: { "content-type": "application/x-www-form-urlencoded" },
                  body: new URLSearchParams(query as Record<string, string>).toString(),
                })
              : await client.get("/statements", query);
            expect([200, 400, 404], `${JSON.stringify(query)} ${reply.text.slice(0, 200)}`).toContain(
              reply.status,
            );
          },
        ),
        { numRuns: 150 },
      );
    });

    it("documents of any name, type and content", async () => {
      const content = fc.oneof(
        fc.uint8Array({ maxLength: 50 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
      );
      const type = fc.constantFrom(
        "application/json",
        "text/plain",
        "application/octet-stream",
        "x",
        "a/b; c=\u00ff",
      );
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: "grapheme" }),
          type,
          content,
          fc.constantFrom("PUT", "POST"),
          async (stateId, contentType, body, method) => {
            const query = {
              activityId: `https://x.org/${randomUUID()}`,
              agent: '{"mbox":"mailto:a@b.c"}',
              stateId,
            };
            const reply = await client.send(method, "/activities/state", {
              query,
              body,
              headers: { "content-type": contentType },
            });
            expect([204, 400], reply.text).toContain(reply.status);
            const got = await client.get("/activities/state", query);
            expect(got.status).toBe(reply.status === 204 ? 200 : 404);
            if (reply.status !== 204) return;
            expect([...got.bytes]).toEqual([...body]);
            expect(
              (await client.get("/activities/state", { activityId: query.activityId, agent: query.agent }))
                .json,
            ).toEqual([stateId]);
          },
        ),
        { numRuns: 80 },
      );
    });

    it("multipart bodies with some bytes changed", async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(5), fc.uint8Array({ maxLength: 5 }), async (at, remove, insert) => {
          const { headers, body } = multipart(whole(), []);
          const place = at % body.length;
          const changed = Buffer.concat([body.subarray(0, place), insert, body.subarray(place + remove)]);
          const reply = await client.post(changed, { headers });
          expect([200, 400, 409], reply.text).toContain(reply.status);
        }),
        { numRuns: 60 },
      );
    });
  },
);
