import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { translated } from "./translation.ts";

const item = {
  id: "i1",
  type: "single_choice",
  objective: "o1",
  riskDomain: 1,
  stem: "Which?",
  options: [
    { id: "a", text: "This", correct: true, feedback: "Yes." },
    { id: "b", text: "That", correct: false, feedback: "No." },
  ],
};
const words = {
  id: "i1",
  stem: "Welches?",
  options: [
    { id: "b", text: "Jenes", feedback: "Nein." },
    { id: "a", text: "Dieses", feedback: "Ja." },
  ],
};

describe("words of another language laid over an item", () => {
  it("take the place of every wording and of nothing else, in the order of the source", () => {
    expect(translated(item, words)).toEqual({
      ok: true,
      value: {
        ...item,
        stem: "Welches?",
        options: [
          { id: "a", text: "Dieses", correct: true, feedback: "Ja." },
          { id: "b", text: "Jenes", correct: false, feedback: "Nein." },
        ],
      },
    });
  });

  it.each<[string, unknown, (string | number)[], RegExp]>([
    ["a text is missing", { ...words, stem: undefined }, ["stem"], /not translated/],
    ["a text is empty", { ...words, stem: "  " }, ["stem"], /not translated/],
    ["an option is missing", { ...words, options: words.options.slice(1) }, ["options"], /b is not/],
    [
      "an option is strange",
      { ...words, options: [...words.options, { id: "c", text: "x", feedback: "x" }] },
      ["options", 2],
      /nothing of this id/,
    ],
    [
      "a key is told",
      { ...words, options: words.options.map((o) => ({ ...o, correct: true })) },
      ["options", 1, "correct"],
      /only ids and wording/,
    ],
    ["a tag is told", { ...words, riskDomain: 2 }, ["riskDomain"], /only ids and wording/],
    ["it is no record", "Welches?", [], /not translated/],
  ])("are refused where %s", (_words, given, path, reason) => {
    const laid = translated(item, given);
    expect(laid).toMatchObject({ ok: false, path });
    expect(laid.ok ? "" : laid.reason).toMatch(reason);
  });

  it("may accept other answers than the source", () => {
    const source = { id: "s", accepted: ["shadow AI"], feedback: { right: "Yes.", wrong: "No." } };
    const given = {
      id: "s",
      accepted: ["Schatten-KI", "Schatten KI"],
      feedback: { right: "Ja.", wrong: "Nein." },
    };
    expect(translated(source, given)).toMatchObject({ ok: true, value: { accepted: given.accepted } });
    expect(translated(source, { ...given, accepted: [] })).toMatchObject({ ok: false, path: ["accepted"] });
  });

  it("never change what is no wording, whatever the words are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (stem, text) => {
        const laid = translated(item, {
          id: "i1",
          stem,
          options: words.options.map((o) => ({ ...o, text })),
        });
        if (!laid.ok) return;
        expect(laid.value.options.map((o) => [o.id, o.correct])).toEqual([
          ["a", true],
          ["b", false],
        ]);
        expect(laid.value).toMatchObject({ id: "i1", type: "single_choice", objective: "o1", riskDomain: 1 });
      }),
    );
  });
});
