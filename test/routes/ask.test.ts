import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import type { Services } from "#app/http/services.ts";
import { longestQuestion } from "#app/domain/assistant/answer.ts";
import { askLimit } from "#app/http/ask-limit.server.ts";
import { guardedModel } from "#app/platform/guarded-model.ts";
import { modelFrom } from "#app/platform/model.ts";
import { action as askAction, loader as askLoader } from "#app/routes/_app.ask._index/route.tsx";
import { action, loader } from "#app/routes/_app.ask.$questionId/route.tsx";
import { loader as phraseLoader } from "#app/routes/_app.ask.$questionId_.phrase.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { type FakeModel, startModel } from "#test/fakes/model.ts";
import { publishSample } from "#test/sample.ts";

const now = new Date("2026-11-24T09:00:00Z");
type Start = Awaited<ReturnType<typeof askLoader>>;
type Page = Awaited<ReturnType<typeof loader>>;

async function aWorld(db: Db, overrides: Partial<Services> = {}) {
  await publishSample(db, new Date("2026-11-23T08:00:00Z"));
  let minutes = 0;
  // Every reading of the clock is a minute later, as turns of a thread are.
  const clock = () => new Date(now.getTime() + 60_000 * minutes++);
  const context = services(db, now, { now: clock, ...overrides });
  const visit = (path: string, as: string) => ({ as, params: { questionId: path.split("/")[2] ?? "" } });
  return {
    context,
    start: (search = "", as = "p-mila") => open<Start>(askLoader, context, `/ask${search}`, { as }),
    ask: (text: string, as = "p-mila") => send(askAction, context, "/ask", { text }, { as }),
    see: (path: string, as = "p-mila") => open<Page>(loader, context, path, visit(path, as)),
    answer: (path: string, fields: Record<string, string | string[]>, as = "p-mila") =>
      send(action, context, path, fields, visit(path, as)),
    async phrase(path: string, as = "p-mila"): Promise<Response> {
      const headers = { cookie: await cookieFor(context, as) };
      const request = new Request(`${context.baseUrl}${path}/phrase`, { headers });
      const { params } = visit(path, as);
      return phraseLoader({ request, params, context });
    },
  };
}
type World = Awaited<ReturnType<typeof aWorld>>;

onBothEngines("the ask pages", (database) => {
  const world = (body: (w: World) => Promise<void>, overrides?: Partial<Services>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx, overrides)));

  it("send visitors to sign in", () =>
    world(async ({ context }) => {
      expect(await open(askLoader, context, "/ask")).toMatchObject({
        status: 302,
        location: "/sign-in?to=%2Fask",
      });
      expect((await send(askAction, context, "/ask", { text: "May I?" })).location).toBe("/sign-in");
    }));

  it("take a question to its answer, and list it", () =>
    world(async ({ ask, see, start }) => {
      expect((await start()).body.questions).toEqual([]);
      const asked = await ask("May I use Quillmate to summarise an internal memo?");
      expect(asked.status).toBe(302);
      const { body } = await see(asked.location ?? "");
      expect(body.verdict.outcome).toBe("cleared");
      expect(body.system?.slug).toBe("quillmate");
      expect(body).toMatchObject({ wording: false, mayOpen: false, case: null });
      expect((await start()).body.questions).toMatchObject([{ outcome: "cleared" }]);
      expect((await start("", "p-dana")).body.questions).toEqual([]);
    }));

  it("fill in an example, cut to what fits", () =>
    world(async ({ start }) => {
      expect((await start("?text=Can%20AI%20rank%20CVs%3F")).body.draft).toBe("Can AI rank CVs?");
      const long = `?text=${"x".repeat(longestQuestion + 1)}&before=nonsense`;
      expect((await start(long)).body.draft).toHaveLength(longestQuestion);
    }));

  it("keep the text of a question that is too long or empty", () =>
    world(async ({ ask, start }) => {
      const text = "May I? ".repeat(longestQuestion / 7 + 1);
      const refused = await ask(text);
      expect(refused.status).toBe(422);
      expect(refused.form).toMatchObject({
        values: { text },
        errors: {
          text: "A question has at most 150,000 characters, about fifty pages. Describe one use and leave the rest out.",
        },
      });
      expect((await ask("  ")).status).toBe(422);
      expect((await start()).body.questions).toEqual([]);
    }));

  it("count a line's end as one character, however a form sends it", () =>
    world(async ({ ask }) => {
      const lines = "May I?\r\n".repeat(longestQuestion / 7);
      expect(lines.length).toBeGreaterThan(longestQuestion);
      expect((await ask(lines)).status).toBe(302);
    }));

  it("refuse more questions than one person may ask, and keep the text", () =>
    world(
      async ({ ask, start }) => {
        const text = "May I use Quillmate to summarise an internal memo?";
        for (let i = 0; i < 2; i++) expect((await ask(text)).status).toBe(302);
        const refused = await ask(text);
        expect(refused).toMatchObject({ status: 429, form: { values: { text }, errors: {} } });
        expect(refused.form.message).toMatch(
          /^You have asked 2 questions .* Ask again in .* Your text is still here\.$/,
        );
        expect((await start()).body.questions).toHaveLength(2);
        expect((await ask(text, "p-dana")).status).toBe(302);
      },
      { askLimit: askLimit({ questions: 2, seconds: 300 }) },
    ));

  it("ask back, and judge again with the choices", () =>
    world(async ({ ask, see, answer }) => {
      const first = (await ask("May I use Quillmate?")).location ?? "";
      expect((await see(first)).body.answer.askBack.map((a) => a.fact)).toContain("purposes");
      const next = await answer(first, {
        intent: "choose",
        purposes: ["draft_text"],
        dataClasses: ["internal"],
      });
      expect(next.status).toBe(302);
      expect((await see(next.location ?? "")).body.verdict.outcome).toBe("cleared");
      expect((await see(first)).body.newestId).toBe(next.location?.split("/")[2]);
    }));

  it("refuse choices that are none, or on no list, and actions nobody offers", () =>
    world(async ({ ask, answer }) => {
      const first = (await ask("May I use Quillmate?")).location ?? "";
      const none = await answer(first, { intent: "choose" });
      expect(none).toMatchObject({
        status: 422,
        form: { message: expect.stringContaining("Choose") as string },
      });
      expect((await answer(first, { intent: "choose", system: "skynet" })).status).toBe(422);
      expect((await answer(first, { intent: "choose", dataClasses: Array(50).fill("public") })).status).toBe(
        422,
      );
      expect((await answer(first, { intent: "approve" })).status).toBe(422);
    }));

  it("open a case on consent, and once only", () =>
    world(async ({ ask, see, answer }) => {
      const path = (await ask("May I use Midjourney to make an image?")).location ?? "";
      expect((await see(path)).body).toMatchObject({ mayOpen: true, verdict: { outcome: "not_allowed" } });
      expect(await answer(path, { intent: "open-case" })).toMatchObject({ status: 302, location: path });
      await answer(path, { intent: "open-case" });
      expect((await see(path)).body).toMatchObject({ mayOpen: false, case: { number: 1, status: "open" } });
      const allowed = (await ask("May I use Quillmate to summarise an internal memo?")).location ?? "";
      expect((await answer(allowed, { intent: "open-case" })).status).toBe(409);
    }));

  it("show nobody else's question", () =>
    world(async ({ ask, see, answer, phrase }) => {
      const path = (await ask("May I use Midjourney to make an image?")).location ?? "";
      expect((await see(path, "p-dana")).status).toBe(404);
      expect((await see(path, "p-ravi")).status).toBe(404);
      expect((await answer(path, { intent: "open-case" }, "p-dana")).status).toBe(404);
      await expect(phrase(path, "p-dana")).rejects.toMatchObject({ status: 404 });
      expect((await see("/ask/nonsense")).status).toBe(404);
      expect((await phrase(path)).status).toBe(204);
    }));
});

onBothEngines("asking with a model", (database) => {
  let endpoint: FakeModel;
  beforeEach(async () => {
    endpoint = await startModel();
  });
  afterEach(() => endpoint.close());

  const world = (body: (w: World) => Promise<void>, overrides: Partial<Services> = {}) => {
    const { baseUrl } = endpoint;
    const env = {
      MODEL_BASE_URL: baseUrl,
      MODEL_API_KEY: "k",
      MODEL_NAME: "small",
      MODEL_TIMEOUT_MS: 20_000,
    };
    const model = guardedModel(modelFrom(env), () => now);
    return database.rolledBack(async (tx) => body(await aWorld(tx, { model, ...overrides })));
  };
  const text = "May I use Quillmate on internal notes about anna@aldermoor.example being off with nerves?";
  const facts = { dataClasses: ["special_category"], words: { dataClasses: "off with nerves" } };

  it("lets it read the masked question and stream the wording of the verdict", () =>
    world(async ({ ask, see, phrase }) => {
      endpoint.answer = JSON.stringify(facts);
      const path = (await ask(text)).location ?? "";
      const { body } = await see(path);
      expect(body.verdict.outcome).toBe("not_allowed");
      expect(body).toMatchObject({ wording: true, model: "small", answer: { reading: { failed: null } } });
      expect(body.facts.find((f) => f.fact === "dataClasses")?.words).toContain("off with nerves");
      expect(JSON.stringify(endpoint.requests)).not.toContain("anna@");

      endpoint.answer = "That needs one more step. Please ask the person named below.";
      const response = await phrase(path);
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      const events = (await response.text()).trim().split("\n\n");
      expect(events.map((e) => JSON.parse(e.replace("data: ", "")) as unknown)).toEqual([
        { kind: "text", text: "That needs one more step. " },
        { kind: "text", text: "Please ask the person named below." },
        { kind: "done" },
      ]);
      expect((await see(path)).body).toMatchObject({ phrased: endpoint.answer, wording: false });
      expect(JSON.stringify(endpoint.requests)).not.toContain("anna@");
    }));

  it("goes on without it when the day's share is used up, and says so", () =>
    world(
      async ({ ask, see }) => {
        endpoint.answer = "{}";
        const memo = "May I use Quillmate to summarise an internal memo?";
        const readings = [];
        for (let i = 0; i < 2; i++)
          readings.push((await see((await ask(memo)).location ?? "")).body.answer.reading?.failed);
        expect(readings).toEqual([null, "over_limit"]);
        expect(endpoint.requests).toHaveLength(1);
      },
      { modelLimits: { calls: 1, characters: 100_000 } },
    ));

  it("leaves it alone after three failures, and says so", () =>
    world(async ({ ask, see }) => {
      endpoint.mood = "down";
      const memo = "May I use Quillmate to summarise an internal memo?";
      const readings = [];
      for (let i = 0; i < 4; i++)
        readings.push((await see((await ask(memo)).location ?? "")).body.answer.reading?.failed);
      expect(readings).toEqual(["unreachable", "unreachable", "unreachable", "resting"]);
    }));

  it("reads what was stored when only the failure itself was kept", () =>
    world(async ({ ask, see, context }) => {
      endpoint.answer = "{}";
      const path = (await ask("May I use Quillmate to summarise an internal memo?")).location ?? "";
      for (const [stored, failed] of [
        ["true", "unreachable"],
        ["false", null],
      ] as const) {
        await context.db.execute(
          sql`update question set answer = jsonb_set(answer, '{reading,failed}', ${stored}::jsonb)`,
        );
        expect((await see(path)).body.answer.reading).toEqual({ model: "small", failed });
      }
    }));

  it("goes on without it when it fails, and says so", () =>
    world(async ({ ask, see, phrase }) => {
      endpoint.mood = "down";
      const path = (await ask("May I use Quillmate to summarise an internal memo?")).location ?? "";
      const { body } = await see(path);
      expect(body.verdict.outcome).toBe("cleared");
      expect(body.answer.reading).toEqual({ model: "small", failed: "unreachable" });
      expect(await (await phrase(path)).text()).toBe('data: {"kind":"failed"}\n\n');
      expect((await see(path)).body.phrased).toBeNull();
    }));
});
