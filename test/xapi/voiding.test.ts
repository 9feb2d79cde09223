import { afterAll, beforeAll, expect, it } from "vitest";
import { randomUUID } from "node:crypto";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  aReference,
  aVoiding,
  anActivity,
  anActor,
  referringTo,
  startXapi,
  voided,
  type XapiClient,
  type XapiServer,
} from "../xapi-server.ts";

onBothEngines("voiding (xAPI part 2 §2.3.2, part 3 §2.1.4)", (database) => {
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

  async function expectVoided(id: string): Promise<void> {
    expect(await client.statement(id)).toBeNull();
    expect((await client.statement(id, "voidedStatementId"))?.id).toBe(id);
  }

  it.each(["target first", "voiding first", "one batch", "one batch, voiding first"])(
    "§2.3.2 voids whatever the order of arrival: %s",
    async (order) => {
      const target = aReceivedStatement();
      const voiding = aVoiding(target.id);
      if (order === "target first") {
        await client.store(target);
        await client.store(voiding);
      } else if (order === "voiding first") {
        await client.store(voiding);
        await client.store(target);
      } else if (order === "one batch") await client.store(target, voiding);
      else await client.store(voiding, target);
      await expectVoided(target.id);
      expect((await client.statement(voiding.id))?.id).toBe(voiding.id);
      expect(await client.statement(voiding.id, "voidedStatementId")).toBeNull();
    },
  );

  it("§2.3.2 takes the id of the target in any case", async () => {
    const target = aReceivedStatement();
    await client.store(aVoiding(target.id.toUpperCase()), target);
    await expectVoided(target.id);
    await expectVoided(target.id.toUpperCase().toLowerCase());
    expect((await client.statement(target.id.toUpperCase(), "voidedStatementId"))?.id).toBe(target.id);
  });

  it.each(["after", "before"])(
    "§2.3.2 a voiding statement cannot be voided, by one that arrives %s it, and goes on voiding",
    async (when) => {
      const target = aReceivedStatement();
      const voiding = aVoiding(target.id);
      const voidingOfVoiding = aVoiding(voiding.id);
      if (when === "before") await client.store(voidingOfVoiding);
      await client.store(target);
      await client.store(voiding);
      if (when === "after") await client.store(voidingOfVoiding);
      await expectVoided(target.id);
      expect((await client.statement(voiding.id))?.id).toBe(voiding.id);
      expect(await client.statement(voiding.id, "voidedStatementId")).toBeNull();
      expect((await client.statement(voidingOfVoiding.id))?.id).toBe(voidingOfVoiding.id);
    },
  );

  it("§2.3.2 a statement that voids itself stands", async () => {
    const id = randomUUID();
    await client.store(aVoiding(id, { id }));
    expect((await client.statement(id))?.id).toBe(id);
    expect(await client.statement(id, "voidedStatementId")).toBeNull();
  });

  it("§2.3.2 takes a voiding of a statement that is not there, twice, and of one that is voided already", async () => {
    const target = aReceivedStatement();
    await client.store(aVoiding(target.id), aVoiding(target.id));
    await client.store(target);
    await client.store(aVoiding(target.id));
    await expectVoided(target.id);
  });

  it("§2.3.2 a SubStatement with the verb voids nothing", async () => {
    const target = aReceivedStatement();
    const sub = {
      objectType: "SubStatement",
      actor: anActor(),
      verb: { id: voided },
      object: referringTo(target.id),
    };
    await client.store(target, aReceivedStatement({ object: sub }));
    expect((await client.statement(target.id))?.id).toBe(target.id);
  });

  it("§2.3.2 refuses a voiding of anything but a StatementRef", async () => {
    const reply = await client.post(aReceivedStatement({ verb: { id: voided } }));
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("StatementRef");
  });

  it("§2.1.4 a voided statement is in no result, and what refers to it is, through its agent, activity and registration", async () => {
    const [actor, instructor] = [anActor(), anActor()];
    const [activity, parent] = [anActivity(), anActivity()];
    const registration = randomUUID();
    const target = aReceivedStatement({
      actor,
      object: { id: activity },
      context: { registration, instructor, contextActivities: { parent: [{ id: parent }] } },
    });
    const reference = aReference(target.id);
    const further = aReference(reference.id);
    const voiding = aVoiding(target.id);
    const other = aReceivedStatement({
      actor,
      object: { id: activity },
      context: { registration, instructor },
    });
    await client.store(further);
    await client.store(voiding);
    await client.store(target);
    await client.store(reference);
    await client.store(other);
    const referring = [further.id, voiding.id, reference.id];
    const found = async (query: Record<string, string>) => (await client.ids(query)).toSorted();
    const withOther = [...referring, other.id].toSorted();
    expect(await found({ agent: JSON.stringify(actor) })).toEqual(withOther);
    expect(await found({ activity })).toEqual(withOther);
    expect(await found({ registration })).toEqual(withOther);
    expect(await found({ agent: JSON.stringify(instructor), related_agents: "true" })).toEqual(withOther);
    expect(await found({ activity: parent, related_activities: "true" })).toEqual(referring.toSorted());
    expect(await found({ agent: JSON.stringify(actor), activity, registration, limit: "1" })).toEqual(
      withOther,
    );
    expect(await client.ids({ since: "2020-01-01T00:00:00Z" })).not.toContain(target.id);
    expect(await client.ids({ ascending: "true", limit: "3" })).not.toContain(target.id);
    for (const format of ["ids", "canonical"]) expect(await client.ids({ format })).not.toContain(target.id);
  });

  it("§2.1.3 limits count what stands, not what was voided", async () => {
    const activity = anActivity();
    const statements = Array.from({ length: 30 }, () => aReceivedStatement({ object: { id: activity } }));
    await client.store(...statements);
    const gone = statements.filter((_, i) => i % 3 !== 0);
    await client.store(
      ...gone.map(({ id }) => aVoiding(id, { actor: { mbox: "mailto:admin@example.org" } })),
    );
    const voidings = gone.length;
    const { statements: page } = await client.page({ activity, limit: String(voidings + 4) });
    expect(page).toHaveLength(voidings + 4);
    const all = await client.ids({ activity, limit: "1" });
    expect(all).toHaveLength(voidings + 10);
    expect(new Set(all).size).toBe(all.length);
  });

  it("§2.1.4 voidedStatementId of a statement that stands, or is unknown, is 404", async () => {
    const target = aReceivedStatement();
    await client.store(target);
    for (const id of [target.id, randomUUID()]) {
      const reply = await client.get("/statements", { voidedStatementId: id });
      expect(reply.status).toBe(404);
      expect(reply.json).toMatchObject({ message: expect.stringContaining("voided") });
    }
  });

  it("§2.3.2 a client that may only write voids its own statements and is refused others with 403", async () => {
    const [one, other] = [await server.client("statements/write"), await server.client("statements/write")];
    const target = aReceivedStatement();
    await one.store(target);
    expect((await other.post(aVoiding(target.id))).status).toBe(403);
    expect((await client.statement(target.id))?.id).toBe(target.id);
    await one.store(aVoiding(target.id));
    await expectVoided(target.id);
  });

  it("§2.3.2 a client that may only write cannot void in advance what another will store", async () => {
    const [one, other] = [await server.client("statements/write"), await server.client("statements/write")];
    const target = aReceivedStatement();
    await other.post(aVoiding(target.id));
    await one.store(target);
    expect((await client.statement(target.id))?.id).toBe(target.id);
  });
});
