import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { askLimit } from "#app/http/ask-limit.server.ts";
import type { Services } from "#app/http/services.ts";
import { action as checkAction, loader as checkLoader } from "#app/routes/_app.ask.check/route.tsx";
import { action as askAction } from "#app/routes/_app.ask._index/route.tsx";
import { action, loader } from "#app/routes/_app.ask.$questionId/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { publishSample } from "#test/sample.ts";

const now = new Date("2026-11-24T09:00:00Z");
type Check = Awaited<ReturnType<typeof checkLoader>>;
type Page = Awaited<ReturnType<typeof loader>>;
type Fields = Record<string, string | string[]>;

async function aWorld(db: Db, overrides: Partial<Services> = {}) {
  await publishSample(db, new Date("2026-11-23T08:00:00Z"));
  let minutes = 0;
  const clock = () => new Date(now.getTime() + 60_000 * minutes++);
  const context = services(db, now, { now: clock, ...overrides });
  const visit = (path: string) => ({ as: "p-mila", params: { questionId: path.split("/")[2] ?? "" } });
  return {
    context,
    form: () => open<Check>(checkLoader, context, "/ask/check", { as: "p-mila" }),
    check: (fields: Fields) => send(checkAction, context, "/ask/check", fields, { as: "p-mila" }),
    ask: async (text: string) =>
      (await send(askAction, context, "/ask", { text }, { as: "p-mila" })).location ?? "",
    see: (path: string) => open<Page>(loader, context, path, visit(path)),
    say: (path: string, text: string) =>
      send(action, context, path, { intent: "follow-up", text }, visit(path)),
  };
}
type World = Awaited<ReturnType<typeof aWorld>>;

onBothEngines("checking a use", (database) => {
  const world = (body: (w: World) => Promise<void>, overrides?: Partial<Services>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx, overrides)));

  it(
    "sends visitors to sign in",
    world(async ({ context }) => {
      expect((await open(checkLoader, context, "/ask/check")).location).toBe("/sign-in?to=%2Fask%2Fcheck");
      expect((await send(checkAction, context, "/ask/check", {})).location).toBe("/sign-in");
    }),
  );

  it(
    "asks, refuses and answers in the language of the form",
    world(
      async ({ context, see }) => {
        const visit = { as: "p-mila", language: "de" as const };
        const { purposes } = (await open<Check>(checkLoader, context, "/ask/check", visit)).body;
        expect(purposes.flatMap((g) => g.purposes.map((p) => p.label))).toContain("Übersetzen");
        const check = (fields: Fields) => send(checkAction, context, "/ask/check", fields, visit);
        expect((await check({ tool: "unregistered" })).form.errors).toEqual({
          toolName: "Schreiben Sie, wie das Tool heißt, oder wählen Sie oben eine andere Antwort.",
        });
        const sent = await check({ tool: "quillmate", purposes: ["translate"], dataClasses: ["internal"] });
        const { language, text } = (await see(sent.location ?? "")).body;
        expect([language, text]).toEqual(["de", "Geprüfte Nutzung: Quillmate · Übersetzen · Internes"]);
        expect((await check({ tool: "quillmate" })).form.message).toMatch(
          /^Sie haben innerhalb von 5 Minuten 1 Fragen gestellt\. Fragen Sie in .* wieder\. Ihre Auswahl ist noch da\.$/,
        );
      },
      { askLimit: askLimit({ questions: 1, seconds: 300 }) },
    ),
  );

  it(
    "leads from choices to an answer",
    world(async ({ form, check, see }) => {
      const { tools, purposes } = (await form()).body;
      expect(tools.length).toBeGreaterThan(10);
      expect(purposes.flatMap((g) => g.purposes).length).toBeGreaterThan(20);
      const sent = await check({
        tool: "quillmate",
        toolName: "",
        purposes: ["draft_text"],
        dataClasses: ["internal"],
        affected: ["nobody"],
        oversight: "human_reviews",
        effect: "advisory",
        place: "",
        profiling: "unsure",
      });
      expect(sent.status).toBe(302);
      expect((await see(sent.location ?? "")).body.verdict.outcome).toBe("cleared");
    }),
  );

  it(
    "asks back when nothing was chosen",
    world(async ({ check, see }) => {
      const sent = await check({ tool: "", toolName: "", place: "" });
      const { body } = await see(sent.location ?? "");
      expect(body.verdict.outcome).not.toBe("cleared");
      expect(body.answer.askBack.length).toBeGreaterThan(0);
    }),
  );

  it(
    "keeps the choices where one is missing or not offered",
    world(async ({ check }) => {
      const fields = { tool: "unregistered", toolName: "", purposes: ["translate", "summarise"] };
      expect(await check(fields)).toMatchObject({
        status: 422,
        form: {
          values: fields,
          errors: { toolName: expect.stringContaining("what the tool is called") as string },
        },
      });
      const unknown = { tool: "skynet", purposes: ["translate"] };
      expect(await check(unknown)).toMatchObject({
        status: 422,
        form: { values: unknown, message: expect.stringContaining("not offered any more") as string },
      });
    }),
  );

  it(
    "counts as a question",
    world(
      async ({ check }) => {
        const fields = { tool: "quillmate" };
        expect((await check(fields)).status).toBe(302);
        expect(await check(fields)).toMatchObject({
          status: 429,
          form: {
            values: fields,
            message: expect.stringContaining("Your choices are still here.") as string,
          },
        });
      },
      { askLimit: askLimit({ questions: 1, seconds: 300 }) },
    ),
  );
});

onBothEngines("following a question up", (database) => {
  const world = (body: (w: World) => Promise<void>, overrides?: Partial<Services>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx, overrides)));

  it(
    "leads to the next turn, and shows the conversation",
    world(async ({ ask, say, see }) => {
      const first = await ask("May I use Quillmate?");
      const sent = await say(first, "To summarise\r\nan internal memo.");
      expect(sent.status).toBe(302);
      const { body } = await see(sent.location ?? "");
      expect(body).toMatchObject({
        verdict: { outcome: "cleared" },
        said: "To summarise\nan internal memo.",
      });
      expect(body.thread).toHaveLength(2);
      const late = await say(first, "To translate");
      expect(late).toMatchObject({ status: 409, form: { values: { text: "To translate" } } });
    }),
  );

  it(
    "refuses an empty message, and more than one person may ask, with the text kept",
    world(
      async ({ ask, say }) => {
        const first = await ask("May I use Quillmate?");
        expect((await say(first, " ")).form.errors["text"]).toContain("Write what you want to do");
        const sent = await say(first, "To translate a memo");
        const refused = await say(sent.location ?? "", "And a letter?");
        expect(refused).toMatchObject({ status: 429, form: { values: { text: "And a letter?" } } });
      },
      { askLimit: askLimit({ questions: 2, seconds: 300 }) },
    ),
  );

  it(
    "offers tools where none was named, and says what a question about the rules is",
    world(async ({ ask, see }) => {
      const { body } = await see(await ask("May I summarise an internal memo with AI?"));
      expect(body.verdict.outcome).toBe("cleared");
      expect(body.tools.length).toBeGreaterThan(0);
      expect(body.tools[0]?.name).not.toBe("");
      const rules = (await see(await ask("What does the AI policy say about approvals?"))).body;
      expect(rules).toMatchObject({ verdict: { matter: "rules" }, mayOpen: false });
    }),
  );
});
