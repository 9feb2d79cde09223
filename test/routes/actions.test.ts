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

  it("are about several people chosen on the board, for HR, at most so many and none who has left", () =>
    world(async ({ db, context, see }) => {
      type New = Awaited<ReturnType<typeof newPage>>;
      const fill = (as: string, search: string) =>
        open<New>(newPage, context, `/actions/new?${search}`, { as });
      const { body } = await fill("p-hr", "board=q%3Dp-&source=effectiveness&ref=E-1&gap=Half%20failed.");
      expect(body).toMatchObject({ source: "effectiveness", sourceRef: "E-1", gap: "Half failed." });
      expect(body.people).toMatchObject({ members: { length: 5 }, tooMany: null });
      expect((await fill("p-hr", "people=p-ann,p-nobody")).body.people.members).toMatchObject([
        { id: "p-ann" },
      ]);
      expect((await fill("p-boss", "people=p-ann,p-other")).body).toMatchObject({
        people: { members: [] },
        scopes: ["person"],
      });
      const several = { ...gap, scope: "people", person: "" };
      const as = (who: string, member: string[]) =>
        send(create, context, "/actions/new", { ...several, member }, { as: who });
      expect((await as("p-hr", [])).form.errors).toHaveProperty("scope");
      expect((await as("p-hr", ["p-ann", "p-nobody"])).form.errors).toHaveProperty("scope");
      expect((await as("p-boss", ["p-ann"])).status).toBe(403);
      expect((await as("p-hr", ["p-ann", "p-other"])).status).toBe(302);
      expect((await see("p-hr")).body).toMatchObject({
        action: { scope: "people", about: null },
        members: [{ id: "p-ann" }, { id: "p-other" }],
      });
      expect((await see("p-august")).body.members).toHaveLength(2);
      expect((await see("p-other")).status).toBe(403);
      for (let i = 0; i < 200; i++) await aPerson(db, { id: `p-many-${i}` });
      expect((await fill("p-hr", "board=q%3Dp-many")).body.people).toMatchObject({ tooMany: null });
      expect((await fill("p-hr", "board=")).body.people).toEqual({ members: [], tooMany: 205 });
    }));

  it("are opened by reviewers, to whom a case shows a gap, and managed by HR", () =>
    world(async ({ db, openAs, see, take }) => {
      await aPerson(db, { id: "p-ravi", roles: ["employee", "reviewer"] });
      expect((await openAs("p-ravi", { source: "case", sourceRef: "Case 12" })).status).toBe(302);
      expect((await see("p-ravi")).body).toMatchObject({ action: { sourceRef: "Case 12" }, steps: [] });
      expect((await take("p-ravi", steps.planned)).status).toBe(403);
      expect((await take("p-hr", steps.planned)).status).toBe(302);
    }));
});
