import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { openCase, rulesInForce } from "#app/domain/cases/case.server.ts";
import { theRegister } from "#app/domain/register/ai-system.server.ts";
import { groupsOf } from "#app/domain/register/approval.ts";
import type { Facts } from "#app/domain/risk/facts.ts";
import { judge } from "#app/domain/risk/verdict.ts";
import { loader as queueLoader } from "#app/routes/_app.cases._index.tsx";
import { action, loader } from "#app/routes/_app.cases.$caseId/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson, publishedRulebook, someFacts } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
const usual = someFacts({
  system: "quillmate",
  purposes: ["brainstorm"],
  dataClasses: ["customer"],
  affected: ["customers"],
  oversight: "human_decides",
  effect: "advisory",
});
const emotions = someFacts({
  system: "quillmate",
  purposes: ["emotion_recognition"],
  dataClasses: ["personal"],
  affected: ["employees"],
  oversight: "human_decides",
  effect: "consequential",
});
const approval = {
  intent: "approve_with_conditions",
  revision: "1",
  likelihood: "2",
  severity: "3",
  note: "Fine under these conditions.",
  secondId: "",
  systemSlug: "quillmate",
  purposes: ["brainstorm"],
  dataClasses: ["customer"],
  affected: ["customers"],
  oversight: "human_decides",
  conditions: "- Remove names first.\n\n- A colleague reads it.",
};

async function aWorld(db: Db, facts: Facts = usual) {
  await anOrganisation(db);
  const audiences = ["all-staff"];
  const mila = await aPerson(db, { id: "p-mila", audiences });
  await aPerson(db, { id: "p-dana", roles: ["employee", "manager"] });
  await aPerson(db, { id: "p-ravi", name: "Ravi Menon", roles: ["employee", "reviewer"] });
  await aPerson(db, { id: "p-kasia", name: "Kasia", roles: ["employee", "reviewer"] });
  await publishedRulebook(db);
  const { rules } = await rulesInForce(db);
  const verdict = judge(facts, { ...(await theRegister(db)), rules, groups: groupsOf(mila) }, "2026-11-23");
  const input = { requesterId: mila.id, questionId: randomUUID(), title: "May I?", automatic: false };
  const { caseId } = await openCase(db, { ...input, facts, verdict }, now);
  const context = services(db, now);
  const path = `/cases/${caseId}`;
  const params = { caseId };
  return {
    context,
    path,
    see: (as: string) => open<Awaited<ReturnType<typeof loader>>>(loader, context, path, { as, params }),
    decide: (as: string, fields: Record<string, string | string[]>) =>
      send(action, context, path, fields, { as, params }),
  };
}

onBothEngines("the case pages", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>, facts?: Facts) =>
    database.rolledBack(async (tx) => body(await aWorld(tx, facts)));

  it("lists the queue for reviewers and own cases for everybody", async () => {
    await world(async ({ context }) => {
      type Queue = Awaited<ReturnType<typeof queueLoader>>;
      const queue = (as: string, search = "") => open<Queue>(queueLoader, context, `/cases${search}`, { as });
      expect((await queue("p-ravi")).body).toMatchObject({ view: "open", rows: [{ title: "May I?" }] });
      expect((await queue("p-mila")).body).toMatchObject({
        view: "mine",
        everyone: false,
        counts: { mine: 1 },
      });
      expect((await queue("p-dana")).body.rows).toEqual([]);
      expect((await queue("p-ravi", "?view=nonsense&page=-1")).body).toMatchObject({ view: "open", page: 1 });
      expect((await queue("p-mila", "?view=decided")).status).toBe(403);
      const visitor = await open(queueLoader, context, "/cases?view=mine");
      expect(visitor).toMatchObject({ status: 302, location: "/sign-in?to=%2Fcases%3Fview%3Dmine" });
    });
  });

  it("shows a case to those it concerns only", async () => {
    await world(async ({ see, context }) => {
      expect((await see("p-mila")).body).toMatchObject({ mine: true, deciding: null, outcome: null });
      const reviewer = (await see("p-ravi")).body;
      expect(reviewer.deciding).toMatchObject({ ok: true, seconds: [{ name: "Kasia" }] });
      expect(reviewer.questionId).toBeNull();
      expect(reviewer.findings[0]).toMatchObject({ rule: "org-data" });
      expect((await see("p-dana")).status).toBe(404);
      const unknown = await open(loader, context, "/cases/12", { as: "p-ravi", params: { caseId: "12" } });
      expect(unknown.status).toBe(404);
    });
  });

  it("approves, and the asker reads why and under which conditions", async () => {
    await world(async ({ see, decide, path }) => {
      expect(await decide("p-ravi", approval)).toMatchObject({ status: 302, location: path });
      const { outcome, history } = (await see("p-mila")).body;
      expect(outcome).toMatchObject({
        decision: "approve_with_conditions",
        reason: "Fine under these conditions.",
        conditions: ["Remove names first.", "A colleague reads it."],
        by: "Ravi Menon",
        reviewOn: "2027-11-23",
      });
      expect(history.map((e) => e.kind)).toEqual(["opened", "decided"]);
    });
  });

  it("names what is missing and keeps what was written", async () => {
    await world(async ({ decide }) => {
      const empty = await decide("p-ravi", {});
      expect(empty).toMatchObject({ status: 422, form: { errors: { intent: "Choose what you decide." } } });
      const partial = await decide("p-ravi", {
        intent: "reject",
        revision: "1",
        note: "Because.",
        severity: "9",
      });
      expect(partial.status).toBe(422);
      expect(Object.keys(partial.form.errors).toSorted()).toEqual(["likelihood", "severity"]);
      expect(partial.form.values["note"]).toBe("Because.");
      const bare = await decide("p-ravi", { ...approval, conditions: " \n" });
      expect(bare).toMatchObject({ status: 422, form: { message: "Name at least one condition." } });
      const wide = await decide("p-ravi", { ...approval, dataClasses: ["customer", "special_category"] });
      expect(wide.status).toBe(422);
    });
  });

  it("answers a conflict with 409 and the text kept", async () => {
    await world(async ({ decide, see }) => {
      const rate = { intent: "rate", revision: "1", likelihood: "3", severity: "3", note: "" };
      expect((await decide("p-kasia", rate)).status).toBe(302);
      const stale = await decide("p-ravi", approval);
      expect(stale).toMatchObject({ status: 409, form: { values: { note: approval.note } } });
      expect(stale.form.message).toMatch(/has changed/);
      expect((await see("p-ravi")).body).toMatchObject({ revision: 2, rating: { likelihood: 3 } });
      expect((await decide("p-ravi", { ...approval, revision: "2" })).status).toBe(302);
      expect((await decide("p-kasia", { ...approval, revision: "2" })).status).toBe(409);
    });
  });

  it("asks for information and takes the asker's answer once", async () => {
    await world(async ({ decide, see }) => {
      const reply = { intent: "reply", note: "Two utilities." };
      expect((await decide("p-mila", reply)).status).toBe(409);
      await decide("p-ravi", { intent: "request_information", revision: "1", note: "Which customers?" });
      expect((await see("p-mila")).body).toMatchObject({ mayReply: true, pace: "waiting" });
      expect((await decide("p-mila", { ...reply, note: " " })).form.errors["note"]).toBe(
        "Write your answer.",
      );
      expect((await decide("p-ravi", reply)).status).toBe(404);
      expect((await decide("p-mila", reply)).status).toBe(302);
      expect((await decide("p-mila", reply)).status).toBe(409);
      expect((await see("p-ravi")).body.history.map((e) => e.note)).toEqual([
        "",
        "Which customers?",
        "Two utilities.",
      ]);
    });
  });

  it("refuses whoever may not decide, and every approval of a prohibited practice", async () => {
    await world(async ({ decide, see }) => {
      expect((await decide("p-mila", approval)).status).toBe(403);
      expect((await decide("p-dana", approval)).status).toBe(404);
      const fields = {
        ...approval,
        purposes: ["emotion_recognition"],
        dataClasses: ["personal"],
        affected: ["employees"],
      };
      const banned = await decide("p-ravi", fields);
      expect(banned).toMatchObject({ status: 422, form: { message: expect.stringMatching(/prohibited/) } });
      const { deciding, findings } = (await see("p-ravi")).body;
      expect(deciding).toMatchObject({ ok: true, scope: null });
      expect(findings[0]).toMatchObject({ anchor: "Art. 5(1)(f)" });
    }, emotions);
  });
});
