import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { attempt } from "#db/schema/learning.ts";
import { erasureRequest } from "#db/schema/privacy.ts";
import { eraseCategories } from "#app/domain/evidence/erasure.server.ts";
import { publishChecks } from "#app/domain/policies/check.server.ts";
import { startMeasure } from "#app/domain/competence/sitting.server.ts";
import { loader as exportLoader } from "#app/routes/_app.privacy_.export[.]zip.ts";
import { action, loader } from "#app/routes/_app.privacy/route.tsx";
import {
  action as decideAction,
  loader as requestsLoader,
} from "#app/routes/_app.privacy_.requests/route.tsx";
import { loader as resultLoader } from "#app/routes/_app.attempts.$attemptId_.result/route.tsx";
import { loader as homeLoader } from "#app/routes/_app._index/route.tsx";
import {
  action as signAction,
  loader as signLoader,
} from "#app/routes/_app.policies.$slug_.acknowledge/route.tsx";
import { loader as listLoader } from "#app/routes/_app.policies.$slug_.acknowledgements/route.tsx";
import { aCheck, aCourse, aModule, aRequirement, checkAnswers, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { unzip } from "#test/unzip.ts";

const now = new Date("2026-11-24T09:00:00Z");

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const zofia = await aPerson(tx, { id: "p-zofia", name: "Zofia Łuczak" });
  await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] });
  await aCourse(tx, now);
  return { zofia: actorFor(zofia), context: services(tx, now) };
}

onBothEngines("a person's data", (database) => {
  it("is one archive, with feedback of what is submitted and no key of what is open", () =>
    database.rolledBack(async (tx) => {
      const { zofia, context } = await aWorld(tx);
      const requirement = aRequirement.slug;
      const measure = await startMeasure(tx, zofia, { requirement, kind: "pretest", seed: 1 }, now);
      expect(measure).toMatchObject({ ok: true });
      const headers = { cookie: await cookieFor(context, zofia.id) };
      const fetched = async () => {
        const request = new Request(`${context.baseUrl}/privacy/export.zip`, { headers });
        const answer = await exportLoader({ request, params: {}, context });
        return unzip(new Uint8Array(await answer.arrayBuffer()));
      };
      const before = await fetched();
      expect(JSON.parse(before["attempts.json"] ?? "")).toMatchObject([{ submittedAt: null }]);
      expect(Object.values(before).join("\n")).not.toMatch(/"feedback": "|Yes\.|"correct"/);
    }));

  it("holds what was done, and reads it out on a page", () =>
    database.rolledBack(async (tx) => {
      const { zofia, context } = await aWorld(tx);
      await sitAssessment(tx, zofia, aModule(), 1, now);
      const headers = { cookie: await cookieFor(context, zofia.id) };
      const request = new Request(`${context.baseUrl}/privacy/export.zip`, { headers });
      const answer = await exportLoader({ request, params: {}, context });
      const files = unzip(new Uint8Array(await answer.arrayBuffer()));
      expect(JSON.parse(files["attempts.json"] ?? "")).toMatchObject([{ passed: true }]);
      expect(JSON.parse(files["certificates.json"] ?? "")).toHaveLength(1);
      expect(JSON.parse(files["acknowledgements.json"] ?? "")).toMatchObject([{ version: "1.0" }]);
      const lines = (files["statements.jsonl"] ?? "").trim().split("\n");
      expect(lines.length).toBeGreaterThan(5);
      expect(files["index.html"]).toContain("Zofia Łuczak");
    }));

  it("is asked to be erased with a reason, and decided by HR alone", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx);
      const as = "p-zofia";
      expect(await send(action, context, "/privacy", { reason: "all" }, { as })).toMatchObject({
        status: 422,
        form: { values: { reason: "all" } },
      });
      const reason = "Everything, I am leaving.";
      expect((await send(action, context, "/privacy", { reason }, { as })).status).toBe(302);
      expect((await send(action, context, "/privacy", { reason }, { as })).status).toBe(409);
      expect((await open(requestsLoader, context, "/privacy/requests", { as })).status).toBe(403);
      expect((await open(loader, context, "/privacy")).status).toBe(302);
      type Page = { requests: { id: string }[] };
      const page = await open<Page>(requestsLoader, context, "/privacy/requests", { as: "p-hr" });
      const id = page.body.requests[0]?.id ?? "";
      const keep = "keep:employed";
      const fields = {
        intent: "decide",
        id,
        identity: keep,
        questions: keep,
        answers: keep,
        proofs: keep,
        cases: "",
      };
      const hr = { as: "p-hr" };
      expect(await send(decideAction, context, "/privacy/requests", fields, hr)).toMatchObject({
        status: 422,
        form: { errors: { cases: "Choose whether it is erased or kept, and on which ground." } },
      });
      const left = { intent: "left", email: "p-zofia@aldermoor.example", leftOn: "2026-11-24" };
      expect((await send(decideAction, context, "/privacy/requests", left, hr)).status).toBe(302);
      expect(await open(homeLoader, context, "/", { as })).toMatchObject({ status: 302 });
    }));
});

onBothEngines("a result whose answers were erased", (database) => {
  it("says so with the day, stands, and shows no figure that is not known", () =>
    database.rolledBack(async (tx) => {
      const { zofia, context } = await aWorld(tx);
      await sitAssessment(tx, zofia, aModule(), 1, now);
      const [sat] = await tx.select({ id: attempt.id }).from(attempt);
      const visit = { as: zofia.id, params: { attemptId: sat?.id ?? "" } };
      type Page = Awaited<ReturnType<typeof resultLoader>>;
      const result = async () => (await open<Page>(resultLoader, context, "/attempts/x/result", visit)).body;
      const before = await result();
      expect(before).toMatchObject({ passed: true, erased: null });
      const at = new Date("2026-12-01T10:00:00Z");
      await tx.insert(erasureRequest).values({
        id: randomUUID(),
        personId: zofia.id,
        reason: "My answers, please.",
        requestedBy: zofia.id,
        requestedAt: at,
        outcome: "partly",
        decisions: [{ category: "answers", erase: true, ground: "not_needed" }],
        decidedBy: "p-hr",
        decidedAt: at,
      });
      await eraseCategories(tx, zofia.id, ["answers"], at);
      const { score, certificateId } = before;
      const known = { passed: true, score, certificateId, erased: { at } };
      expect(await result()).toMatchObject({ ...known, items: [], objectives: [], calibration: [] });
    }));
});

onBothEngines("a hold", (database) => {
  it("keeps at least one kind of data, and is drawn again with what was entered", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx);
      const path = "/privacy/requests";
      const fields = {
        intent: "hold",
        email: "p-zofia@aldermoor.example",
        reason: "An audit of the year is under way.",
        until: "2027-01-31",
      };
      const hr = { as: "p-hr" };
      const refused = await send(decideAction, context, path, fields, hr);
      expect(refused).toMatchObject({
        status: 422,
        form: { errors: { categories: "Choose at least one kind of data." }, values: fields },
      });
      type Page = { holds: { categories: string[] }[] };
      const holds = async () => (await open<Page>(requestsLoader, context, path, hr)).body.holds;
      expect(await holds()).toEqual([]);
      const kept = { ...fields, categories: ["answers"] };
      expect((await send(decideAction, context, path, kept, hr)).status).toBe(302);
      expect(await holds()).toMatchObject([{ categories: ["answers"] }]);
    }));
});

onBothEngines("a policy with a check", (database) => {
  it("is answered, signed and listed, with what was sent kept on a refusal", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx);
      await publishChecks(tx, [aCheck()], now);
      const visit = { as: "p-zofia", params: { slug: "ai-policy" } };
      const path = "/policies/ai-policy/acknowledge";
      type Page = Awaited<ReturnType<typeof signLoader>>;
      const { body } = await open<Page>(signLoader, context, path, visit);
      const answers = (right: boolean) =>
        Object.fromEntries(
          Object.entries(checkAnswers(body.check?.items ?? [], right)).map(([id, v]) => [`answer-${id}`, v]),
        );
      const version = body.policy.id;
      const wrong = await send<{ marks: object[] }>(
        signAction,
        context,
        path,
        { version, ...answers(false) },
        visit,
      );
      expect(wrong).toMatchObject({ status: 422, form: { values: answers(false) } });
      expect(wrong.body.marks).toHaveLength(2);
      const right = { version, ...answers(true), confirmed: "yes" };
      expect(await send(signAction, context, path, right, visit)).toMatchObject({
        status: 302,
        location: path,
      });
      const list = "/policies/ai-policy/acknowledgements";
      type List = Awaited<ReturnType<typeof listLoader>>;
      const { body: seen } = await open<List>(listLoader, context, list, { ...visit, as: "p-hr" });
      expect(seen.list.rows).toMatchObject([{ id: "p-zofia", given: { version: "1.0", tries: 2 } }]);
      expect((await open(listLoader, context, list, visit)).status).toBe(403);
    }));
});
