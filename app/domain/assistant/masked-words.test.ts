import { describe, expect, it } from "vitest";
import { answerWords } from "./answer-words.ts";
import { languages } from "../content/language.ts";
import { maskedWords } from "./masked-words.ts";
import { markers } from "./masking.ts";

const masked = [
  { marker: "[e-mail address]", count: 2 },
  { marker: "[phone number]", count: 1 },
  { marker: "[name]", count: 1 },
];

describe("maskedWords", () => {
  it("counts in words", () => {
    expect(maskedWords(masked, answerWords.en)).toBe("2 e-mail addresses, 1 phone number and 1 name");
    expect(maskedWords(masked.slice(0, 1), answerWords.en)).toBe("2 e-mail addresses");
    expect(maskedWords([], answerWords.en)).toBe("");
  });
  it("counts in the words of each language", () => {
    expect(maskedWords(masked, answerWords.de)).toBe("2 E-Mail-Adressen, 1 Telefonnummer und 1 Personenname");
    expect(maskedWords(masked.slice(1), answerWords.fr)).toBe("1 numéro de téléphone et 1 nom de personne");
    expect(maskedWords(masked.slice(1), answerWords.es)).toBe("1 número de teléfono y 1 nombre de persona");
  });
  it.each(languages)("has a name for every marker in %s", (language) => {
    for (const { marker } of markers)
      expect(maskedWords([{ marker, count: 1 }], answerWords[language])).not.toContain("[");
  });
});
