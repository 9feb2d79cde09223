import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAccepted } from "./short-answer.ts";

describe("a short answer", () => {
  it.each([
    ["38", ["38"], true],
    ["39", ["38"], false],
    ["thirty-eight", ["38", "thirty eight"], true],
    ["Annex 111", ["annex iii"], false],
    ["It is the automation bias.", ["automation bias"], true],
    ["c’est le biais d’automatisation", ["biais d'automatisation"], true],
    ["Es el sesgo de automatización", ["sesgo de automatizacion"], true],
    ["Das ist die Massnahme", ["Maßnahme"], true],
    ["not the automation bias", ["automation bias"], false],
    ["a 4", ["4"], false],
    ["the", ["the"], true],
    ["", ["the"], false],
    ["a", ["an a"], true],
    ["“two”  years", ["two years"], true],
    ["article 27(2)", ["article 26(2)"], false],
    ["automation bais", ["automation bias"], true],
    ["authomation bias", ["automation bias"], true],
    ["bais", ["bias"], false],
    ["deployers", ["deployer*"], true],
    ["the deployer", ["deployer*"], true],
    ["a first deployer", ["deployer*"], false],
    ["***", ["*"], false],
    ["", ["*"], false],
  ])("%j against %j: %s", (answer, accepted, right) => {
    expect(isAccepted(answer, accepted)).toBe(right);
  });

  it("is right in every spelling that differs by case, accents and punctuation alone", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(" ", "-", ", ", ".  "),
        (words, gap) => {
          expect(isAccepted(words.join(gap).toUpperCase(), [words.join(" ")])).toBe(true);
        },
      ),
    );
  });

  it("is never right by chance: two edits are too many", () => {
    expect(isAccepted("prozessor", ["deployer"])).toBe(false);
    expect(isAccepted("deployment", ["deployer"])).toBe(false);
    expect(isAccepted("provider", ["provider systems"])).toBe(false);
  });
});
