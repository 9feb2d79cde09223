import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { noticeChangedAnswers } from "#app/domain/assistant/notice.server.ts";
import { loader as homeLoader } from "#app/routes/_app._index/route.tsx";
import { loader as feedbackLoader } from "#app/routes/_app.admin.feedback/route.tsx";
import { action as askAction, loader as askLoader } from "#app/routes/_app.ask._index/route.tsx";
import { action, loader } from "#app/routes/_app.ask.$questionId/route.tsx";
import { loader as phraseLoader } from "#app/routes/_app.ask.$questionId_.phrase.ts";
import { loader as shellLoader } from "#app/routes/_app.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { publishSample } from "#test/sample.ts";

const now = new Date("2026-11-24T09:00:00Z");
const reviewPassed = new Date("2027-03-02T09:00:00Z");
const memo = "May I use Quillmate to summarise an internal memo?";
type Page = Awaited<ReturnType<typeof loader>>;
type Start = Awaited<ReturnType<typeof askLoader>>;
type Shell = Awaited<ReturnType<typeof shellLoader>>;
type Home = Awaited<ReturnType<typeof homeLoader>>;
type Feedback = Awaited<ReturnType<typeof feedbackLoader>>;

async function aWorld(db: Db) {
  await publishSample(db, new Date("2026-11-23T08:00:00Z"));
  let today = now;
  let minutes = 0;
  const clock = () => new Date(today.getTime() + 60_000 * minutes++);
  const context = services(db, now, { now: clock });
  const visit = (path: string, as: string) => ({
    as,
    params: { questionId: /\/ask\/([^?#/]+)/.exec(path)?.[1] ?? "" },
  });
  return {
    context,
    wait: (until: Date) => {
      today = until;
    },
    ask: async (text = memo, as = "p-mila") =>
      (await send(askAction, context, "/ask", { text }, { as })).location ?? "",
    see: (path: string, as = "p-mila") => open<Page>(loader, context, path, visit(path, as)),
    act: (path: string, fields: Record<string, string | string[]>, as = "p-mila") =>
      send(action, context, path, fields, visit(path, as)),
    start: (search = "", as = "p-mila") => open<Start>(askLoader, context, `/ask${search}`, { as }),
    shell: (as = "p-mila") => open<Shell>(shellLoader, context, "/", { as }),
    home: (as = "p-mila") => open<Home>(homeLoader, context, "/", { as }),
    feedback: (search = "", as = "p-ravi") =>
      open<Feedback>(feedbackLoader, context, `/admin/feedback${search}`, { as }),
    phrase: (path: string, as: string) => open(phraseLoader, context, `${path}/phrase`, visit(path, as)),
  };
}
type World = Awaited<ReturnType<typeof aWorld>>;

onBothEngines("what people do with an answer", (database) => {
  const world = (body: (w: World) => Promise<void>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it(
    "feedback: keeps the text of a no without a reason, then stands as given",
    world(async ({ ask, see, act, feedback }) => {
      const path = await ask();
      expect((await act(path, { intent: "feedback", reason: "" })).form.errors).toEqual({
        helpful: "Was this answer helpful? Choose yes or no.",
      });
      const refused = await act(path, { intent: "feedback", helpful: "no", reason: "" });
      expect(refused).toMatchObject({
        status: 422,
        form: {
          values: { helpful: "no" },
          errors: {
            reason: "Reason: say in a few words what was wrong or missing, so that it can be put right.",
          },
        },
      });
      const long = await act(path, { intent: "feedback", helpful: "no", reason: "x".repeat(1001) });
      expect(long).toMatchObject({ status: 422, form: { values: { reason: "x".repeat(1001) } } });
      const given = await act(path, { intent: "feedback", helpful: "no", reason: "Too long" });
      expect(given).toMatchObject({ status: 302, location: `${path}?done=rated#feedback` });
      expect((await see(path)).body.feedback).toMatchObject({ helpful: false, reason: "Too long" });
      expect((await feedback()).body.rows).toMatchObject([{ text: memo, reason: "Too long" }]);
      expect((await feedback("?helpful=yes&outcome=skynet")).body).toMatchObject({
        rows: [],
        filter: { helpful: "yes", outcome: "", page: 1 },
      });
      expect((await feedback("", "p-sofia")).status).toBe(200);
      for (const as of ["p-mila", "p-ines"]) expect((await feedback("", as)).status).toBe(403);
    }),
  );

  it(
    "share: by a search for the name, read-only, and taken back only when confirmed",
    world(async ({ ask, see, act, start, phrase }) => {
      const path = await ask();
      expect((await see(path)).body).toMatchObject({ search: "", colleagues: [] });
      expect((await see(`${path}?colleague=dana`)).body.colleagues.map((c) => c.id)).toEqual(["p-dana"]);
      expect((await see(path, "p-dana")).status).toBe(404);
      const shared = await act(path, { intent: "share", personId: "p-dana" });
      expect(shared).toMatchObject({ status: 302, location: `${path}?done=shared#share` });

      const { body } = await see(path, "p-dana");
      expect(body).toMatchObject({
        viewer: "colleague",
        asker: "Mila Janssen",
        feedback: null,
        wording: false,
      });
      expect((await start("", "p-dana")).body.shared).toMatchObject([{ text: memo, outcome: "cleared" }]);
      expect((await start("", "p-dana")).body.questions).toEqual([]);
      const tries: ({ intent: string } & Record<string, string | string[]>)[] = [
        { intent: "open-case" },
        { intent: "judge-again" },
        { intent: "watch", watched: "no" },
        { intent: "choose", purposes: ["translate"] },
        { intent: "feedback", helpful: "yes" },
        { intent: "share", personId: "p-ravi" },
        { intent: "unshare", personId: "p-dana", confirmed: "yes" },
      ];
      for (const fields of tries) expect((await act(path, fields, "p-dana")).status, fields.intent).toBe(404);
      expect((await phrase(path, "p-dana")).status).toBe(404);

      const unconfirmed = await act(path, { intent: "unshare", personId: "p-dana" });
      expect(unconfirmed).toMatchObject({
        status: 422,
        form: { errors: { confirmed: "Tick the box to confirm that you take it back." } },
      });
      await act(path, { intent: "unshare", personId: "p-dana", confirmed: "yes" });
      expect((await see(path, "p-dana")).status).toBe(404);
      const self = await act(path, { intent: "share", personId: "p-mila" });
      expect(self).toMatchObject({
        status: 409,
        form: { errors: { colleague: "Colleague: this is you. Choose somebody else." } },
      });
      expect((await act(path, { intent: "share", personId: "p-nobody" })).status).toBe(404);
    }),
  );

  it(
    "tell me: a badge, a list at home and under Ask, a banner, and a new answer from the same facts",
    world(async ({ context, ask, see, act, shell, home, start, wait }) => {
      const path = await ask();
      const badge = async () => (await shell()).body.links.find((link) => link.to === "/ask")?.news;
      expect(await badge()).toBe(0);
      expect((await see(path)).body).toMatchObject({ watched: true, notice: null });
      wait(reviewPassed);
      await noticeChangedAnswers(context.db, reviewPassed);
      expect(await badge()).toBe(1);
      expect((await home()).body.changed).toMatchObject([{ text: memo, after: "not_allowed" }]);
      expect((await start()).body.changed).toMatchObject([{ text: memo, seen: false }]);
      expect((await see(path)).body).toMatchObject({
        verdict: { outcome: "cleared" },
        notice: { after: "not_allowed" },
      });
      expect(await badge()).toBe(0);
      expect((await home()).body.changed).toEqual([]);
      expect((await start()).body.changed).toMatchObject([{ seen: true }]);

      const again = await act(path, { intent: "judge-again" });
      expect(again.location).toMatch(/^\/ask\/[0-9a-f-]+\?done=judged$/);
      expect((await see(again.location ?? "")).body).toMatchObject({
        text: memo,
        verdict: { outcome: "not_allowed" },
        notice: null,
        done: "judged",
      });
      expect((await act(path, { intent: "judge-again" })).status).toBe(409);
      expect((await start()).body).toMatchObject({ changed: [], questions: [{ outcome: "not_allowed" }] });
    }),
  );

  it(
    "do not tell me: by a switch that can be switched back",
    world(async ({ context, ask, see, act }) => {
      const path = await ask();
      const off = await act(path, { intent: "watch", watched: "no" });
      expect(off.location).toBe(`${path}?done=unwatched`);
      expect((await see(path)).body.watched).toBe(false);
      expect(await noticeChangedAnswers(context.db, reviewPassed)).toBe(0);
      await act(path, { intent: "watch", watched: "yes" });
      expect(await noticeChangedAnswers(context.db, reviewPassed)).toBe(1);
      expect((await act(path, { intent: "watch", watched: "perhaps" })).status).toBe(422);
    }),
  );

  it(
    "history: is searched, narrowed and paged by its address",
    world(async ({ ask, act, start }) => {
      for (let i = 0; i < 21; i++) await ask(`May I use Quillmate to summarise internal memo ${i}?`);
      await ask("May I use Midjourney to draw 100%_of our plant?");
      const texts = async (search: string) => (await start(search)).body.questions.map((q) => q.text);
      expect(await texts("?q=MIDJOURNEY")).toEqual(["May I use Midjourney to draw 100%_of our plant?"]);
      expect(await texts("?q=100%25_")).toHaveLength(1);
      expect(await texts("?q=1%25_of")).toEqual([]);
      expect(await texts("?outcome=not_allowed")).toHaveLength(1);
      expect(await texts("?outcome=nonsense&q=midjourney")).toHaveLength(1);
      const first = (await start("?outcome=cleared&q=memo")).body;
      expect(first.questions).toHaveLength(20);
      expect(first.filter).toEqual({ q: "memo", outcome: "cleared" });
      const rest = await start(`?outcome=cleared&q=memo&before=${first.next?.toISOString()}`);
      expect(rest.body).toMatchObject({
        older: true,
        next: null,
        questions: [{ text: "May I use Quillmate to summarise internal memo 0?" }],
      });
      const asked = (await start("?q=midjourney")).body.questions[0];
      await act(`/ask/${asked?.id}`, { intent: "choose", dataClasses: ["secrets"] });
      expect(await texts("?q=secrets+and+credentials")).toEqual([asked?.text]);
      expect((await start("?q=midjourney", "p-dana")).body.questions).toEqual([]);
    }),
  );

  it(
    "sends visitors to sign in",
    world(async ({ context }) => {
      expect((await open(feedbackLoader, context, "/admin/feedback")).location).toBe(
        "/sign-in?to=%2Fadmin%2Ffeedback",
      );
    }),
  );
});
