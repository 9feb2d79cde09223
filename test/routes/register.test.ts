import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { loader as listLoader } from "#app/routes/_app.register._index.tsx";
import { loader } from "#app/routes/_app.register.$slug.tsx";
import {
  action as addPeople,
  loader as people,
  type PeopleState,
} from "#app/routes/_app.register.$slug_.people/route.tsx";
import type { SystemPeople } from "#app/domain/competence/system-people.server.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
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

  it("say to HR and auditors who uses a system, and let HR alone add people", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await aPerson(tx, { id: "p-ines", roles: ["employee", "hr"] });
      await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] });
      const to = { params: { slug: "hirelens" } };
      const path = "/register/hirelens/people";
      const sent = { role: "uses", emails: "nobody@aldermoor.example", department: "", lastDay: "" };
      for (const as of ["p-mila", "p-august"]) {
        expect((await open(people, context, path, { as, ...to })).status).toBe(as === "p-mila" ? 403 : 200);
        expect((await send(addPeople, context, path, sent, { as, ...to })).status).toBe(403);
        const entry = await open<{ people: object | null }>(loader, context, "/register/hirelens", {
          as,
          ...to,
        });
        expect(entry.body.people === null).toBe(as === "p-mila");
      }
      const hr = { as: "p-ines", ...to };
      const unknown = await send(addPeople, context, path, sent, hr);
      expect(unknown).toMatchObject({
        status: 422,
        form: {
          errors: { emails: "Nobody here has one of these addresses." },
          values: { emails: sent.emails },
        },
      });
      const department = (await aPerson(tx, { id: "p-bo", department: "Recruiting" })).department;
      const added = await send<PeopleState>(
        addPeople,
        context,
        path,
        { ...sent, emails: "", department },
        hr,
      );
      expect(added).toMatchObject({ status: 200, body: { added: { added: 1, unknown: [] } } });
      const view = (await open<{ view: SystemPeople }>(people, context, path, hr)).body.view;
      expect(view.people).toMatchObject([{ personId: "p-bo", role: "uses" }]);
      const end = { intent: "end", personId: "p-bo", id: view.people[0]?.id ?? "" };
      expect(await send(addPeople, context, path, end, hr)).toMatchObject({ location: `${path}?ended=1` });
      expect((await send(addPeople, context, path, end, hr)).status).toBe(409);
    });
  });
});
