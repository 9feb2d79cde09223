import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { passage } from "#db/schema/passage.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample } from "#test/sample.ts";
import { embedPassages } from "./passage.server.ts";
import { clausesAbout, passagesById, passagesNamed, retrieve, type Search } from "./retrieval.server.ts";

const published = new Date("2026-11-23T08:00:00Z");
const today = "2026-11-24";

onBothEngines("retrieval", (database) => {
  const inSample = (body: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, published);
      await body(tx);
    });
  const ask = (tx: Db, text: string, more: Partial<Search> = {}) =>
    retrieve(tx, { text, language: "en", today, limit: 5, ...more });
  const first = async (tx: Db, text: string, more: Partial<Search> = {}) =>
    (await ask(tx, text, more)).hits[0]?.ref;

  it(
    "finds clauses in force by what they say",
    inSample(async (tx) => {
      expect(await first(tx, "May I enter a password or an access token?")).toBe("acceptable-use-policy#3.4");
      expect(await first(tx, "customer e-mails in an approved tool")).toBe("acceptable-use-policy#3.3");
      expect(await first(tx, "shadow AI: private chatbot accounts")).toBe("acceptable-use-policy#2.3");
      expect(await first(tx, "When do we need four eyes?")).toBe("escalation-procedure#3.2");
    }),
  );

  it.each([
    ["de", "Darf ich Kundendaten eingeben?", "acceptable-use-policy#3.3"],
    ["fr", "Puis-je saisir un mot de passe ?", "acceptable-use-policy#3.4"],
    ["es", "¿Puedo introducir el código fuente?", "acceptable-use-policy#3.5"],
    // A German compound, and slips of the pen in two languages.
    ["de", "Gibt es eine Kundendatenregel?", "acceptable-use-policy#3.3"],
    ["de", "Wo steht etwas über Kundendatn?", "acceptable-use-policy#3.3"],
    ["en", "Who is in charge of the pasword and credentails rules?", "acceptable-use-policy#3.4"],
  ] as const)("finds an English clause for the %s question %s", (language, text, ref) =>
    inSample(async (tx) => {
      const { hits, answerable } = await ask(tx, text, { language, kinds: ["clause"] });
      expect(hits.map((hit) => hit.ref)).toContain(ref);
      expect(answerable).toBe(true);
    })(),
  );

  it(
    "finds the clause whose number is named, and the entry of a tool",
    inSample(async (tx) => {
      const named = (await ask(tx, "What does 4.3 say?")).hits;
      expect(named[0]?.ref).toBe("acceptable-use-policy#4.3");
      expect(await first(tx, "For how many days does Quillmate keep inputs?")).toBe("quillmate");
      const only = await ask(tx, "For how many days does Quillmate keep inputs?", { kinds: ["clause"] });
      expect(only.hits.every((hit) => hit.kind === "clause")).toBe(true);
    }),
  );

  it.each([
    ["en", "How many days of annual leave do I have left?"],
    ["de", "Wann öffnet die Kantine?"],
    ["fr", "Quelle est la recette du gratin ?"],
    ["es", "¿Cuándo cobro el aguinaldo?"],
  ] as const)("has no answer to the %s question %s, and quotes nothing", (language, text) =>
    inSample(async (tx) => {
      expect((await ask(tx, text, { language })).answerable).toBe(false);
      expect(await clausesAbout(tx, { text, language, today, limit: 2 })).toEqual([]);
    })(),
  );

  it(
    "quotes the version in force on the day, never a superseded or a future one",
    inSample(async (tx) => {
      const version = async (day: string) => {
        const { hits } = await ask(tx, "customer data", { today: day, limit: 50, kinds: ["clause"] });
        const found = [
          ...(await passagesById(
            tx,
            hits.map((hit) => hit.sourceId),
          )),
          ...(await passagesNamed(tx, ["acceptable-use-policy#3.3"], day)),
        ].filter((p) => p.policySlug === "acceptable-use-policy");
        return [...new Set(found.map((p) => p.policyVersion))];
      };
      expect(await version("2025-01-14")).toEqual([]);
      expect(await version("2025-06-01")).toEqual(["1.0"]);
      expect(await version("2026-02-28")).toEqual(["1.0"]);
      expect(await version("2026-03-01")).toEqual(["2.0"]);
    }),
  );

  it(
    "answers named clauses and ids in the order given and leaves out unknown ones",
    inSample(async (tx) => {
      const refs = ["transparency-standard#1.1", "acceptable-use-policy#99.1", "acceptable-use-policy#4.3"];
      const found = await passagesNamed(tx, refs, today);
      expect(found.map((p) => p.policySlug)).toEqual(["transparency-standard", "acceptable-use-policy"]);
      const backwards = found.toReversed();
      expect(
        await passagesById(
          tx,
          backwards.map((p) => p.clauseId),
        ),
      ).toEqual(backwards);
      expect(await passagesNamed(tx, [], today)).toEqual([]);
    }),
  );

  it(
    "lets vectors decide among what words select, and does without an endpoint that fails",
    inSample(async (tx) => {
      // Texts about passwords point one way, all others another.
      const embedding = {
        model: "two-ways",
        embed: async (texts: string[]) =>
          texts.map((t) => (/recovery codes|hidden/.test(t) ? [1, 0] : [0, 1])),
      };
      expect(await embedPassages(tx, embedding, 1000)).toBeGreaterThan(80);
      expect(await embedPassages(tx, embedding, 1000)).toBe(0);
      const search = { text: "hidden tool", language: "en" as const, today, limit: 3 };
      const closest = await retrieve(tx, { ...search, text: "hidden: never enter tool" }, embedding);
      expect(closest.hits[0]?.ref).toBe("acceptable-use-policy#3.4");
      const broken = { model: "broken", embed: () => Promise.reject(new Error("no answer")) };
      expect(await retrieve(tx, search, broken)).toEqual(await retrieve(tx, search));
    }),
  );

  it(
    "gives a changed passage a new vector",
    inSample(async (tx) => {
      const embedding = { model: "one-way", embed: async (texts: string[]) => texts.map(() => [1]) };
      await embedPassages(tx, embedding, 1000);
      await tx.update(passage).set({ embeddingModel: "an older one" }).where(eq(passage.ref, "quillmate"));
      expect(await embedPassages(tx, embedding, 1000)).toBe(1);
    }),
  );

  it.each([
    ["nothing", ""],
    ["white space", "   "],
    ["stop words", "the of and"],
    ["operators", "' | & ! <-> ( :*"],
    ["other scripts", "💥 ∑ 汉字"],
    ["quotes and backslashes", "a\\b\"c'd l'outil\\' data"],
    ["one endless word", "x".repeat(2000)],
    ["many strange words", Array.from({ length: 300 }, (_, i) => `zqx${i}k`).join(" ")],
  ])("takes %s for a search", (_title, text) =>
    inSample(async (tx) => {
      expect((await ask(tx, text)).hits.length).toBeLessThanOrEqual(5);
    })(),
  );
});
