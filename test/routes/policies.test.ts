import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { loader as listLoader } from "#app/routes/_app.policies._index.tsx";
import { loader } from "#app/routes/_app.policies.$slug.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { anOrganisation, aPerson, publishedRulebook } from "#test/factories.ts";

type List = Awaited<ReturnType<typeof listLoader>>;
type Page = Awaited<ReturnType<typeof loader>>;

async function aWorld(db: Db, now = new Date("2026-11-23T10:00:00Z")) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-mila" });
  await aPerson(db, { id: "p-ravi", name: "Ravi Menon" });
  await publishedRulebook(db);
  const context = services(db, now);
  return {
    context,
    list: () => open<List>(listLoader, context, "/policies", { as: "p-mila" }),
    read: (slug: string, search = "") =>
      open<Page>(loader, context, `/policies/${slug}${search}`, { as: "p-mila", params: { slug } }),
  };
}

onBothEngines("the policy pages", (database) => {
  it("list each policy once, with the version in force", async () => {
    await database.rolledBack(async (tx) => {
      const { list, context } = await aWorld(tx);
      const { policies } = (await list()).body;
      const use = policies.filter((p) => p.shown.slug === "acceptable-use-policy");
      expect(use).toMatchObject([
        { shown: { version: "2.0", standing: "in_force" }, next: null, versions: 2 },
      ]);
      expect(await open(listLoader, context, "/policies")).toMatchObject({ status: 302 });
    });
  });

  it("show the version in force by default, clause by clause", async () => {
    await database.rolledBack(async (tx) => {
      const { read } = await aWorld(tx);
      const { body } = await read("acceptable-use-policy");
      expect(body.policy).toMatchObject({ version: "2.0", standing: "in_force" });
      const clauses = body.sections.flatMap((s) => s.clauses);
      expect(clauses.find((c) => c.number === "3.3")).toMatchObject({ heading: "Customer data" });
      expect(clauses[0]?.html).toMatch(/^<p>/);
      expect(body.sections.map((s) => s.number)).toEqual(["1", "2", "3", "4", "5"]);
      expect(body.sections.every((s) => s.title !== "")).toBe(true);
      expect(body.versions.map((v) => [v.version, v.standing])).toEqual([
        ["2.0", "in_force"],
        ["1.0", "superseded"],
      ]);
    });
  });

  it("show another version on request, and say how it stands", async () => {
    await database.rolledBack(async (tx) => {
      const { read } = await aWorld(tx);
      const old = await read("acceptable-use-policy", "?version=1.0");
      expect(old.body.policy).toMatchObject({ version: "1.0", standing: "superseded" });
      expect((await read("acceptable-use-policy", "?version=9.9")).status).toBe(404);
      expect((await read("no-such-policy")).status).toBe(404);
    });
    await database.rolledBack(async (tx) => {
      const { read, list } = await aWorld(tx, new Date("2026-02-01T10:00:00Z"));
      expect((await read("acceptable-use-policy")).body.policy.version).toBe("1.0");
      expect((await read("escalation-procedure")).body.policy.standing).toBe("upcoming");
      const { policies } = (await list()).body;
      expect(policies.find((p) => p.shown.slug === "acceptable-use-policy")?.next?.version).toBe("2.0");
    });
  });
});
