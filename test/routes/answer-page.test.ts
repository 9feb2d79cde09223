import { describe, expect, it } from "vitest";
import { headingOf } from "#app/domain/assistant/answer.ts";
import { answerWords } from "#app/domain/assistant/answer-words.ts";
import { originOf, riskFlagOf } from "#app/routes/_app.ask.$questionId/words.ts";

const { en, de, fr } = answerWords;

describe("the heading of an answer", () => {
  it("names the outcome, and where only the rules were asked about, what they say", () => {
    expect(headingOf({ matter: "use", outcome: "asked_back" }, de)).toBe("Rückfrage");
    expect(headingOf({ matter: "use", outcome: "not_covered" }, fr)).toBe("Non prévu par les politiques");
    expect(headingOf({ matter: "rules", outcome: "cleared" }, de)).toBe("Was die Richtlinien sagen");
  });
});

describe("the risk flag", () => {
  it.each([
    ["employment", "Annex III(4)(a)", "Risk flag: Employment"],
    ["art5(1)(f)", undefined, "Risk flag: Art. 5(1)(f)"],
    ["art5(1)(f)", "Art. 5(1)(f)", "Risk flag"],
    ["an_area_of_tomorrow", undefined, "Risk flag"],
    [null, undefined, "Risk flag"],
  ])("of %s beside %s says %s", (area, anchor, said) => {
    expect(riskFlagOf(area, anchor, en)).toBe(said);
  });
  it("speaks the language of the words", () => {
    expect(riskFlagOf("law_enforcement", undefined, de)).toBe("Risikohinweis: Strafverfolgung");
  });
});

describe("where a fact comes from", () => {
  const read = { model: "small", failed: null };
  const fact = { source: "inferred", confidence: 0.6 } as const;
  it.each([
    ["no model is configured", null, "read from your words · likely"],
    ["the model failed", { ...read, failed: "unreachable" as const }, "read from your words · likely"],
    ["the model read it too", read, "read by the model · likely"],
  ])("names a model only where one took part: %s", (_when, reading, said) => {
    expect(originOf(fact, { viewer: "asker", answer: { reading } }, en)).toBe(said);
  });
  it("says how sure it is, but not of what is taken for granted", () => {
    const view = { viewer: "colleague", answer: { reading: null } } as const;
    expect(originOf({ source: "stated", confidence: 0.9 }, view, de)).toBe(
      "Worte der fragenden Person · sicher",
    );
    expect(originOf({ source: "assumed", confidence: 0.5 }, view, en)).toBe(
      "taken for granted for this purpose",
    );
  });
});
