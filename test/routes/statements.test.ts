import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { answered } from "#app/domain/evidence/module-statement.ts";
import { recordStatements, statementContext } from "#app/domain/evidence/statement.server.ts";
import { loader as listLoader } from "#app/routes/_app.admin.statements/route.tsx";
import { loader as pageLoader } from "#app/routes/_app.admin.statements_.$id.tsx";
import { itemsOfEveryType } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { anOrganisation, aPerson, aStatement } from "#test/factories.ts";

const now = new Date("2026-12-01T10:00:00Z");
const readers = ["p-dana", "p-august", "p-sofia"];

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", name: "Mila Óg", roles: ["employee", "manager", "reviewer", "author"] });
  await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"] });
  await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-sofia", roles: ["employee", "admin"] });
  return services(tx, now, { baseUrl: "https://learn.example" });
}

type List = Awaited<ReturnType<typeof listLoader>>;
type Page = Awaited<ReturnType<typeof pageLoader>>;

onBothEngines("the statement viewer", (database) => {
  it("keeps its filters in the address, from page to page", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const who = await statementContext(tx, "p-mila");
      const scope = randomUUID();
      const registration = randomUUID();
      const made = Array.from({ length: 51 }, (_, position) =>
        aStatement(who, { scope, position, registration }),
      );
      await recordStatements(tx, made, now);
      const search = `person=mila&verb=asked&from=own&registration=${registration}&since=2026-01-01&id=&activity=`;
      const list = async (query: string) =>
        (await open<List>(listLoader, context, `/admin/statements?${query}`, { as: "p-august" })).body;
      const first = await list(search);
      expect(first.entries).toHaveLength(50);
      expect(first.filter).toMatchObject({ person: "mila", verb: "asked", from: "own", id: null });
      const second = await list(`${first.query}&before=${first.next}`);
      expect(second).toMatchObject({ filter: first.filter, query: first.query, next: null });
      expect(second.entries.map((e) => e.id)).toEqual([made[0]?.id]);
    }));

  it("has an address for each statement", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const statement = aStatement(await statementContext(tx, "p-mila"));
      await recordStatements(tx, [statement], now);
      const see = (id: string, as: string | null) =>
        open<Page>(pageLoader, context, `/admin/statements/${id}`, { as, params: { id } });
      for (const as of readers)
        expect(await see(statement.id.toUpperCase(), as)).toMatchObject({
          status: 200,
          body: {
            statement: { id: statement.id, line: "Mila Óg asked May I use it?", voidedBy: null },
            address: `https://learn.example/xapi/statements?statementId=${statement.id}`,
          },
        });
      expect((await see(statement.id, "p-mila")).status).toBe(403);
      expect((await see(randomUUID(), "p-mila")).status).toBe(403);
      expect((await see(statement.id, null)).status).toBe(302);
      expect((await see(randomUUID(), "p-august")).status).toBe(404);
      expect((await see("nonsense", "p-august")).status).toBe(404);
    }));

  it("hides answer keys from all but administrators, and says so", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const who = await statementContext(tx, "p-mila");
      const [item] = itemsOfEveryType("one");
      if (!item) throw new Error("no item");
      const module = { slug: "m", title: "AI awareness", version: "1.0.0", language: "en" };
      const id = randomUUID();
      const sitting = { module, registration: randomUUID(), sessionId: randomUUID() };
      await recordStatements(
        tx,
        [answered(who, sitting, { id, at: now, item, response: ["a"], score: 1 })],
        now,
      );
      for (const as of readers) {
        const list = await open<List>(listLoader, context, "/admin/statements", { as });
        const page = await open<Page>(pageLoader, context, `/admin/statements/${id}`, { as, params: { id } });
        const mayReadKeys = as === "p-sofia";
        expect([list.body.mayReadKeys, page.body.mayReadKeys]).toEqual([mayReadKeys, mayReadKeys]);
        for (const json of [list.body.entries[0]?.parts?.json, page.body.statement.parts?.json])
          expect(json?.includes('"correctResponsesPattern": "hidden"')).toBe(!mayReadKeys);
        expect(JSON.stringify([list, page]).includes('\\"response\\": \\"a\\"')).toBe(mayReadKeys);
      }
    }));
});
