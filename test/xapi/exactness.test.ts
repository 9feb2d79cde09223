import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  anActivity,
  anActor,
  referringTo,
  startXapi,
  type XapiClient,
  type XapiServer,
} from "../xapi-server.ts";

onBothEngines("statements come back as they were sent (xAPI part 2 §2.3.1, part 3 §2.1.3)", (database) => {
  let server: XapiServer;
  let client: XapiClient;
  beforeAll(async () => {
    server = await startXapi(database);
    client = await server.client("all");
  });
  afterAll(async () => {
    // Nothing that any test stored may spoil what others ask.
    for (const format of ["exact", "ids", "canonical"])
      for (const ascending of ["true", "false"]) await client.ids({ format, ascending, limit: "50" });
    expect(server.faults).toEqual([]);
    await server.close();
  });

  /** A statement's members as JSON text, in which only what matters is written by hand. */
  function textWith(members: Record<string, string>): { id: string; text: string } {
    const { id, actor, verb, object } = aReceivedStatement();
    const all: Record<string, string> = {
      id: JSON.stringify(id),
      actor: JSON.stringify(actor),
      verb: JSON.stringify(verb),
      object: JSON.stringify(object),
      ...members,
    };
    return {
      id,
      text: `{${Object.entries(all)
        .map(([name, value]) => `"${name}":${value}`)
        .join(",")}}`,
    };
  }

  const awkward = [
    "1.0",
    "1e2",
    "1E+2",
    "12345678901234567890",
    "0.1e-7",
    "-0",
    "-0.0",
    "1e400",
    "0.1000",
    "[1.0,2.50]",
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\uD83D\\uDE00"',
    '"😀"',
    '"\\u00e9 é e\u0301"',
    '"שלום \u202e abc"',
    '"\u2028\u2029"',
    '"\\/ \\" \\\\ \\b\\f\\n\\r\\t"',
    '"\u007f\u0085\ufeff\ufffd\uffff"',
    '"{}[],:\\"{"',
    '"\'; drop table statement; --"',
    '"%s $1 {} \\\\x41 NULL"',
    '{"__proto__":1,"constructor":{"prototype":2},"toString":null}',
    '{"":"","a b":[[],{},[{}]]}',
    "null",
    "true",
    '{ "spaced" : [ 1 , 2 ] }',
  ];

  it.each(awkward)("in extensions, to the byte: %.60s", async (value) => {
    const extensions = `{"https://x.org/e":${value}}`;
    const { id, text } = textWith({
      result: `{"score":{"raw":1.50,"min":0.0},"extensions":${extensions}}`,
      context: `{"extensions":${extensions}}`,
      object: `{"id":"${anActivity()}","definition":{"extensions":${extensions}}}`,
    });
    const posted = await client.post(text);
    expect(posted.status, posted.text).toBe(200);
    const { text: got } = await client.get("/statements", { statementId: id });
    expect(got.startsWith(text.slice(0, -1))).toBe(true);
    expect((await client.post(text)).status).toBe(200);
  });

  it("in the definition of an activity, by itself and in canonical format", async () => {
    for (const value of awkward) {
      const activity = anActivity();
      const { text } = textWith({
        object: `{"id":"${activity}","definition":{"name":{"en":"\\u0000"},"extensions":{"https://x.org/e":${value}}}}`,
      });
      expect((await client.post(text)).status).toBe(200);
      for (const [path, query] of [
        ["/activities", { activityId: activity }],
        ["/statements", { activity, format: "canonical" }],
        ["/statements", { activity, format: "ids" }],
      ] as const) {
        const reply = await client.get(path, query);
        expect(reply.status, reply.text).toBe(200);
        expect(() => reply.json).not.toThrow();
        if (!("format" in query && query.format === "ids"))
          expect(reply.text).toContain(`"https://x.org/e":${value}`);
      }
    }
  });

  it.each([
    '"\\u0000"',
    '"a\\u0000b"',
    '" "',
    '""',
    '"a b"',
    '"\\ud800"',
    '"\\udfff"',
    '"😀"',
    '"é"',
    '"e\u0301"',
    '"\u202e"',
    '"\\"\\\\"',
    '"x\\u0001y"',
  ])("in the account name %s, which alone finds its statements", async (name) => {
    const homePage = `https://x.org/${randomUUID()}`;
    const account = `{"homePage":"${homePage}","name":${name}}`;
    const { id, text } = textWith({ actor: `{"objectType":"Agent","name":${name},"account":${account}}` });
    expect((await client.post(text)).status).toBe(200);
    await client.store(aReceivedStatement({ actor: { account: { homePage, name: "other" } } }));
    for (const related_agents of ["false", "true"])
      expect(await client.ids({ agent: `{"account":${account}}`, related_agents })).toEqual([id]);
    const person = await client.get("/agents", { agent: `{"account":${account}}` });
    expect([person.status, person.json]).toEqual([
      200,
      {
        objectType: "Person",
        name: [JSON.parse(name) as unknown],
        account: [{ homePage, name: JSON.parse(name) as unknown }],
      },
    ]);
    const state = { activityId: anActivity(), agent: `{"account":${account}}`, stateId: "a\u0000b" };
    expect((await client.send("PUT", "/activities/state", { query: state, body: "{}" })).status).toBe(204);
    expect((await client.get("/activities/state", state)).text).toBe("{}");
    expect(
      (await client.get("/activities/state", { activityId: state.activityId, agent: state.agent })).json,
    ).toEqual(["a\u0000b"]);
  });

  it("NFC and NFD are different names and different IRIs", async () => {
    const base = `https://x.org/${randomUUID()}/`;
    const [composed, decomposed] = ["é", "e\u0301"].map((end) =>
      aReceivedStatement({ object: { id: base + end } }),
    );
    await client.store(composed!, decomposed!);
    expect(await client.ids({ activity: `${base}é` })).toEqual([composed?.id]);
    expect(await client.ids({ activity: `${base}e\u0301` })).toEqual([decomposed?.id]);
  });

  it("IRIs of 5,000 characters, of letters of the world and with %00", async () => {
    for (const tail of [
      "a".repeat(5000),
      "ü€語😀".repeat(250),
      "%00%ff",
      "?q=1&q=2#f",
      "(){}".slice(0, 2),
      "'--",
    ]) {
      const iri = `https://x.org/${randomUUID()}/${tail}`;
      const statement = aReceivedStatement({
        actor: { openid: iri },
        verb: { id: iri },
        object: { id: iri, definition: { type: iri, moreInfo: iri, extensions: { [iri]: iri } } },
      });
      await client.store(statement);
      expect(await client.ids({ activity: iri })).toEqual([statement.id]);
      expect(await client.ids({ verb: iri })).toEqual([statement.id]);
      expect(await client.ids({ agent: JSON.stringify({ openid: iri }) })).toEqual([statement.id]);
      expect((await client.get("/activities", { activityId: iri })).json).toMatchObject({ id: iri });
      const query = { activityId: iri, profileId: iri };
      const put = await client.send("PUT", "/activities/profile", {
        query,
        headers: { "if-none-match": "*" },
        body: "1",
      });
      expect(put.status).toBe(204);
      expect((await client.get("/activities/profile", { activityId: iri })).json).toEqual([iri]);
      expect((await client.get("/activities/profile", query)).text).toBe("1");
    }
  });

  it("texts of 1 MB, and language maps of 300 kB", async () => {
    const long = "lång\n".repeat(200_000);
    const map = Object.fromEntries(
      Array.from({ length: 6000 }, (_, i) => [`en-x-${i.toString(36).padStart(4, "0")}`, "x".repeat(40)]),
    );
    const activity = anActivity();
    const statement = aReceivedStatement({
      verb: { id: "https://x.org/v", display: map },
      object: { id: activity, definition: { name: map, description: map } },
      result: { response: long },
    });
    await client.store(statement);
    const got = await client.statement(statement.id);
    expect(got).toMatchObject(statement);
    expect((await client.get("/activities", { activityId: activity })).json).toMatchObject({
      definition: { name: map },
    });
    const canonical = await client.get(
      "/statements",
      { activity, format: "canonical" },
      { headers: { "accept-language": "en-x-0001, *;q=0" } },
    );
    expect(
      Object.keys(
        (canonical.json as { statements: { object: { definition: { name: object } } }[] }).statements[0]
          ?.object.definition.name ?? {},
      ),
    ).toHaveLength(1);
  });

  it("ids and registrations in the case they were sent, found in any", async () => {
    const id = randomUUID().toUpperCase();
    const registration = randomUUID().toUpperCase();
    const { json } = await client.post(aReceivedStatement({ id, context: { registration } }));
    expect(json).toEqual([id]);
    expect((await client.statement(id.toLowerCase()))?.id).toBe(id);
    for (const given of [registration, registration.toLowerCase()])
      expect(await client.ids({ registration: given })).toEqual([id]);
  });

  it("a timestamp in the zone and precision it was sent, and the stored time where there was none", async () => {
    for (const timestamp of [
      "2026-11-24T09:30:00.123456789+05:30",
      "2026-11-24T09:30:00Z",
      "2016-12-31T23:59:60Z",
      "0001-01-01T00:00:00Z",
    ]) {
      const statement = aReceivedStatement({ timestamp });
      await client.store(statement);
      expect((await client.statement(statement.id))?.["timestamp"]).toBe(timestamp);
    }
    const without = aReceivedStatement();
    await client.store(without);
    const got = await client.statement(without.id);
    expect(got?.["timestamp"]).toBe(got?.["stored"]);
  });

  it("§2.4.9 stored and authority are ours whatever was sent", async () => {
    const other = { objectType: "Agent", mbox: "mailto:boss@example.org" };
    const statement = aReceivedStatement({ stored: "2000-01-01T00:00:00Z", authority: other });
    await client.store(statement);
    const got = await client.statement(statement.id);
    expect(got?.["authority"]).toMatchObject({ account: { name: client.key } });
    expect(Date.now() - Date.parse(String(got?.["stored"]))).toBeLessThan(60_000);
    expect(await client.ids({ agent: JSON.stringify(other), related_agents: "true" })).not.toContain(
      statement.id,
    );
  });

  it.each([
    ["deep nesting", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, 400],
    ["deep lists", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400],
    ["100,000 keys", `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join()}}`, 200],
    ["a key twice", '{"a":1,"\\u0061":2}', 400],
    ["nine megabytes", JSON.stringify("x".repeat(9_000_000)), 200],
    ["many escapes", `"${"\\\\".repeat(1_000_000)}\\""`, 200],
    ["many quotes", `"${'\\"'.repeat(1_000_000)}"`, 200],
  ])("hostile extensions are answered within seconds: %s", async (_, value, status) => {
    const { text } = textWith({ context: `{"extensions":{"https://x.org/e":${value}}}` });
    const start = performance.now();
    const reply = await client.post(text);
    expect(reply.status, reply.text.slice(0, 200)).toBe(status);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("hostile texts are refused or taken within seconds", async () => {
    const long = 500_000;
    const statements: [number, Record<string, unknown>][] = [
      [400, { actor: { mbox: `mailto:${"a@".repeat(long)}` } }],
      [400, { actor: { mbox: `mailto:${"a.".repeat(long)}` } }],
      [400, { actor: { mbox_sha1sum: "a".repeat(long) } }],
      [400, { verb: { id: `a${":".repeat(long)} ` } }],
      [400, { verb: { id: `${"a".repeat(long)}` } }],
      [400, { result: { duration: `P${"1".repeat(long)}` } }],
      [400, { result: { duration: `PT${"1.1".repeat(long)}S` } }],
      [400, { result: { duration: `P${"1Y".repeat(long)}` } }],
      [400, { context: { language: "a-".repeat(long) } }],
      [400, { context: { language: `en-${"a".repeat(8)}-`.repeat(long / 10) } }],
      [400, { timestamp: `2026-11-24T09:30:00.${"0".repeat(long)}x` }],
      [200, { timestamp: `2026-11-24T09:30:00.${"0".repeat(long)}Z` }],
      [400, { version: `1.0.${"0".repeat(long)}x` }],
      [400, { id: "0".repeat(long) }],
      [
        400,
        {
          attachments: [
            {
              usageType: "x:y",
              display: {},
              contentType: `a/b${" ".repeat(long)}x`,
              length: 1,
              sha2: "0".repeat(64),
              fileUrl: "x:y",
            },
          ],
        },
      ],
      [200, { actor: { objectType: "Group", member: Array.from({ length: 5000 }, anActor) } }],
      [
        200,
        {
          context: {
            contextActivities: { other: Array.from({ length: 5000 }, () => ({ id: anActivity() })) },
          },
        },
      ],
    ];
    for (const [status, members] of statements) {
      const start = performance.now();
      const reply = await client.post(aReceivedStatement(members));
      expect(
        [reply.status, reply.text.length < 1000],
        `${JSON.stringify(members).slice(0, 100)} ${reply.text.slice(0, 200)}`,
      ).toEqual([status, true]);
      expect(performance.now() - start, JSON.stringify(members).slice(0, 80)).toBeLessThan(4_000);
    }
  });

  it("a batch of 5,000 is stored whole, or not at all", async () => {
    const activity = anActivity();
    const batch = Array.from({ length: 5000 }, () => aReceivedStatement({ object: { id: activity } }));
    const start = performance.now();
    expect((await client.post([...batch, { ...batch[0], id: randomUUID(), verb: {} }])).status).toBe(400);
    expect((await client.page({ activity })).statements).toEqual([]);
    await client.store(...batch);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await client.ids({ activity })).toHaveLength(5000);
  });

  const base = () =>
    aReceivedStatement({
      actor: {
        objectType: "Group",
        name: "G",
        mbox: "mailto:Group@Example.org",
        member: [anActor(), anActor()],
      },
      timestamp: "2026-11-24T09:30:00Z",
      object: { id: anActivity(), definition: { name: { en: "one" } } },
      result: { duration: "PT1.126S", score: { raw: 1 } },
      context: {
        registration: randomUUID(),
        contextActivities: { parent: { id: anActivity() } },
        language: "en-US",
      },
    });
  type Full = ReturnType<typeof base> & {
    actor: { member: object[] };
    object: { id: string };
    context: { registration: string; contextActivities: { parent: { id: string } } };
  };

  it.each<[string, (s: Full) => object]>([
    ["the display of the verb", (s) => ({ ...s, verb: { ...(s["verb"] as object), display: { en: "x" } } })],
    ["the definition of the activity", (s) => ({ ...s, object: { id: s.object.id } })],
    ["the time zone", (s) => ({ ...s, timestamp: "2026-11-24T10:30:00.000+01:00" })],
    ["the timestamp that is missing", (s) => ({ ...s, timestamp: undefined })],
    ["the order of members", (s) => ({ ...s, actor: { ...s.actor, member: s.actor.member.toReversed() } })],
    ["the order of properties", (s) => Object.fromEntries(Object.entries(s).toReversed())],
    ["the case of the domain", (s) => ({ ...s, actor: { ...s.actor, mbox: "mailto:Group@eXample.ORG" } })],
    [
      "the case of UUIDs",
      (s) => ({
        ...s,
        id: s.id.toUpperCase(),
        context: { ...s.context, registration: s.context.registration.toUpperCase() },
      }),
    ],
    [
      "a list of one",
      (s) => ({
        ...s,
        context: { ...s.context, contextActivities: { parent: [s.context.contextActivities.parent] } },
      }),
    ],
    ["a duration below 0.01 s", (s) => ({ ...s, result: { duration: "PT1.12S", score: { raw: 1 } } })],
    ["the notation of a number", (s) => ({ ...s, result: { duration: "PT1.126S", score: { raw: 1.0 } } })],
    ["the authority", (s) => ({ ...s, authority: { mbox: "mailto:x@y.z" } })],
    ["stored", (s) => ({ ...s, stored: "2000-01-01T00:00:00Z" })],
    ["the version", (s) => ({ ...s, version: "1.0.1" })],
  ])("§2.3.1 a statement that differs in %s is the same", async (_, change) => {
    const statement = base() as Full;
    await client.store(statement);
    const before = await client.get("/statements", { statementId: statement.id });
    const reply = await client.post([change(statement)]);
    expect([reply.status, reply.text.toLowerCase()]).toEqual([200, JSON.stringify([statement.id])]);
    expect((await client.get("/statements", { statementId: statement.id })).text).toBe(before.text);
    const activity = (await client.get("/activities", { activityId: statement.object.id })).json;
    expect(activity).toMatchObject({ definition: { name: { en: "one" } } });
  });

  it.each<[string, (s: Full) => object]>([
    ["the actor", (s) => ({ ...s, actor: anActor() })],
    ["the verb", (s) => ({ ...s, verb: { id: "https://x.org/other" } })],
    ["the object", (s) => ({ ...s, object: { id: anActivity() } })],
    ["the kind of object", (s) => ({ ...s, object: referringTo(randomUUID()), context: undefined })],
    ["the timestamp", (s) => ({ ...s, timestamp: "2026-11-24T09:30:00.001Z" })],
    ["a duration by 0.01 s", (s) => ({ ...s, result: { duration: "PT1.13S", score: { raw: 1 } } })],
    ["the unit of a duration", (s) => ({ ...s, result: { duration: "PT0M1.126S", score: { raw: 1 } } })],
    ["a score", (s) => ({ ...s, result: { duration: "PT1.126S", score: { raw: 1.0000001 } } })],
    ["a result that is missing", (s) => ({ ...s, result: undefined })],
    ["the registration", (s) => ({ ...s, context: { ...s.context, registration: randomUUID() } })],
    ["the case of the mailbox", (s) => ({ ...s, actor: { ...s.actor, mbox: "mailto:group@example.org" } })],
    ["a name", (s) => ({ ...s, actor: { ...s.actor, name: "g" } })],
    ["a member more", (s) => ({ ...s, actor: { ...s.actor, member: [...s.actor.member, anActor()] } })],
  ])(
    "§2.3.1 a statement that differs in %s is another: 409, and nothing of its batch is stored",
    async (_, change) => {
      const statement = base() as Full;
      await client.store(statement);
      const before = await client.get("/statements", { statementId: statement.id });
      const activity = anActivity();
      const neighbour = aReceivedStatement({ object: { id: activity, definition: { name: { en: "n" } } } });
      for (const batch of [
        [neighbour, change(statement)],
        [change(statement), neighbour],
      ]) {
        const reply = await client.post(batch);
        expect([reply.status, reply.text]).toEqual([409, expect.stringContaining(statement.id)]);
      }
      expect(await client.statement(neighbour.id)).toBeNull();
      expect((await client.get("/activities", { activityId: activity })).json).not.toHaveProperty(
        "definition",
      );
      expect((await client.get("/statements", { statementId: statement.id })).text).toBe(before.text);
      const put = await client.send("PUT", "/statements", {
        query: { statementId: statement.id },
        body: change(statement),
      });
      expect(put.status).toBe(409);
    },
  );

  it("§2.1.2 the same id twice in a batch, in any case, is 400", async () => {
    const statement = aReceivedStatement();
    for (const id of [statement.id, statement.id.toUpperCase()])
      expect((await client.post([statement, { ...statement, id }])).status).toBe(400);
    expect(await client.statement(statement.id)).toBeNull();
  });

  it("§2.1.1 PUT refuses a list, another id, no id and two", async () => {
    const statement = aReceivedStatement();
    const put = async (query: string, body: unknown) =>
      (await client.send("PUT", `/statements${query}`, { body })).status;
    expect(await put(`?statementId=${statement.id}`, [statement])).toBe(400);
    expect(await put(`?statementId=${randomUUID()}`, statement)).toBe(400);
    expect(await put("", statement)).toBe(400);
    expect(await put(`?statementId=${statement.id}&statementId=${statement.id}`, statement)).toBe(400);
    expect(await put(`?statementId=${statement.id}&x=1`, statement)).toBe(400);
    expect(await put(`?statementId=${statement.id.toUpperCase()}`, { ...statement, id: undefined })).toBe(
      204,
    );
    expect((await client.statement(statement.id))?.id).toBe(statement.id.toUpperCase());
  });
});
