import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { action as edit } from "#app/routes/_app.effectiveness.$evaluationId_.edit.tsx";
import { action as act, loader as see } from "#app/routes/_app.effectiveness.$evaluationId/route.tsx";
import { loader as list } from "#app/routes/_app.effectiveness._index.tsx";
import { action as create, loader as blank } from "#app/routes/_app.effectiveness.new.tsx";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-05-20T10:00:00Z");
const given = {
  title: "Awareness works",
  requirement: aRequirement.slug,
  measure: "gain",
  threshold: "10",
  confirm: "estimate",
  minimumN: "10",
  startsOn: "2026-06-01",
  decisionOn: "2026-07-01",
  evaluatorId: "p-ravi",
};
type Listed = Awaited<ReturnType<typeof list>>;
type Seen = Awaited<ReturnType<typeof see>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-mila" });
  await aPerson(db, { id: "p-ines", roles: ["employee", "hr"] });
  await aPerson(db, { id: "p-ravi", roles: ["employee", "reviewer"] });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"] });
  await aCourse(db, now);
  const context = services(db, now);
  const at = (evaluationId: string) => ({ params: { evaluationId } });
  return {
    context,
    list: (as: string) => open<Listed>(list, context, "/effectiveness", { as }),
    create: (as: string, fields: Record<string, string | string[]> = {}) =>
      send(create, context, "/effectiveness/new", { ...given, ...fields }, { as }),
    see: (as: string, id: string) => open<Seen>(see, context, `/effectiveness/${id}`, { as, ...at(id) }),
    act: (as: string, id: string, fields: Record<string, string>) =>
      send(act, context, `/effectiveness/${id}`, fields, { as, ...at(id) }),
    edit: (as: string, id: string, fields: Record<string, string>) =>
      send(edit, context, `/effectiveness/${id}/edit`, { ...given, ...fields }, { as, ...at(id) }),
  };
}

onBothEngines("the effectiveness pages", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("keep a draft, fix it, and change it with a reason alone", () =>
    world(async (w) => {
      const made = await w.create("p-ines", { intent: "draft", audiences: ["all-staff"] });
      const id = /^\/effectiveness\/(.+)$/.exec(made.location ?? "")?.[1] ?? "";
      expect((await w.see("p-ines", id)).body).toMatchObject({
        state: "draft",
        criterion: { threshold: 10, audiences: ["all-staff"], departments: [] },
        mayWrite: true,
      });
      expect((await w.act("p-ines", id, { intent: "lock" })).location).toBe(`/effectiveness/${id}`);
      expect((await w.act("p-ines", id, { intent: "lock" })).status).toBe(409);
      expect((await w.list("p-august")).body.all).toMatchObject([{ id, state: "planned", late: false }]);
      const quiet = await w.edit("p-ines", id, { threshold: "5" });
      expect([quiet.status, quiet.form.errors["reason"]]).toEqual([422, expect.stringContaining("reason")]);
      expect((await w.edit("p-ines", id, { threshold: "5", reason: "Too strict." })).location).toBe(
        `/effectiveness/${id}`,
      );
      const verdict = { verdict: "effective", reasoning: "Because I can already tell so." };
      const early = await w.act("p-ravi", id, verdict);
      expect([early.status, early.form.message]).toEqual([422, expect.stringContaining("no result yet")]);
    }));

  it("name the field that is wrong and keep what was written", () =>
    world(async (w) => {
      const wrong = await w.create("p-ines", { threshold: "much", startsOn: "2026-05-01", intent: "lock" });
      expect(wrong.status).toBe(422);
      expect(wrong.form.errors).toMatchObject({ threshold: "Enter a number." });
      expect(wrong.form.values).toMatchObject({ title: given.title });
      const late = await w.create("p-ines", { startsOn: "2026-05-01", intent: "lock" });
      expect(late.form.errors["startsOn"]).toContain("has passed");
      expect((await w.list("p-ines")).body.all).toEqual([]);
    }));

  it("are closed to whom they do not concern", () =>
    world(async (w) => {
      expect((await w.list("p-mila")).status).toBe(403);
      expect((await open(blank, w.context, "/effectiveness/new", { as: "p-august" })).status).toBe(403);
      expect((await w.create("p-ravi")).status).toBe(403);
      expect((await w.see("p-ines", "00000000-0000-4000-8000-000000000000")).status).toBe(404);
    }));
});
