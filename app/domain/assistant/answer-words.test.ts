import { describe, expect, it } from "vitest";
import { sampleRules } from "#test/sample.ts";
import { translatedLanguages } from "../risk/translation.ts";
import { assumedDataCondition } from "../risk/verdict.ts";
import { answerWords, citationIn, fill } from "./answer-words.ts";

/** Every text of a catalogue by its path, such as `leads.cleared`. */
function textsOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  const inner = Object.entries(value as object).map(([key, v]) =>
    textsOf(v, path === "" ? key : `${path}.${key}`),
  );
  return new Map(inner.flatMap((texts) => [...texts]));
}

const placeholders = (text = ""): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();

/** Words that stand in no text of another language, unless it is left in English. */
const englishWords =
  /(?<!\p{L})(?:the|and|of|is|are|you|your|what|which|with|by|for|from|that|this|it|be)(?!\p{L})/iu;

/** Texts that are the same word in two languages, or hold nothing to translate. */
const alike: Record<(typeof translatedLanguages)[number], string[]> = {
  de: ["facts.titles.system", "facts.titles.profiling", "facts.channels.text", "namesInText"],
  fr: ["headings.conditions", "version", "copy.question", "why.law.point", "namesInText"],
  es: ["namesInText"],
};
const bare = ["card.caseByAsker", "why.law.Regulation (EU)"];

describe("the words of an answer", () => {
  it.each(translatedLanguages)(
    "are all there in %s, with the same placeholders, and none left in English",
    (language) => {
      const english = textsOf(answerWords.en);
      const texts = textsOf(answerWords[language]);
      expect([...texts.keys()].toSorted()).toEqual([...english.keys()].toSorted());
      for (const [path, text] of texts) {
        expect(placeholders(text), path).toEqual(placeholders(english.get(path)));
        expect(text.trim(), path).not.toBe("");
        expect(text, path).not.toMatch(englishWords);
        if (text === english.get(path))
          expect([...alike[language], ...bare], `${language} ${path}`).toContain(path);
      }
    },
  );

  it.each(translatedLanguages)("and those of rules and purposes are in %s", (language) => {
    const { rules, purposes, translations } = sampleRules();
    const said = translations?.[language];
    for (const rule of rules) {
      const texts = said?.rules[rule.id];
      const [title, reason] = [texts?.title ?? "", texts?.reason ?? ""];
      expect([title, reason], rule.id).not.toContain("");
      for (const text of [title, reason, ...(texts?.conditions ?? []), texts?.derogation ?? ""])
        expect(text, rule.id).not.toMatch(englishWords);
      expect(title === rule.title || reason === rule.reason, rule.id).toBe(false);
      expect(reason.match(/Art\. \d+\(\d+\)/g), rule.id).toEqual(rule.reason.match(/Art\. \d+\(\d+\)/g));
    }
    for (const { slug, name } of purposes) expect(said?.purposes[slug], slug).not.toBe(name);
  });

  it("call high risk and prohibited by the terms of the AI Act", () => {
    const texts = translatedLanguages.map((l) =>
      JSON.stringify(sampleRules().translations?.[l].rules["annex-iii-4-a"]),
    );
    expect(texts[0]).toContain("Hochrisiko");
    expect(texts[1]).toContain("à haut risque");
    expect(texts[2]).toContain("de alto riesgo");
  });

  it("say in English what the rules engine says", () => {
    expect(answerWords.en.assumedData).toBe(assumedDataCondition);
  });
});

describe("fill", () => {
  it("fills each name, and leaves one without a value to be seen", () => {
    expect(fill("Yes, with {tools} or {tools} by {day}.", { tools: "Quillmate" })).toBe(
      "Yes, with Quillmate or Quillmate by {day}.",
    );
  });
});

describe("citationIn", () => {
  const source = "Regulation (EU) 2024/1689, Art. 6(2) and Annex III point 3(a) to (c)";
  it("puts the words of a citation into a language and keeps its numbers", () => {
    expect(citationIn(source, answerWords.en)).toBe(source);
    expect(citationIn(source, answerWords.de)).toBe(
      "Verordnung (EU) 2024/1689, Art. 6(2) und Anhang III Nummer 3(a) bis (c)",
    );
    expect(citationIn(source, answerWords.fr)).toBe(
      "Règlement (UE) 2024/1689, Art. 6(2) et Annexe III point 3(a) à (c)",
    );
    expect(citationIn("Annex III(4)(a)", answerWords.es)).toBe("Anexo III(4)(a)");
  });
  it("leaves alone what is no citation of the Act", () => {
    expect(citationIn("Works agreement to and fro", answerWords.de)).toBe("Works agreement to and fro");
    expect(citationIn("", answerWords.de)).toBe("");
  });
});
