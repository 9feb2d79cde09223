import { describe, expect, it } from "vitest";
import type { Quote } from "./answer.ts";
import { firstSentence, standingOf } from "./phrasing.ts";

const quotes: Quote[] = [
  {
    clauseId: "c",
    policySlug: "acceptable-use-policy",
    policyTitle: "Acceptable use policy",
    policyVersion: "2.0",
    number: "4.2",
    heading: "Decisions",
    quote: "A decision that noticeably affects a person must not be made by AI alone. This includes hiring.",
  },
];

describe("firstSentence", () => {
  it("waits for the end of a sentence", () => {
    expect(firstSentence("No, not yet")).toBeNull();
    expect(firstSentence("No, not yet. Ask")).toEqual({ sentence: "No, not yet. ", rest: "Ask" });
  });

  it("does not break inside a quotation", () => {
    expect(firstSentence('It says: "Not alone. This')).toBeNull();
    expect(firstSentence('It says: "Not alone. This." So')).toEqual({
      sentence: 'It says: "Not alone. This." ',
      rest: "So",
    });
  });
});

describe("a sentence under a verdict", () => {
  it.each([
    ["No, this is not allowed.", "not_allowed", "stands"],
    ["Yes, you may do that.", "not_allowed", "contradicts"],
    ["This is fine for your team.", "flagged", "contradicts"],
    ["Go ahead today.", "not_covered", "contradicts"],
    ["You may begin only after a reviewer has decided.", "flagged", "stands"],
    ["Yes, you may do that.", "cleared", "stands"],
    ["No, that is not for you.", "cleared", "contradicts"],
    ["This is not permitted.", "cleared", "contradicts"],
    ["Leave out what is not needed.", "cleared", "stands"],
    ['The policy says "must not be made by AI alone".', "not_allowed", "stands"],
    ['The policy says "may be made by AI alone".', "not_allowed", "unsupported"],
    ['The policy says "may be made by AI alone".', "cleared", "unsupported"],
  ] as const)("%s under %s → %s", (sentence, outcome, wanted) =>
    expect(standingOf(sentence, outcome, quotes, "en")).toBe(wanted),
  );

  it.each([
    ["de", "Nein, das ist nicht erlaubt.", "not_allowed", "stands"],
    ["de", "Ja, das dürfen Sie.", "not_allowed", "contradicts"],
    ["de", "Sie dürfen erst beginnen, wenn die Prüfung entschieden hat.", "flagged", "stands"],
    ["de", "Das ist kein Problem und genehmigt.", "flagged", "contradicts"],
    ["de", "Sie dürfen beginnen.", "cleared", "stands"],
    ["de", "Leider geht das so.", "cleared", "contradicts"],
    ["de", "You may do that.", "not_allowed", "contradicts"],
    ["de", "Die Richtlinie sagt: „may be made by AI alone“.", "not_allowed", "unsupported"],
    ["fr", "Oui, vous pouvez le faire.", "not_allowed", "contradicts"],
    ["fr", "Non, ce n’est pas autorisé.", "not_allowed", "stands"],
    ["fr", "Vous pouvez commencer une fois que l’examinateur a décidé.", "flagged", "stands"],
    ["fr", "Les politiques disent « may be made by AI alone ».", "not_allowed", "unsupported"],
    ["fr", "Les politiques disent « must not be made by AI alone ».", "not_allowed", "stands"],
    ["fr", "Non, cela ne convient pas.", "cleared", "contradicts"],
    ["es", "Sí, puede hacerlo.", "not_covered", "contradicts"],
    ["es", "No puede hacerlo.", "not_allowed", "stands"],
    ["es", "No introduzca datos de clientes.", "cleared", "stands"],
    ["es", "No, no es posible.", "cleared", "contradicts"],
  ] as const)("%s: %s under %s → %s", (language, sentence, outcome, wanted) =>
    expect(standingOf(sentence, outcome, quotes, language)).toBe(wanted),
  );
});
