import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { modelUse } from "#db/schema/assistant.ts";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import type { Model } from "./answer.ts";
import { ModelFailed } from "./model-failure.ts";
import { limitedModel, reserve } from "./model-budget.server.ts";

const now = new Date("2026-11-24T23:59:00Z");
const tomorrow = new Date("2026-11-25T00:00:00Z");
const model: Model = {
  name: "test",
  extract: () => Promise.resolve({ effect: null }),
  phrase: async function* () {
    yield await Promise.resolve("No. ");
    yield "Ask first.";
  },
};
const call = { instructions: "12345", text: "67890", schema: {} };

onBothEngines("the model's budget", (database) => {
  const world = (body: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await aPerson(tx, { id: "p-mila" });
      await aPerson(tx, { id: "p-dana" });
      await body(tx);
    });
  const used = async (tx: Db, personId = "p-mila") => {
    const rows = await tx.select().from(modelUse).where(eq(modelUse.personId, personId));
    return rows.map(({ day, calls, characters }) => [day, calls, characters]);
  };

  it(
    "ends with the calls of the day, for each person and each day alone",
    world(async (tx) => {
      const limits = { calls: 2, characters: 1000 };
      const tries = [];
      for (let i = 0; i < 3; i++) tries.push(await reserve(tx, "p-mila", 10, limits, now));
      expect(tries).toEqual([true, true, false]);
      expect(await reserve(tx, "p-dana", 10, limits, now)).toBe(true);
      expect(await reserve(tx, "p-mila", 10, limits, tomorrow)).toBe(true);
      expect((await used(tx)).toSorted()).toEqual([
        ["2026-11-24", 2, 20],
        ["2026-11-25", 1, 10],
      ]);
    }),
  );

  it(
    "ends with the characters of the day, and takes nothing for what it refuses",
    world(async (tx) => {
      const limits = { calls: 10, characters: 100 };
      expect(await reserve(tx, "p-mila", 101, limits, now)).toBe(false);
      expect(await used(tx)).toEqual([]);
      expect(await reserve(tx, "p-mila", 60, limits, now)).toBe(true);
      expect(await reserve(tx, "p-mila", 41, limits, now)).toBe(false);
      expect(await reserve(tx, "p-mila", 40, limits, now)).toBe(true);
      expect(await reserve(tx, "p-mila", 0, { ...limits, calls: 0 }, tomorrow)).toBe(false);
      expect(await used(tx)).toEqual([["2026-11-24", 2, 100]]);
    }),
  );

  it(
    "counts what is sent and what comes back, and then refuses with its reason",
    world(async (tx) => {
      const limited = limitedModel(tx, "p-mila", model, { calls: 2, characters: 1000 }, now);
      if (!limited) throw new Error("no model");
      expect(await limited.extract(call)).toEqual({ effect: null });
      expect(await used(tx)).toEqual([["2026-11-24", 1, 12 + '{"effect":null}'.length]]);
      const said = [];
      for await (const piece of limited.phrase(call, new AbortController().signal)) said.push(piece);
      expect(said).toEqual(["No. ", "Ask first."]);
      expect(await used(tx)).toEqual([["2026-11-24", 2, 27 + 10 + 14]]);
      await expect(limited.extract(call)).rejects.toMatchObject({ failure: "over_limit" });
      expect(limitedModel(tx, "p-mila", null, { calls: 2, characters: 1000 }, now)).toBeNull();
    }),
  );

  it(
    "gives back what was taken for a call that was not made",
    world(async (tx) => {
      const resting: Model = {
        name: "test",
        extract: () => Promise.reject(new ModelFailed("resting")),
        phrase: async function* () {
          await Promise.reject(new ModelFailed("resting"));
          yield "";
        },
      };
      const limited = limitedModel(tx, "p-mila", resting, { calls: 2, characters: 1000 }, now);
      await expect(limited?.extract(call)).rejects.toMatchObject({ failure: "resting" });
      const pieces = limited?.phrase(call, new AbortController().signal)[Symbol.asyncIterator]();
      await expect(pieces?.next()).rejects.toMatchObject({ failure: "resting" });
      expect(await used(tx)).toEqual([["2026-11-24", 0, 0]]);
    }),
  );

  it("lets calls at the same moment have no more than there is", async () => {
    const { db } = database;
    await anOrganisation(db);
    await aPerson(db, { id: "p-busy" });
    const limits = { calls: 5, characters: 1000 };
    const tries = await Promise.all(Array.from({ length: 20 }, () => reserve(db, "p-busy", 1, limits, now)));
    expect(tries.filter(Boolean)).toHaveLength(5);
    expect(await used(db, "p-busy")).toEqual([["2026-11-24", 5, 5]]);
  });
});
