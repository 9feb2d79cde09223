import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { correctiveAction } from "#db/schema/actions.ts";
import { action as step, loader as page } from "#app/routes/_app.actions.$actionId/route.tsx";
import { loader as list } from "#app/routes/_app.actions._index.tsx";
import { action as create, loader as newPage } from "#app/routes/_app.actions.new/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T09:00:00Z");
const gap = {
  scope: "person",
  person: "p-ann@aldermoor.example",
  group: "",
  requirement: "",
  source: "retention",
  sourceRef: "R-7",
  nonconformity: "Two of five questions on masking data were wrong after four months.",
  owner: "p-boss@aldermoor.example",
  dueOn: "2026-12-15",
};
const steps = {
  planned: {
    step: "planned",
    cause: "The training came before the new tool.",
    note: "Half a day with the new tool.",
    owner: "p-boss@aldermoor.example",
    dueOn: "2026-12-20",
  },
  done: { step: "done", note: "Held on Tuesday, both attended." },
  verified: {
    step: "verified",
    verdict: "effective",
    method: "Retention check taken again.",
    before: "60 %",
    after: "100 %",
    note: "",
  },
  closed: { step: "closed", note: "" },
};

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-boss", roles: ["employee", "manager"] });
  await aPerson(db, { id: "p-ann", managerId: "p-boss" });
  await aPerson(db, { id: "p-hr", roles: ["employee", "hr"] });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"] });
  await aPerson(db, { id: "p-other", roles: ["employee", "manager"] });
  const context = services(db, now);
  const openAs = (as: string, given: Partial<typeof gap> = {}) =>
    send(create, context, "/actions/new", { ...gap, ...given }, { as });
  const idOf = async () => (await db.select().from(correctiveAction))[0]?.id ?? "";
  const take = async (as: string, sent: Record<string, string>) => {
    const actionId = await idOf();
    return send(step, context, `/actions/${actionId}`, sent, { as, params: { actionId } });
  };
  const see = async (as: string) => {
    const actionId = await idOf();
    return open<Awaited<ReturnType<typeof page>>>(page, context, `/actions/${actionId}`, {
      as,
      params: { actionId },
    });
  };
  const listed = (as: string, search = "") =>
    open<Awaited<ReturnType<typeof list>>>(list, context, `/actions${search}`, { as });
  return { db, context, openAs, take, see, listed };
}

onBothEngines("corrective actions", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("go from the gap to a verified effect, and are closed by somebody else than the owner", () =>
    world(async ({ db, openAs, take, see }) => {
      expect((await openAs("p-boss")).status).toBe(302);
      expect((await see("p-boss")).body).toMatchObject({ steps: ["planned"], action: { status: "open" } });
      expect((await take("p-boss", steps.done)).status).toBe(409);
      expect((await take("p-boss", steps.planned)).status).toBe(302);
      expect((await take("p-boss", steps.done)).status).toBe(302);
      expect((await see("p-boss")).body.steps).toEqual([]);
      expect((await take("p-boss", steps.verified)).status).toBe(409);
      expect((await take("p-hr", { ...steps.verified, verdict: "not_effective" })).status).toBe(302);
      expect((await see("p-hr")).body).toMatchObject({ action: { status: "open" }, steps: ["planned"] });
      for (const sent of [steps.planned, steps.done]) expect((await take("p-boss", sent)).status).toBe(302);
      expect((await take("p-hr", steps.verified)).status).toBe(302);
      expect((await take("p-boss", steps.closed)).status).toBe(409);
      expect((await take("p-hr", steps.closed)).status).toBe(302);
      const { body } = await see("p-august");
      expect(body).toMatchObject({ action: { status: "closed" }, steps: [] });
      expect(body.events.map((one) => one.step)).toEqual([
        "opened",
        "planned",
        "done",
        "verified",
        "planned",
        "done",
        "verified",
        "closed",
      ]);
      const types = (await db.select({ type: auditEvent.type }).from(auditEvent)).map((one) => one.type);
      expect(types.filter((type) => type.startsWith("action."))).toHaveLength(8);
    }));

  it("name the field that is wrong and keep the text", () =>
    world(async ({ openAs, take, db }) => {
      const wrong = async (given: Partial<typeof gap>, as = "p-hr") => {
        const answer = await openAs(as, given);
        expect(answer).toMatchObject({ status: 422, form: { values: given } });
        return Object.keys(answer.form.errors);
      };
      expect(await wrong({ nonconformity: "No" })).toEqual(["nonconformity"]);
      expect(await wrong({ person: "" })).toEqual(["person"]);
      expect(await wrong({ person: "nobody@x.example" })).toEqual(["person"]);
      expect(await wrong({ person: "nobody@x.example" }, "p-boss")).toEqual(["person"]);
      expect(await wrong({ owner: "nobody@x.example" })).toEqual(["owner"]);
      expect(await wrong({ dueOn: "2026-11-23" })).toEqual(["dueOn"]);
      expect(await wrong({ scope: "department" })).toEqual(["group"]);
      expect(await db.$count(correctiveAction)).toBe(0);
      await openAs("p-boss");
      const late = await take("p-boss", { ...steps.planned, dueOn: "2026-11-01" });
      expect(late).toMatchObject({ status: 422, form: { values: { cause: steps.planned.cause } } });
      expect(Object.keys(late.form.errors)).toEqual(["dueOn"]);
    }));

  it("are opened by the manager for their reports, and by HR for everybody and for groups", () =>
    world(async ({ context, openAs }) => {
      for (const as of ["p-ann", "p-august"]) expect((await openAs(as)).status).toBe(403);
      expect((await openAs("p-other")).form.errors).toHaveProperty("person");
      const group = { scope: "department", person: "", group: "Sales" };
      expect((await openAs("p-boss", group)).status).toBe(403);
      expect((await openAs("p-hr", group)).status).toBe(302);
      const filled = await open(newPage, context, "/actions/new?person=p-ann&case=12", { as: "p-boss" });
      expect(filled.body).toMatchObject({
        person: { email: gap.person },
        sourceRef: "12",
        scopes: ["person"],
      });
      expect((await open(newPage, context, "/actions/new?person=p-ann", { as: "p-other" })).status).toBe(403);
      expect((await open(newPage, context, "/actions/new", { as: "p-ann" })).status).toBe(403);
    }));

  it("are seen by HR and auditors, by the manager and by the owner", () =>
    world(async ({ openAs, see, listed, take }) => {
      await openAs("p-hr", { owner: "p-other@aldermoor.example", dueOn: "2026-11-24" });
      for (const as of ["p-hr", "p-august", "p-boss", "p-other"]) {
        expect((await see(as)).status).toBe(200);
        expect((await listed(as)).body.rows).toHaveLength(1);
      }
      expect((await see("p-ann")).status).toBe(403);
      expect((await listed("p-ann")).body.rows).toEqual([]);
      expect((await listed("p-other", "?view=mine")).body.rows).toHaveLength(1);
      expect((await listed("p-hr", "?view=overdue")).body).toMatchObject({
        rows: [],
        counts: { unfinished: 1 },
      });
      expect((await take("p-august", steps.planned)).status).toBe(403);
      expect((await take("p-other", { ...steps.planned, owner: "p-other@aldermoor.example" })).status).toBe(
        302,
      );
      expect((await take("p-other", steps.closed)).status).toBe(403);
    }));
});
