import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import type { Facts } from "../risk/facts.ts";
import { judge } from "../risk/verdict.ts";
import { aboutRules } from "./about-rules.server.ts";
import { answerTo } from "./answer.server.ts";
import { languageOf } from "./language-detection.ts";
import { readQuestion, worldOf } from "./reading.server.ts";

const now = new Date("2026-11-24T09:00:00Z");

onBothEngines("a question about the rules", (database) => {
  const inSample = (act: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      await act(tx);
    });

  /** The answer to a text that is taken for a question about `matter`, with no fact of a use in it. */
  const answered = async (tx: Db, title: string, matter: Facts["matter"] = "rules") => {
    const world = await worldOf(tx, samplePerson("p-mila"), now);
    const reading = await readQuestion({ text: "Hello." }, { model: null }, world);
    const judged = judge({ ...reading.facts, matter }, world.context, world.today);
    const { verdict, sources } = await aboutRules(tx, judged, title, world);
    const asked = { ...reading, title, language: languageOf(title) };
    return { verdict, answer: await answerTo(tx, asked, verdict, false, world, sources) };
  };

  it.each([
    ["How long do we keep the records of oversight?", "human-oversight-procedure", "3.2"],
    ["Kann ich einen KI-Vorfall anonym melden?", "ai-incident-procedure", "2.2"],
    ["Qui prévient les autorités après un incident ?", "ai-incident-procedure", "3.2"],
    ["¿Con qué frecuencia se repite la formación?", "ai-policy", "4.2"],
  ])("is answered by the clauses in force: %s", (title, policySlug, number) =>
    inSample(async (tx) => {
      const { verdict, answer } = await answered(tx, title);
      expect(verdict).toMatchObject({ outcome: "cleared", matter: "rules", conditions: [], tools: [] });
      expect(answer.quotes).toContainEqual(expect.objectContaining({ policySlug, number }));
      expect(answer.quotes.length).toBeLessThanOrEqual(3);
    })(),
  );

  it(
    "is answered by the register, too",
    inSample(async (tx) => {
      const { answer } = await answered(tx, "For how many days does Quillmate keep inputs?");
      expect(answer.entries?.[0]).toMatchObject({ slug: "quillmate", name: "Quillmate" });
      expect(answer.entries?.[0]?.text).toContain("30 days");
    }),
  );

  it.each([["How many days of annual leave do I have left?"], ["Wann öffnet die Kantine?"]])(
    "that nothing answers is refused without sources: %s",
    (title) =>
      inSample(async (tx) => {
        const { verdict, answer } = await answered(tx, title);
        expect(verdict.outcome).toBe("not_covered");
        expect(answer).toMatchObject({ quotes: [], entries: [] });
      })(),
  );

  it(
    "is not what a use is: that is never cleared by a search",
    inSample(async (tx) => {
      const { verdict, answer } = await answered(tx, "How long do we keep the records of oversight?", "use");
      expect(verdict.outcome).not.toBe("cleared");
      expect(answer.entries).toEqual([]);
    }),
  );
});
