import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { loader as listLoader } from "#app/routes/_app.register._index.tsx";
import { loader } from "#app/routes/_app.register.$slug.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { anOrganisation, aPerson, publishedRulebook } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-mila" });
  await aPerson(db, { id: "p-ravi", name: "Ravi Menon" });
  await publishedRulebook(db);
  return services(db, now);
}

onBothEngines("the register pages", (database) => {
  it("lists, searches and filters", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type List = Awaited<ReturnType<typeof listLoader>>;
      const list = async (search: string) =>
        (await open<List>(listLoader, context, `/register${search}`, { as: "p-mila" })).body;
      const everything = await list("");
      expect(everything.systems).toHaveLength(everything.all);
      expect((await list("?q=company+chatbot")).systems.map((s) => s.slug)).toEqual(["quillmate"]);
      const rejected = await list("?status=rejected");
      expect(new Set(rejected.systems.map((s) => s.status))).toEqual(new Set(["rejected"]));
      expect((await list("?risk=high_risk&status=pilot")).systems.map((s) => s.slug)).toContain("hirelens");
      expect((await list("?status=anything&risk=prohibited")).systems).toHaveLength(everything.all);
      expect((await list("?q=nothing-like-it")).systems).toEqual([]);
      const visitor = await open(listLoader, context, "/register?q=x");
      expect(visitor).toMatchObject({ status: 302, location: "/sign-in?to=%2Fregister%3Fq%3Dx" });
    });
  });

  it("says in words what an entry is approved for", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type Entry = Awaited<ReturnType<typeof loader>>;
      const entry = (slug: string) =>
        open<Entry>(loader, context, `/register/${slug}`, { as: "p-mila", params: { slug } });
      const { body } = await entry("quillmate");
      expect(body.approvals.find((a) => a.id === "quillmate-support")).toMatchObject({
        dataClasses: ["Public", "Internal", "Customer data", "Personal data"],
        groups: ["Customer support"],
        counts: true,
      });
      expect(body.approvals.find((a) => a.id === "quillmate-general")?.approver).toBe("Ravi Menon");
      expect(body.titles["acceptable-use-policy"]).toMatch(/^Acceptable use policy/);
      const visit = { as: "p-mila", params: { slug: "quillmate" }, language: "de" as const };
      const german = await open<Entry>(loader, context, "/register/quillmate", visit);
      expect(german.body.approvals.find((a) => a.id === "quillmate-support")).toMatchObject({
        dataClasses: ["Öffentliches", "Internes", "Kundendaten", "Personenbezogene Daten"],
        groups: ["Customer support"],
      });
      expect((await entry("scribewell")).body.approvals[0]?.counts).toBe(false);
      expect((await entry("nothing")).status).toBe(404);
    });
  });
});
