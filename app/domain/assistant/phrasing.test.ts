import { describe, expect, it } from "vitest";
import type { Quote } from "./answer.ts";
import { faithful, firstSentence } from "./phrasing.ts";

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

describe("faithful", () => {
  it.each([
    ["No, this is not allowed.", "not_allowed", true],
    ["Yes, you may do that.", "not_allowed", false],
    ["This is fine for your team.", "flagged", false],
    ["Go ahead today.", "not_covered", false],
    ["You may begin only after a reviewer has decided.", "flagged", true],
    ["Yes, you may do that.", "cleared", true],
    ["No, that is not for you.", "cleared", false],
    ["This is not permitted.", "cleared", false],
    ["Leave out what is not needed.", "cleared", true],
    ['The policy says "must not be made by AI alone".', "not_allowed", true],
    ['The policy says "may be made by AI alone".', "not_allowed", false],
    ['The policy says "may be made by AI alone".', "cleared", false],
  ] as const)("%s under %s → %s", (sentence, outcome, wanted) =>
    expect(faithful(sentence, outcome, quotes, "en")).toBe(wanted),
  );

  it.each([
    ["de", "Nein, das ist nicht erlaubt.", "not_allowed", true],
    ["de", "Ja, das dürfen Sie.", "not_allowed", false],
    ["de", "Sie dürfen erst beginnen, wenn die Prüfung entschieden hat.", "flagged", true],
    ["de", "Das ist kein Problem und genehmigt.", "flagged", false],
    ["de", "Sie dürfen beginnen.", "cleared", true],
    ["de", "Leider geht das so.", "cleared", false],
    ["de", "You may do that.", "not_allowed", false],
    ["de", "Die Richtlinie sagt: „may be made by AI alone“.", "not_allowed", false],
    ["fr", "Oui, vous pouvez le faire.", "not_allowed", false],
    ["fr", "Non, ce n’est pas autorisé.", "not_allowed", true],
    ["fr", "Vous pouvez commencer une fois que l’examinateur a décidé.", "flagged", true],
    ["fr", "Les politiques disent « may be made by AI alone ».", "not_allowed", false],
    ["fr", "Les politiques disent « must not be made by AI alone ».", "not_allowed", true],
    ["fr", "Non, cela ne convient pas.", "cleared", false],
    ["es", "Sí, puede hacerlo.", "not_covered", false],
    ["es", "No puede hacerlo.", "not_allowed", true],
    ["es", "No introduzca datos de clientes.", "cleared", true],
    ["es", "No, no es posible.", "cleared", false],
  ] as const)("%s: %s under %s → %s", (language, sentence, outcome, wanted) =>
    expect(faithful(sentence, outcome, quotes, language)).toBe(wanted),
  );
});
