import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { answerField } from "#app/components/item/given.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { attemptFor } from "#app/domain/learning/attempt.server.ts";
import type { GivenResponse } from "#app/domain/learning/presentation.ts";
import { loader as homeLoader } from "#app/routes/_app._index/route.tsx";
import {
  action as attemptAction,
  loader as attemptLoader,
} from "#app/routes/_app.attempts.$attemptId/route.tsx";
import { action as answersAction } from "#app/routes/_app.attempts.$attemptId_.answers.ts";
import { loader as resultLoader } from "#app/routes/_app.attempts.$attemptId_.result/route.tsx";
import { loader as courseLoader } from "#app/routes/_app.learn.$requirement._index/route.tsx";
import {
  action as acknowledgeAction,
  loader as acknowledgeLoader,
} from "#app/routes/_app.learn.$requirement.acknowledge.tsx";
import {
  action as assessmentAction,
  loader as assessmentLoader,
} from "#app/routes/_app.learn.$requirement.assessment/route.tsx";
import {
  action as lessonAction,
  loader as lessonLoader,
} from "#app/routes/_app.learn.$requirement.lessons.$lesson/route.tsx";
import { loader as learnLoader } from "#app/routes/_app.learn._index.tsx";
import { aCourse, aModule, aRequirement, anyAnswer, rightAnswer, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const requirement = aRequirement.slug;
const base = `/learn/${requirement}`;
const module = aModule();

type Page<L extends (...args: never[]) => unknown> = Awaited<ReturnType<L>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  const mila = await aPerson(db, { id: "p-mila", name: "Mila Janssen" });
  await aPerson(db, { id: "p-ines", roles: ["employee", "hr"], audiences: [] });
  await aCourse(db, now, module);
  return { db, actor: actorFor(mila), context: services(db, now) };
}
type World = Awaited<ReturnType<typeof aWorld>>;

const as = "p-mila";
const course = { as, params: { requirement } };

/** Goes through lessons and policies and opens the assessment. */
async function anAttempt({ db, actor, context }: World): Promise<string> {
  await takeAllLessons(db, actor, module, now);
  await acknowledgePolicies(db, actor, { requirement, policies: ["ai-policy"] }, now);
  const { location } = await send(assessmentAction, context, `${base}/assessment`, {}, course);
  return location?.split("/").at(-1) ?? "";
}

const onAttempt = (attemptId: string, who = as) => ({ as: who, params: { attemptId } });

function fieldsOf(given: GivenResponse, ordering: boolean): Record<string, string> {
  if (!Array.isArray(given))
    return Object.fromEntries(Object.entries(given).map(([part, value]) => [answerField(part), value]));
  if (!ordering) return { [answerField()]: given[0] ?? "" };
  return Object.fromEntries(given.map((id, i) => [answerField(id), String(i + 1)]));
}

async function answerAll({ db, actor, context }: World, attemptId: string): Promise<void> {
  const view = await attemptFor(db, actor, attemptId, now);
  for (const shown of view?.items ?? []) {
    const given = JSON.stringify(rightAnswer(module, shown));
    const fields = { position: String(shown.position), revision: "0", given };
    const path = `/attempts/${attemptId}/answers`;
    expect((await send(answersAction, context, path, fields, onAttempt(attemptId))).status).toBe(200);
  }
}

/** Every property name anywhere in what a page was given. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...namesIn(part)]);
}
const keyNames = ["correct", "feedback", "answer", "pairs"];

onBothEngines("the learner's pages", (database) => {
  const world = (body: (w: World) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("shows on home and Learn what to do next", async () => {
    await world(async ({ context }) => {
      const home = await open<Page<typeof homeLoader>>(homeLoader, context, "/", { as });
      expect(home.body).toMatchObject({
        name: "Mila",
        first: { slug: requirement, state: "not_started", nextLesson: "first", percent: 0 },
        others: [],
        mayBoard: false,
      });
      const hr = await open<Page<typeof homeLoader>>(homeLoader, context, "/", { as: "p-ines" });
      expect(hr.body).toMatchObject({ first: null, mayBoard: true });
      const learn = await open<Page<typeof learnLoader>>(learnLoader, context, "/learn", { as });
      expect(learn.body.requirements).toHaveLength(1);
      expect(await open(learnLoader, context, "/learn")).toMatchObject({
        status: 302,
        location: "/sign-in?to=%2Flearn",
      });
    });
  });

  it("knows only what is assigned to the one who asks", async () => {
    await world(async ({ context }) => {
      const other = { as: "p-ines", params: { requirement, lesson: "first" } };
      for (const loader of [courseLoader, lessonLoader, acknowledgeLoader, assessmentLoader])
        expect((await open(loader, context, base, other)).status).toBe(404);
      for (const action of [acknowledgeAction, assessmentAction])
        expect((await send(action, context, base, {}, other)).status).toBe(404);
      expect((await send(lessonAction, context, base, { part: "0" }, other)).status).toBe(404);
    });
  });

  it("takes a lesson part by part and explains an answer only after it", async () => {
    await world(async ({ context }) => {
      const lesson = { as, params: { requirement, lesson: "first" } };
      const path = `${base}/lessons/first`;
      const see = () => open<Page<typeof lessonLoader>>(lessonLoader, context, path, lesson);
      const step = (fields: Record<string, string>) => send(lessonAction, context, path, fields, lesson);
      expect(namesIn((await see()).body).filter((name) => keyNames.includes(name))).toEqual([]);
      expect((await step({ part: "1", answer: "c1" })).status).toBe(404);
      expect(await step({ part: "0" })).toMatchObject({ status: 302, location: `${path}#part-1` });
      const blank = await step({ part: "1" });
      expect(blank).toMatchObject({ status: 422 });
      expect(blank.form.errors["part-1"]).toContain("Answer first");
      expect((await step({ part: "1", answer: "nonsense" })).status).toBe(422);
      expect((await step({ part: "x" })).status).toBe(422);
      expect((await step({ part: "9" })).status).toBe(404);
      expect(await step({ part: "1", answer: "c1" })).toMatchObject({
        status: 302,
        location: `${path}#part-1`,
      });
      expect((await see()).body.parts[1]).toMatchObject({ explained: { answered: true }, given: ["c1"] });
      // Sent twice it is the same answer; another one, from another tab, is told that the first counts.
      expect((await step({ part: "1", answer: "c1" })).location).toBe(`${path}#part-1`);
      expect((await step({ part: "1", answer: "c2" })).location).toBe(`${path}?elsewhere=1#part-1`);
      expect((await see()).body.parts[1]).toMatchObject({ given: ["c1"] });
      expect(await step({ part: "2" })).toMatchObject({ location: `${path}#end` });
      expect((await see()).body).toMatchObject({ done: true, following: { id: "second" } });
    });
  });

  it("asks for every policy, then opens the assessment", async () => {
    await world(async ({ db, actor, context }) => {
      const start = () => send(assessmentAction, context, `${base}/assessment`, {}, course);
      expect((await start()).status).toBe(409);
      await takeAllLessons(db, actor, module, now);
      expect((await start()).status).toBe(409);
      const path = `${base}/acknowledge`;
      const missing = await send(acknowledgeAction, context, path, { policies: [] }, course);
      expect(missing).toMatchObject({ status: 422 });
      expect(missing.form.errors).toHaveProperty("ai-policy");
      const done = await send(acknowledgeAction, context, path, { policies: ["ai-policy"] }, course);
      expect(done).toMatchObject({ status: 302, location: base });
      const started = await start();
      expect(started.location).toMatch(/^\/attempts\/[0-9a-f-]{36}$/);
      // A second press goes on with the same attempt.
      expect((await start()).location).toBe(started.location);
    });
  });

  it("shows an attempt to its learner only, one item at a time and without any key", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      const path = `/attempts/${attemptId}`;
      const see = (search = "", who = as) =>
        open<Page<typeof attemptLoader>>(
          attemptLoader,
          w.context,
          `${path}${search}`,
          onAttempt(attemptId, who),
        );
      const first = (await see()).body;
      expect(first).toMatchObject({ open: true, secondsLeft: 1800, current: { position: 0, revision: 0 } });
      expect(first.items).toHaveLength(12);
      for (const q of ["", "?q=3", "?q=12", "?q=review"]) {
        const { status, body } = await see(q);
        expect(status).toBe(200);
        expect(namesIn(body).filter((name) => keyNames.includes(name))).toEqual([]);
      }
      for (const q of ["?q=0", "?q=13", "?q=x"]) expect((await see(q)).status).toBe(404);
      for (const who of ["p-ines"]) {
        expect((await see("", who)).status).toBe(404);
        const other = onAttempt(attemptId, who);
        expect((await open(resultLoader, w.context, path, other)).status).toBe(404);
        expect((await send(attemptAction, w.context, path, { intent: "submit" }, other)).status).toBe(404);
        const answer = { position: "0", revision: "0", given: '["c1"]' };
        expect((await send(answersAction, w.context, path, answer, other)).status).toBe(404);
      }
      expect((await open(resultLoader, w.context, path, onAttempt(attemptId))).status).toBe(404);
      expect((await open(attemptLoader, w.context, "/attempts/1", onAttempt("1"))).status).toBe(404);
    });
  });

  it("saves through the page's form and goes where the button says", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      const view = await attemptFor(w.db, w.actor, attemptId, now);
      const save = (fields: Record<string, string>) =>
        send(attemptAction, w.context, `/attempts/${attemptId}`, fields, onAttempt(attemptId));
      for (const { position, item } of view?.items ?? []) {
        const answered = fieldsOf(anyAnswer(item), item.type === "ordering");
        const fields = { intent: "save", position: String(position), revision: "0", go: "next", ...answered };
        const next = position === 11 ? "review" : String(position + 2);
        expect(await save(fields)).toMatchObject({
          status: 302,
          location: `/attempts/${attemptId}?q=${next}`,
        });
      }
      const kept = await attemptFor(w.db, w.actor, attemptId, now);
      expect(kept?.items.map((one) => one.given)).toEqual(view?.items.map((one) => anyAnswer(one.item)));
      const blank = { intent: "save", position: "3", revision: "1" };
      for (const [go, q] of [
        ["previous", "3"],
        ["stay", "4"],
        ["review", "review"],
        ["9", "9"],
        ["99", "review"],
      ] as const)
        expect((await save({ ...blank, go })).location).toBe(`/attempts/${attemptId}?q=${q}`);
      // A form that had an answer and comes without one has been emptied.
      const emptied = await attemptFor(w.db, w.actor, attemptId, now);
      expect(emptied?.items[3]).toMatchObject({ given: null, revision: 2 });
      expect(emptied?.items[4]?.given).not.toBeNull();
      for (const bad of [
        { intent: "cheat" },
        { ...blank, go: "away" },
        { ...blank, position: "-1", go: "next" },
      ])
        expect((await save(bad)).status).toBe(422);
      expect((await save({ ...blank, position: "50", go: "next" })).status).toBe(404);
    });
  });

  it("refuses an order with two elements in one place and keeps what was sent", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      const view = await attemptFor(w.db, w.actor, attemptId, now);
      const position = view?.items.findIndex((one) => one.item.type === "ordering") ?? -1;
      const fields = {
        intent: "save",
        position: String(position),
        revision: "0",
        go: "next",
        "answer.c1": "1",
        "answer.c2": "1",
        "answer.c3": "2",
      };
      const answer = await send(attemptAction, w.context, "/", fields, onAttempt(attemptId));
      expect(answer.status).toBe(422);
      expect(answer.form.values).toMatchObject({ "answer.c2": "1" });
    });
  });

  it("shows a tab that is behind what another has saved, and lets it choose", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      const view = await attemptFor(w.db, w.actor, attemptId, now);
      const position = String(view?.items.findIndex((one) => one.item.type === "single_choice") ?? -1);
      const save = (answer: string, revision: string) =>
        send<{ conflict: { given: string[]; revision: number }; mine: string[] }>(
          attemptAction,
          w.context,
          "/",
          { intent: "save", position, revision, go: "stay", answer },
          onAttempt(attemptId),
        );
      expect((await save("c1", "0")).status).toBe(302);
      const behind = await save("c2", "0");
      expect(behind).toMatchObject({
        status: 409,
        body: { conflict: { given: ["c1"], revision: 1 }, mine: ["c2"] },
      });
      expect((await save("c2", String(behind.body.conflict.revision))).status).toBe(302);

      const background = async (given: string) => {
        const headers = { cookie: await cookieFor(w.context, as) };
        const body = new URLSearchParams({ position, revision: "1", given });
        const request = new Request("http://localhost:3000/", { method: "POST", body, headers });
        const response = await answersAction({ request, params: { attemptId }, context: w.context });
        return { status: response.status, answer: (await response.json()) as unknown };
      };
      expect(await background('["c3"]')).toEqual({
        status: 409,
        answer: { outcome: "stale", revision: 2, given: ["c2"] },
      });
      expect(await background('["c2"]')).toEqual({ status: 200, answer: { outcome: "saved", revision: 2 } });
      for (const bad of ["{", "7", '["c9"]', '{"c1":{}}'])
        expect(await background(bad)).toMatchObject({ status: 422, answer: { outcome: "unreadable" } });
    });
  });

  it("marks once, then explains every item with its clause", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      await answerAll(w, attemptId);
      const path = `/attempts/${attemptId}`;
      const mine = onAttempt(attemptId);
      for (let press = 0; press < 2; press++)
        expect(await send(attemptAction, w.context, path, { intent: "submit" }, mine)).toMatchObject({
          status: 302,
          location: `${path}/result`,
        });
      expect((await open(attemptLoader, w.context, path, mine)).location).toBe(`${path}/result`);
      const { body } = await open<Page<typeof resultLoader>>(resultLoader, w.context, path, mine);
      expect(body).toMatchObject({
        score: 1,
        passed: true,
        requirement,
        objectives: [{ id: "o1", score: 1 }],
      });
      expect(body.certificateId).not.toBeNull();
      expect(body.clauses["ai-policy#1.1"]).toMatchObject({
        version: "1.0",
        html: "<p>We use AI with care.</p>",
      });
      expect(body.further?.practiceFrom).toBeInstanceOf(Date);
      expect(body.items.every((item) => item.score === 1)).toBe(true);
      expect((await open(resultLoader, w.context, path, onAttempt(attemptId, "p-ines"))).status).toBe(404);
      const again = await send(assessmentAction, w.context, `${base}/assessment`, {}, course);
      expect(again.status).toBe(409);
    });
  });

  it("holds the time limit against requests that come late", async () => {
    await world(async (w) => {
      const attemptId = await anAttempt(w);
      const late = services(w.db, later(31));
      const mine = onAttempt(attemptId);
      const path = `/attempts/${attemptId}`;
      const { body } = await open<Page<typeof attemptLoader>>(attemptLoader, late, path, mine);
      expect(body).toMatchObject({ open: false, secondsLeft: 0, current: null });
      const save = { intent: "save", position: "0", revision: "0", go: "next", answer: "c1" };
      const view = await attemptFor(w.db, w.actor, attemptId, now);
      const shown = view?.items[0];
      const answered = shown ? fieldsOf(anyAnswer(shown.item), shown.item.type === "ordering") : {};
      expect((await send(attemptAction, late, path, { ...save, ...answered }, mine)).location).toBe(
        `${path}?q=review`,
      );
      const given = JSON.stringify(shown ? anyAnswer(shown.item) : []);
      const background = { position: "0", revision: "0", given };
      expect((await send(answersAction, late, path, background, mine)).status).toBe(409);
      await send(attemptAction, late, path, { intent: "submit" }, mine);
      const result = await open<Page<typeof resultLoader>>(resultLoader, late, path, mine);
      expect(result.body).toMatchObject({ timedOut: true, passed: false, score: 0 });
      const next = await send(assessmentAction, late, `${base}/assessment`, {}, course);
      expect(next.status).toBe(409);
      const page = await open<Page<typeof assessmentLoader>>(assessmentLoader, late, base, course);
      expect(page.body.assessment.start).toMatchObject({ ok: false, reason: "cool_down" });
    });
  });
});
