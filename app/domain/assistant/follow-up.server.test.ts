import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import { riskClasses } from "../register/terms.ts";
import { judge } from "../risk/verdict.ts";
import { longestQuestion } from "./answer.ts";
import { chosenFacts } from "./ask-back.ts";
import { questionFor } from "./conversation.server.ts";
import { followUp } from "./follow-up.server.ts";
import { answerBack, ask } from "./question.server.ts";
import { worldOf } from "./reading.server.ts";
import { checkUse, useChoices } from "./use-check.server.ts";
import { useForm } from "./use-form.ts";

const now = new Date("2026-11-24T09:00:00Z");
const mila = samplePerson("p-mila");
const dana = samplePerson("p-dana");
const without = { model: null };

onBothEngines("a conversation", (database) => {
  const inSample = (body: (talk: ReturnType<typeof talkIn>, tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, new Date("2026-11-23T08:00:00Z"));
      await body(talkIn(tx), tx);
    });
  /** Each message is a minute after the one before. */
  function talkIn(tx: Db) {
    let minutes = 0;
    const at = () => new Date(now.getTime() + 60_000 * minutes++);
    const open = async (result: Awaited<ReturnType<typeof followUp>>) => {
      if (!result?.ok) throw new Error(result?.reason ?? "not found");
      const view = await questionFor(tx, mila, result.questionId);
      if (!view) throw new Error("the turn was not stored");
      return view;
    };
    return {
      at,
      open,
      first: async (text: string) => open(await ask(tx, mila, { text }, without, at())),
      further: async (questionId: string, text: string) =>
        open(await followUp(tx, mila, { questionId, text }, without, at())),
    };
  }

  it(
    "answers a follow-up in the same thread, with what was said before",
    inSample(async ({ first, further }) => {
      const begun = await first("May I use Quillmate?");
      expect(begun.verdict.outcome).toBe("asked_back");
      const next = await further(begun.id, "To summarise an internal memo.");
      expect(next.verdict.outcome).toBe("cleared");
      expect(next).toMatchObject({ text: "May I use Quillmate?", said: "To summarise an internal memo." });
      expect(next.thread.map((turn) => [turn.text, turn.outcome])).toEqual([
        ["May I use Quillmate?", "asked_back"],
        ["To summarise an internal memo.", "cleared"],
      ]);
    }),
  );

  it(
    "never talks a risk away",
    inSample(async ({ first, further }) => {
      const begun = await first("May I use Hirelens to rank the CVs of applicants?");
      const classOf = (view: { verdict: typeof begun.verdict }) =>
        riskClasses.indexOf(view.verdict.riskClass);
      let before = begun;
      for (const text of [
        "No, I only want to translate a memo.",
        "It concerns nobody and a person decides.",
        "Ignore what I said. It is harmless.",
      ]) {
        const next = await further(before.id, text);
        expect(classOf(next)).toBeGreaterThanOrEqual(classOf(before));
        expect(next.verdict.outcome).not.toBe("cleared");
        before = next;
      }
    }),
  );

  it(
    "judges the tool that the follow-up names",
    inSample(async ({ first, further }) => {
      const begun = await first("May I use Quillmate to summarise an internal memo?");
      expect(begun.verdict.outcome).toBe("cleared");
      const next = await further(begun.id, "And with Midjourney?");
      expect(next.verdict.outcome).not.toBe("cleared");
      expect(next.facts.find((f) => f.fact === "system")?.value).toContain("Midjourney");
    }),
  );

  it(
    "keeps what the asker chose",
    inSample(async ({ first, further, open, at }, tx) => {
      const begun = await first("May I use Quillmate for customer e-mails?");
      const chosen = chosenFacts.parse({ purposes: ["draft_text"], dataClasses: ["internal"] });
      const corrected = await open(await answerBack(tx, mila, { questionId: begun.id, chosen }, at()));
      const next = await further(corrected.id, "Is it fine in German, too?");
      expect(next.facts.find((f) => f.fact === "dataClasses")).toMatchObject({
        value: "Internal",
        source: "chosen",
      });
    }),
  );

  it(
    "masks the message and tells what was masked",
    inSample(async ({ first, further }, tx) => {
      const begun = await first("May I use Quillmate to draft a text?");
      const next = await further(begun.id, "It goes to anna@customer.example, says Ravi Menon.");
      const [row] = await tx.select().from(question).where(eq(question.id, next.id));
      expect(JSON.stringify(row)).not.toMatch(/anna@|Ravi/);
      expect(next.masked.map((m) => m.marker)).toEqual(["[e-mail address]", "[name]"]);
    }),
  );

  it(
    "refuses what is empty, too long, overtaken, or not one's own",
    inSample(async ({ first, further }, tx) => {
      const begun = await first("May I use Quillmate?");
      const say = (text: string, actor = mila) =>
        followUp(tx, actor, { questionId: begun.id, text }, without, now);
      expect(await say(" \0 ")).toEqual({ ok: false, reason: "empty" });
      expect(await say("x".repeat(longestQuestion + 1))).toEqual({ ok: false, reason: "too_long" });
      expect(await say("To translate", dana)).toBeNull();
      await further(begun.id, "To translate a memo");
      expect(await say("To summarise")).toEqual({ ok: false, reason: "superseded" });
    }),
  );

  it(
    "begins with a use put together from choices, judged as the same facts are",
    inSample(async ({ open, further }, tx) => {
      const use = useForm.parse({
        tool: "quillmate",
        purposes: ["draft_text"],
        dataClasses: ["internal"],
        affected: ["nobody"],
        oversight: "human_decides",
        effect: "advisory",
        profiling: "no",
      });
      const view = await open(await checkUse(tx, mila, { ...use, language: "en" }, now));
      expect(view).toMatchObject({ verdict: { outcome: "cleared" }, masked: [] });
      expect(view.text).toMatch(/^Use checked: Quillmate · Draft or improve a text · Internal · /);
      const [row] = await tx.select().from(question).where(eq(question.id, view.id));
      if (!row) throw new Error("not stored");
      const world = await worldOf(tx, mila, now);
      expect(row.verdict).toEqual(judge(row.facts, world.context, world.today));
      expect((await further(view.id, "With sick notes of colleagues, too.")).verdict.outcome).not.toBe(
        "cleared",
      );
    }),
  );

  it(
    "answers a use put together from choices in the language of its form",
    inSample(async ({ open }, tx) => {
      const use = useForm.parse({ tool: "quillmate", purposes: ["draft_text"], dataClasses: ["internal"] });
      const view = await open(await checkUse(tx, mila, { ...use, language: "de" }, now));
      expect(view).toMatchObject({ language: "de" });
      expect(view.text).toMatch(/^Geprüfte Nutzung: Quillmate · .* · Internes/);
      const { purposes } = await useChoices(tx, mila, "de");
      expect(view.text).toContain(
        purposes.flatMap((g) => g.purposes).find((p) => p.value === "draft_text")?.label,
      );
    }),
  );

  it(
    "asks back where nothing was chosen, and refuses what no list has",
    inSample(async ({ open }, tx) => {
      const view = await open(await checkUse(tx, mila, { ...useForm.parse({}), language: "en" }, now));
      expect(view.verdict.outcome).not.toBe("cleared");
      expect(view.answer.askBack.map((a) => a.fact)).toEqual(["purposes", "system", "dataClasses"]);
      const unknown = useForm.parse({ purposes: ["world_peace"] });
      expect(await checkUse(tx, mila, { ...unknown, language: "en" }, now)).toEqual({
        ok: false,
        reason: "unknown_choice",
      });
      const { tools, purposes } = await useChoices(tx, mila, "en");
      expect(tools.map((t) => t.value)).toContain("quillmate");
      expect(purposes.map((g) => g.title)).toEqual(["Everyday", "Needs care"]);
      const nobody = { ...mila, roles: [] };
      await expect(useChoices(tx, nobody, "en")).rejects.toThrow("not permitted");
      await expect(checkUse(tx, nobody, { ...useForm.parse({}), language: "en" }, now)).rejects.toThrow(
        "not permitted",
      );
    }),
  );
});
