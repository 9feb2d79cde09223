import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordStatements, statementContext } from "#app/domain/evidence/statement.server.ts";
import { onBothEngines } from "../database.ts";
import { aPerson, aStatement } from "../factories.ts";
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
  type XapiStatement,
} from "../xapi-server.ts";

onBothEngines("concurrency (xAPI part 3 §2.1, §3.1)", (database) => {
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

  const count = (statuses: number[]): Record<number, number> =>
    Object.fromEntries([...new Set(statuses)].map((one) => [one, statuses.filter((s) => s === one).length]));

  it("§2.1.2 32 batches at once that share activities and actors are all stored", async () => {
    const activities = times(6, anActivity);
    const actors = times(6, anActor);
    const parent = anActivity();
    const shuffled = <T>(list: T[], by: number): T[] => [
      ...list.slice(by % list.length),
      ...list.slice(0, by % list.length),
    ];
    const batches = times(32, (n) =>
      shuffled(activities, n).map((id, i) =>
        aReceivedStatement({
          actor: shuffled(actors, n)[i],
          object: {
            id,
            definition: { name: { en: `Name ${n}` }, extensions: { [`https://x.org/${n}`]: n } },
          },
          context: {
            contextActivities: { parent: [{ id: parent, definition: { name: { [`x-${n}`]: "n" } } }] },
          },
        }),
      ),
    );
    const replies = await Promise.all(batches.map((batch) => client.post(batch)));
    expect(count(replies.map(({ status }) => status))).toEqual({ 200: 32 });
    expect(await client.ids({ activity: parent, related_activities: "true" })).toHaveLength(192);
    const merged = (await client.get("/activities", { activityId: activities[0] ?? "" })).json as {
      definition: { extensions: object };
    };
    expect(Object.keys(merged.definition.extensions)).toHaveLength(32);
  });

  it("§2.1.2 20 identical POSTs at once are one success and no-ops", async () => {
    const statement = aReceivedStatement();
    const replies = await Promise.all(times(20, () => client.post(statement)));
    expect(count(replies.map(({ status }) => status))).toEqual({ 200: 20 });
    for (const reply of replies) expect(reply.json).toEqual([statement.id]);
    expect(await client.ids({ agent: JSON.stringify(statement["actor"]) })).toEqual([statement.id]);
  });

  it("§2.1.2 20 POSTs of one id with different content at once have one winner", async () => {
    const id = randomUUID();
    const others = times(20, () => aReceivedStatement());
    const replies = await Promise.all(
      times(20, (n) =>
        client.post([{ ...others[n], id }, aReceivedStatement({ actor: { mbox: `mailto:${id}@x.org` } })]),
      ),
    );
    expect(count(replies.map(({ status }) => status))).toEqual({ 200: 1, 409: 19 });
    const winner = replies.findIndex(({ status }) => status === 200);
    expect((await client.statement(id))?.["object"]).toMatchObject(others[winner]?.["object"] as object);
    expect(await client.ids({ agent: JSON.stringify({ mbox: `mailto:${id}@x.org` }) })).toHaveLength(1);
  });

  it("§2.1.1 PUTs of one id at once: equal ones 204, different ones one 204 and 409", async () => {
    const put = (statement: XapiStatement) =>
      client.send("PUT", "/statements", { query: { statementId: statement.id }, body: statement });
    const same = aReceivedStatement();
    const equal = await Promise.all(times(10, () => put(same)));
    expect(count(equal.map(({ status }) => status))).toEqual({ 204: 10 });
    const id = randomUUID();
    const different = await Promise.all(times(10, () => put(aReceivedStatement({ id }))));
    expect(count(different.map(({ status }) => status))).toEqual({ 204: 1, 409: 9 });
  });

  it("§2.3.2 statements, what voids and what refers to them, all at once", async () => {
    const targets = times(10, () => aReceivedStatement());
    const references = targets.map(({ id }) => aReference(id));
    const voidings = targets.map(({ id }) => aVoiding(id));
    await Promise.all([...voidings, ...targets, ...references].map((one) => client.store(one)));
    for (const [i, target] of targets.entries()) {
      expect(await client.statement(target.id)).toBeNull();
      const found = await client.ids({ agent: JSON.stringify(target["actor"]) });
      expect(found.toSorted()).toEqual([references[i]?.id, voidings[i]?.id].toSorted());
    }
  });

  const documents = [
    [
      "/activities/state",
      () => ({ activityId: anActivity(), agent: JSON.stringify(anActor()), stateId: "s" }),
    ],
    ["/activities/profile", () => ({ activityId: anActivity(), profileId: "p" })],
    ["/agents/profile", () => ({ agent: JSON.stringify(anActor()), profileId: "p" })],
  ] as const;

  it.each(documents)("§3.1 If-Match on %s has one winner", async (path, at) => {
    const query = at();
    const created = await client.send("PUT", path, {
      query,
      headers: { "if-none-match": "*" },
      body: { n: -1 },
    });
    expect(created.status).toBe(204);
    for (let round = 0; round < 3; round++) {
      const etag = (await client.get(path, query)).headers.etag ?? "";
      const replies = await Promise.all(
        times(16, (n) =>
          client.send(n % 2 ? "PUT" : "POST", path, {
            query,
            headers: { "if-match": etag },
            body: { n, round },
          }),
        ),
      );
      expect(count(replies.map(({ status }) => status))).toEqual({ 204: 1, 412: 15 });
      const winner = replies.findIndex(({ status }) => status === 204);
      expect((await client.get(path, query)).json).toMatchObject({ n: winner, round });
    }
  });

  it.each(documents)("§3.1 If-None-Match on %s has one winner", async (path, at) => {
    const query = at();
    const replies = await Promise.all(
      times(16, (n) => client.send("PUT", path, { query, headers: { "if-none-match": "*" }, body: { n } })),
    );
    expect(count(replies.map(({ status }) => status))).toEqual({ 204: 1, 412: 15 });
  });

  it.each(documents)("§2.2 merges into %s at once lose nothing, from the first one on", async (path, at) => {
    const query = at();
    const replies = await Promise.all(
      times(24, (n) => client.send("POST", path, { query, body: { [`k${n}`]: n } })),
    );
    expect(count(replies.map(({ status }) => status))).toEqual({ 204: 24 });
    expect((await client.get(path, query)).json).toEqual(Object.fromEntries(times(24, (n) => [`k${n}`, n])));
  });

  it("§2.2 writing, merging and deleting one document at once is never a fault", async () => {
    const query = { activityId: anActivity(), agent: JSON.stringify(anActor()), stateId: "s" };
    const replies = await Promise.all(
      times(60, (n) =>
        client.send(["PUT", "POST", "DELETE", "GET"][n % 4] ?? "", "/activities/state", {
          query: n % 12 === 2 ? { activityId: query.activityId, agent: query.agent } : query,
          ...(n % 4 < 2 ? { body: { [`k${n}`]: n } } : {}),
        }),
      ),
    );
    for (const { status, text } of replies) expect([200, 204, 404], text).toContain(status);
  });

  it("§2.1 what the product records goes in beside what clients send, statements and documents, and the order holds", async () => {
    const { db } = database;
    const person = await aPerson(db);
    const who = await statementContext(db, person.id);
    const shared = anActivity();
    const ours = times(20, () => aStatement(who));
    const theirs = times(40, () =>
      aReceivedStatement({ object: { id: shared, definition: { name: { en: "x" } } } }),
    );
    const agent = JSON.stringify(anActor());
    await Promise.all([
      ...ours.map((one) => db.transaction((tx) => recordStatements(tx, [one], new Date()))),
      ...theirs.map((one) => client.store(one)),
      ...times(20, (n) =>
        client.send("POST", "/activities/state", {
          query: { activityId: shared, agent, stateId: "s" },
          body: { [n]: n },
        }),
      ),
    ]);
    expect(await client.ids({ activity: shared })).toHaveLength(40);
    for (const { id } of ours) expect((await client.statement(id))?.id).toBe(id);
    const stored = (await client.page({ ascending: "true" })).statements.map((s) => String(s["stored"]));
    expect(stored).toEqual(stored.toSorted());
  });

  it("§2.1.3 whoever polls since the last stored statement misses none and sees none twice, while 16 write", async () => {
    const activity = anActivity();
    const written: string[] = [];
    const state = { busy: true };
    const writers = Promise.all(
      times(16, async (n) => {
        for (let i = 0; i < 6; i++) {
          const batch = times((n % 3) + 1, () => aReceivedStatement({ object: { id: activity } }));
          await client.store(...batch);
          written.push(...batch.map(({ id }) => id));
        }
      }),
    ).finally(() => (state.busy = false));
    const seen: string[] = [];
    const claims: { through: string; known: Set<string> }[] = [];
    let since = "2020-01-01T00:00:00Z";
    const storedAt = new Map<string, string>();
    const poll = async (): Promise<void> => {
      const reply = await client.get("/statements", { activity, since, ascending: "true", limit: "5" });
      let result = reply.json as { statements: XapiStatement[]; more: string };
      const firstThrough = String(reply.headers["x-experience-api-consistent-through"]);
      for (;;) {
        for (const statement of result.statements) {
          seen.push(statement.id);
          since = String(statement["stored"]);
          storedAt.set(statement.id, since);
        }
        if (result.more === "") break;
        result = await client.more(result.more);
      }
      claims.push({ through: firstThrough, known: new Set(seen) });
    };
    while (state.busy) await poll();
    await writers;
    await poll();
    expect(seen).toHaveLength(written.length);
    expect(seen.toSorted()).toEqual(written.toSorted());
    expect(claims.length).toBeGreaterThan(1);
    for (const { through, known } of claims)
      for (const [id, stored] of storedAt)
        if (stored < through) expect(known.has(id), `${stored} < ${through}`).toBe(true);
  });

  it("§2.1.3 a stored time is never behind what was claimed as consistent before", async () => {
    const claims: [string, string][] = [];
    await Promise.all(
      times(8, async () => {
        for (let i = 0; i < 8; i++) {
          const claimed = (await client.get("/statements", { limit: "1" })).headers[
            "x-experience-api-consistent-through"
          ];
          const statement = aReceivedStatement();
          await client.store(statement);
          claims.push([String(claimed), String((await client.statement(statement.id))?.["stored"])]);
        }
      }),
    );
    for (const [claimed, stored] of claims) expect(stored >= claimed, `${stored} ${claimed}`).toBe(true);
  });
});
