import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  aReference,
  anActivity,
  anActor,
  referringTo,
  startXapi,
  type XapiClient,
  type XapiServer,
  type XapiStatement,
} from "../xapi-server.ts";

onBothEngines("StatementRefs (xAPI part 3 §2.1.3, Filter Conditions for StatementRefs)", (database) => {
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

  const idsOf = (statements: XapiStatement[]): string[] => statements.map(({ id }) => id).toSorted();
  const found = async (query: Record<string, string>): Promise<string[]> =>
    (await client.ids(query)).toSorted();

  /** a refers to b, b to c; and all that c is found by. */
  function aChain(): {
    chain: [XapiStatement, XapiStatement, XapiStatement];
    filters: Record<string, string>[];
  } {
    const [actor, instructor, member] = [anActor(), anActor(), anActor()];
    const [activity, parent] = [anActivity(), anActivity()];
    const verb = `https://example.org/verbs/${randomUUID()}`;
    const registration = randomUUID();
    const c = aReceivedStatement({
      actor,
      verb: { id: verb },
      object: { id: activity },
      context: {
        registration,
        instructor,
        team: { objectType: "Group", member: [member] },
        contextActivities: { parent: [{ id: parent }] },
      },
    });
    const b = aReference(c.id);
    const a = aReference(b.id);
    return {
      chain: [a, b, c],
      filters: [
        { agent: JSON.stringify(actor) },
        { verb },
        { activity },
        { registration },
        { agent: JSON.stringify(instructor), related_agents: "true" },
        { agent: JSON.stringify(member), related_agents: "true" },
        { activity: parent, related_activities: "true" },
        { agent: JSON.stringify(actor), verb, activity, registration },
        { agent: JSON.stringify(actor), activity, related_agents: "true", related_activities: "true" },
      ],
    };
  }

  async function expectFound(chain: XapiStatement[], filters: Record<string, string>[]): Promise<void> {
    for (const query of filters) {
      expect(await found(query), JSON.stringify(query)).toEqual(idsOf(chain));
      expect(await found({ ...query, limit: "1" })).toEqual(idsOf(chain));
    }
  }

  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;

  it.each(orders)("a to b to c is found by all of c, arriving one by one as %i, %i, %i", async (...order) => {
    const { chain, filters } = aChain();
    for (const place of order) await client.store(chain[place]);
    await expectFound(chain, filters);
  });

  it.each(orders)("a to b to c is found by all of c, in one batch as %i, %i, %i", async (...order) => {
    const { chain, filters } = aChain();
    await client.store(...order.map((place) => chain[place]));
    await expectFound(chain, filters);
  });

  it.each(orders)(
    "a to b to c is found by all of c, in a batch of two and one more as %i, %i, %i",
    async (...order) => {
      for (const cut of [1, 2]) {
        const { chain, filters } = aChain();
        const placed = order.map((place) => chain[place]);
        await client.store(...placed.slice(0, cut));
        await client.store(...placed.slice(cut));
        await expectFound(chain, filters.slice(-1));
      }
    },
  );

  it("chains of statements that all arrive at the same time are found by what they end in", async () => {
    const chains = Array.from({ length: 8 }, aChain);
    await Promise.all(chains.flatMap(({ chain }) => chain.map((one) => client.store(one))));
    for (const { chain, filters } of chains) await expectFound(chain, filters.slice(-1));
  });

  it("a chain of twenty is found by its end, whichever half arrives first", async () => {
    for (const later of ["end", "beginning", "odd"]) {
      const actor = anActor();
      const end = aReceivedStatement({ actor });
      const chain = [end];
      for (let i = 0; i < 20; i++) chain.unshift(aReference(chain[0]?.id ?? ""));
      const first = chain.filter((_, i) =>
        later === "odd" ? i % 2 === 0 : later === "end" ? i < 10 : i >= 10,
      );
      await client.store(...first);
      await client.store(...chain.filter((one) => !first.includes(one)).toReversed());
      expect(await found({ agent: JSON.stringify(actor) })).toEqual(idsOf(chain));
    }
  });

  it("300 statements that refer to one that arrives last are all found by it", async () => {
    const target = aReceivedStatement();
    const references = Array.from({ length: 300 }, () => aReference(target.id));
    await client.store(...references.slice(0, 150));
    await client.store(...references.slice(150));
    await client.store(target);
    const query = { agent: JSON.stringify(target["actor"]) };
    expect(await found({ ...query, limit: "7" })).toEqual(idsOf([...references, target]));
  });

  it("circles end", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const [actorOne, actorOther, alone] = [anActor(), anActor(), anActor()];
    const a = aReference(other, { id: one, actor: actorOne });
    const b = aReference(one, { id: other, actor: actorOther });
    await client.store(a);
    await client.store(b);
    expect(await found({ agent: JSON.stringify(actorOne) })).toEqual(idsOf([a, b]));
    expect(await found({ agent: JSON.stringify(actorOther) })).toEqual(idsOf([a, b]));
    const self = randomUUID();
    await client.store(aReference(self, { id: self, actor: alone }));
    expect(await found({ agent: JSON.stringify(alone) })).toEqual([self]);
    const ring = Array.from({ length: 5 }, () => randomUUID());
    const actors = ring.map(anActor);
    await client.store(...ring.map((id, i) => aReference(ring[(i + 1) % 5] ?? "", { id, actor: actors[i] })));
    for (const actor of actors)
      expect(await found({ agent: JSON.stringify(actor) })).toEqual(ring.toSorted());
  });

  it("all filters must be met by one and the same statement of the chain", async () => {
    const [ben, andrew] = [anActor(), anActor()];
    const activity = anActivity();
    const target = aReceivedStatement({ actor: ben, object: { id: activity } });
    const reference = aReference(target.id, { actor: andrew });
    await client.store(reference, target);
    expect(await found({ agent: JSON.stringify(ben), activity })).toEqual(idsOf([target, reference]));
    expect(await found({ agent: JSON.stringify(andrew) })).toEqual([reference.id]);
    expect(await found({ agent: JSON.stringify(andrew), activity })).toEqual([]);
  });

  it("since, until and limit apply to the statement that refers", async () => {
    const target = aReceivedStatement();
    const reference = aReference(target.id);
    await client.store(target);
    await client.store(reference);
    const agent = JSON.stringify(target["actor"]);
    const stored = async (id: string) => String((await client.statement(id))?.["stored"]);
    const [targetAt, referenceAt] = [await stored(target.id), await stored(reference.id)];
    expect(targetAt < referenceAt).toBe(true);
    expect(await client.ids({ agent, since: targetAt })).toEqual([reference.id]);
    expect(await client.ids({ agent, since: referenceAt })).toEqual([]);
    expect(await client.ids({ agent, until: targetAt })).toEqual([target.id]);
    expect(await client.ids({ agent, until: referenceAt, ascending: "true" })).toEqual([
      target.id,
      reference.id,
    ]);
    expect((await client.page({ agent, limit: "1" })).statements.map(({ id }) => id)).toEqual([reference.id]);
  });

  it("a statement of the context and the object of a SubStatement do not target", async () => {
    const target = aReceivedStatement();
    const sub = {
      objectType: "SubStatement",
      actor: anActor(),
      verb: { id: "http://adlnet.gov/expapi/verbs/experienced" },
      object: referringTo(target.id),
    };
    const inContext = aReceivedStatement({ context: { statement: referringTo(target.id) } });
    await client.store(inContext, aReceivedStatement({ object: sub }), target);
    const agent = JSON.stringify(target["actor"]);
    expect(await found({ agent })).toEqual([target.id]);
    expect(await found({ agent, related_agents: "true" })).toEqual([target.id]);
  });

  it("ids in another case refer all the same", async () => {
    const target = aReceivedStatement();
    const upper = aReference(target.id.toUpperCase());
    await client.store(upper, { ...target, id: target.id });
    expect(await found({ agent: JSON.stringify(target["actor"]) })).toEqual(idsOf([upper, target]));
  });

  it("asking for a statement by its id does not follow references", async () => {
    const target = aReceivedStatement();
    await client.store(aReference(target.id), target);
    expect((await client.statement(target.id))?.id).toBe(target.id);
  });

  it("a ring that closes in any order is found by each of its members", async () => {
    for (const order of orders) {
      const ids = [randomUUID(), randomUUID(), randomUUID()];
      const actors = ids.map(anActor);
      for (const place of order)
        await client.store(aReference(ids[(place + 1) % 3] ?? "", { id: ids[place], actor: actors[place] }));
      for (const actor of actors)
        expect(await found({ agent: JSON.stringify(actor) })).toEqual(ids.toSorted());
    }
  });

  it("a chain that would cost minutes is refused with 413, and shorter ones go on", async () => {
    const ids = Array.from({ length: 2000 }, () => randomUUID());
    const chain = ids.map((id, i) =>
      aReference(ids[i + 1] ?? randomUUID(), { id, actor: { mbox: "mailto:a@x.org" } }),
    );
    const reply = await client.post(chain);
    expect(reply.status).toBe(413);
    expect(reply.text).toContain("chains");
    expect(await client.statement(ids[0] ?? "")).toBeNull();
    await client.store(...chain.slice(-200));
  });
});
