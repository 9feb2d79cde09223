import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  aReference,
  aVoiding,
  anActivity,
  anActor,
  startXapi,
  times,
  type XapiClient,
  type XapiServer,
} from "../xapi-server.ts";

onBothEngines("results and their pages (xAPI part 2 §2.5, part 3 §2.1.3)", (database) => {
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

  it.each([
    ["descending", {}],
    ["ascending", { ascending: "true" }],
    ["by ids", { format: "ids" }],
  ] as const)("§2.5 gives each statement once while others write and void, %s", async (_, options) => {
    const activity = anActivity();
    const statements = times(60, () => aReceivedStatement({ object: { id: activity } }));
    await client.store(...statements);
    for (const limit of ["1", "7"]) {
      const state = { busy: true };
      const other = (async () => {
        while (state.busy) {
          const extra = aReceivedStatement({ object: { id: activity } });
          await client.store(extra, aVoiding(extra.id));
        }
      })();
      const found = await client
        .ids({ activity, limit, until: new Date().toISOString(), ...options })
        .finally(() => (state.busy = false));
      await other;
      expect(new Set(found).size).toBe(found.length);
      const ours = found.filter((id) => statements.some((s) => s.id === id));
      expect(ours).toHaveLength(60);
      const expected = statements.map(({ id }) => id);
      expect(ours).toEqual("ascending" in options ? expected : expected.toReversed());
    }
  });

  it("§2.5 a more link is a path of this server, works again and again, and with HEAD", async () => {
    const activity = anActivity();
    await client.store(...times(5, () => aReceivedStatement({ object: { id: activity } })));
    const { more } = await client.page({ activity, limit: "2" });
    expect(more).toMatch(/^\/xapi\/statements\/more\//);
    const first = await client.more(more);
    await client.store(aReceivedStatement({ object: { id: activity } }));
    expect(await client.more(more)).toEqual(first);
    const headed = await client.send("HEAD", more.replace("/xapi", ""));
    expect([headed.status, headed.text]).toEqual([200, ""]);
    expect(first.more).not.toBe("");
    const last = await client.more(first.more);
    expect([last.statements.length, last.more]).toEqual([1, ""]);
  });

  it("§2.5 there is no more link when the page is the last, even when it is full", async () => {
    const activity = anActivity();
    await client.store(...times(4, () => aReceivedStatement({ object: { id: activity } })));
    expect((await client.page({ activity, limit: "4" })).more).toBe("");
    expect((await client.page({ activity, limit: "3" })).more).not.toBe("");
    const { statements } = await client.page({ activity });
    await client.store(
      aVoiding(statements[3]?.id ?? "", { object: { objectType: "StatementRef", id: statements[3]?.id } }),
    );
    expect((await client.page({ activity, limit: "4" })).more).toBe("");
  });

  it.each([
    ["0", 200],
    ["1", 200],
    ["500", 200],
    ["501", 200],
    ["99999999999999999999999", 200],
    ["9".repeat(500), 200],
    ["-1", 400],
    ["-0", 400],
    ["1.5", 400],
    ["1e2", 400],
    ["0x10", 400],
    ["abc", 400],
    ["", 400],
    [" 1", 400],
    ["+1", 400],
    ["١", 400],
    ["null", 400],
  ] as const)("§2.1.3 limit=%s is answered %i", async (limit, status) => {
    expect((await client.get("/statements", { limit })).status).toBe(status);
  });

  it("§2.1.3 limit=0 is the most the server gives", async () => {
    const activity = anActivity();
    await client.store(...times(520, () => aReceivedStatement({ object: { id: activity } })));
    for (const query of [{ limit: "0" }, {}, { limit: "100000" }]) {
      const page = await client.page({ activity, ...query });
      expect(page.statements).toHaveLength(500);
      expect((await client.more(page.more)).statements).toHaveLength(20);
    }
  });

  it("§2.5 a link that was tampered with is 400 and never a fault", async () => {
    const activity = anActivity();
    await client.store(...times(3, () => aReceivedStatement({ object: { id: activity } })));
    const { more } = await client.page({ activity, limit: "1" });
    const [path, token = ""] = [
      more.slice(5, more.lastIndexOf("/") + 1),
      more.slice(more.lastIndexOf("/") + 1),
    ];
    const others = [
      token.slice(0, -1),
      token.slice(1),
      `${token}A`,
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      ...times(20, (i) => {
        const at = Math.floor((i * token.length) / 20);
        return `${token.slice(0, at)}${token[at] === "x" ? "y" : "x"}${token.slice(at + 1)}`;
      }),
      Buffer.from("{}").toString("base64url"),
      Buffer.from("null").toString("base64url"),
      "a".repeat(10_000),
    ];
    for (const other of others) expect((await client.get(`${path}${other}`)).status, other).toBe(400);
  });

  it("§4.2 a more link shows another client no more than its scope", async () => {
    const [mine, write, state] = [
      await server.client("statements/write", "statements/read/mine"),
      await server.client("statements/write"),
      await server.client("state"),
    ];
    const activity = anActivity();
    const own = times(2, () => aReceivedStatement({ object: { id: activity } }));
    const others = times(4, () => aReceivedStatement({ object: { id: activity } }));
    await mine.store(...own);
    await client.store(...others);
    await client.store(aReference(own[0]?.id ?? ""));
    const { more } = await client.page({ activity, limit: "1" });
    expect((await client.more(more)).statements).toHaveLength(1);
    const seen: string[] = [];
    for (let link = more; link !== "";) {
      const result = await mine.more(link);
      seen.push(...result.statements.map(({ id }) => id));
      link = result.more;
    }
    expect(seen.toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    for (const other of [write, state]) expect((await other.get(more.slice(5))).status).toBe(403);
    expect((await client.get(more.slice(5), {}, { headers: { authorization: "" } })).status).toBe(401);
  });

  it.each([
    ["2026-11-24T09:30:00.000Z", 200],
    ["2026-11-24T09:30:00+01:00", 200],
    ["2026-11-24T09:30:00.123456789Z", 200],
    ["9999-12-31T23:59:59.999Z", 200],
    ["9999-12-31T23:59:59-12:00", 200],
    ["0000-01-01T00:00:00Z", 200],
    ["0001-01-01T00:00:00+14:00", 200],
    ["2016-12-31T23:59:60Z", 200],
    ["2026-11-24T24:00:00Z", 200],
    ["-0001-01-01T00:00:00Z", 400],
    ["+12026-01-01T00:00:00Z", 400],
    ["2026-02-30T00:00:00Z", 400],
    ["2026-13-01T00:00:00Z", 400],
    ["2026-11-24T25:00:00Z", 400],
    ["2026-11-24T09:30:61Z", 400],
    ["2026-11-24T09:30:00-00:00", 400],
    ["yesterday", 400],
    ["1700000000", 400],
    ["", 400],
    ["2026-11-24\u0000", 400],
  ] as const)("§2.1.3 since and until take %j: %i", async (moment, status) => {
    for (const name of ["since", "until"])
      expect((await client.get("/statements", { [name]: moment, limit: "1" })).status, name).toBe(status);
  });

  it("§2.1.3 since is exclusive and until inclusive on the stored clock, in any time zone and precision", async () => {
    const activity = anActivity();
    for (let i = 0; i < 3; i++) await client.store(aReceivedStatement({ object: { id: activity } }));
    const { statements } = await client.page({ activity, ascending: "true" });
    const stored = String(statements[1]?.["stored"]);
    const ids = statements.map(({ id }) => id);
    const east = new Date(Date.parse(stored) + 2 * 3_600_000).toISOString().replace("Z", "+02:00");
    for (const moment of [stored, east, stored.replace("Z", "000Z"), stored.replace("Z", "999Z")]) {
      expect(await client.ids({ activity, since: moment, ascending: "true" }), moment).toEqual(ids.slice(2));
      expect(await client.ids({ activity, until: moment, ascending: "true" }), moment).toEqual(
        ids.slice(0, 2),
      );
      expect(await client.ids({ activity, since: moment, until: moment })).toEqual([]);
    }
    const before = new Date(Date.parse(stored) - 1).toISOString();
    expect(await client.ids({ activity, since: before, until: stored })).toEqual([ids[1]]);
    expect(await client.ids({ activity, since: "9999-01-01T00:00:00Z" })).toEqual([]);
    expect(await client.ids({ activity, until: "0001-01-01T00:00:00Z" })).toEqual([]);
  });

  it.each([
    [{ agent: "{" }, /agent/],
    [{ agent: "null" }, /agent/],
    [{ agent: "[]" }, /agent/],
    [{ agent: '"x"' }, /agent/],
    [{ agent: "{}" }, /agent/],
    [{ agent: '{"mbox":"a@b.c"}' }, /mbox/],
    [{ agent: '{"mbox":"mailto:a@b.c","openid":"http://x.org"}' }, /exactly one/],
    [{ agent: '{"objectType":"Group","member":[{"mbox":"mailto:a@b.c"}]}' }, /identified/],
    [{ agent: '{"objectType":"Group"}' }, /member/],
    [{ agent: '{"objectType":"Person","mbox":"mailto:a@b.c"}' }, /objectType/],
    [{ agent: `${"[".repeat(9000)}${"]".repeat(9000)}` }, /agent/],
    [{ verb: "voided" }, /verb/],
    [{ activity: "x" }, /activity/],
    [{ activity: "http://x.org/\u0000" }, /activity/],
    [{ registration: "x" }, /registration/],
    [{ related_agents: "1" }, /related_agents/],
    [{ related_activities: "TRUE" }, /related_activities/],
    [{ ascending: "" }, /ascending/],
    [{ attachments: "yes" }, /attachments/],
    [{ format: "Exact" }, /format/],
    [{ statementId: "x" }, /statementId/],
    [{ statementId: randomUUID(), limit: "1" }, /limit/],
    [{ statementId: randomUUID(), voidedStatementId: randomUUID() }, /voidedStatementId/],
    [{ voidedStatementId: randomUUID(), ascending: "true" }, /ascending/],
    [{ unknown: "1" }, /unknown/],
    [{ Agent: "{}" }, /Agent/],
    [{ stateId: "x" }, /stateId/],
  ])("§2.1.3 refuses %.80j with 400 and names it", async (query, sentence) => {
    const reply = await client.get("/statements", query as Record<string, string>);
    expect(reply.status).toBe(400);
    expect((reply.json as { message: string }).message).toMatch(sentence);
  });

  it("§2.1.3 takes an identified group, and names and members beside the identifier do not matter", async () => {
    const group = { objectType: "Group", account: { homePage: "https://x.org", name: randomUUID() } };
    const statement = aReceivedStatement({ actor: { ...group, name: "G", member: [anActor()] } });
    await client.store(statement);
    for (const agent of [group, { ...group, name: "other" }, { account: group.account }])
      expect(await client.ids({ agent: JSON.stringify(agent) })).toEqual([statement.id]);
  });

  it("§2.1.3 filters that nothing meets answer 200 and an empty list", async () => {
    const query = {
      agent: JSON.stringify(anActor()),
      verb: "https://x.org/v",
      activity: anActivity(),
      registration: randomUUID(),
    };
    expect(await client.page(query)).toEqual({ statements: [], more: "" });
  });
});
