import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { diffRows, type Piece, wordDiff } from "./diff.ts";

const told = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ kind, text }) => (kind === "same" ? text : kind === "removed" ? `[-${text}-]` : `{+${text}+}`))
    .join("");

it.each([
  ["the same", "the same", "the same"],
  ["", "new", "{+new+}"],
  ["gone", "", "[-gone-]"],
  ["Ask a reviewer first.", "Ask the reviewer first.", "Ask [-a-]{+the+} reviewer first."],
  ["Wait for two days.", "Wait for 3 working days.", "Wait for [-two-]{+3 working+} days."],
  ["the old word stays", "a new word stays", "[-the old-]{+a new+} word stays"],
  ["Größe zählt", "Länge zählt", "[-Größe-]{+Länge+} zählt"],
])("%j → %j", (before, after, expected) => {
  expect(told(wordDiff(before, after))).toBe(expected);
});

it("keeps the lines that stay and pairs those that change", () => {
  expect(diffRows("# Title\n\nOne line.\nAnother.", "# Title\n\nOne short line.\nAnother.\nMore.")).toEqual([
    { kind: "same", text: "# Title" },
    { kind: "same", text: "" },
    {
      kind: "changed",
      pieces: [
        { kind: "same", text: "One " },
        { kind: "added", text: "short " },
        { kind: "same", text: "line." },
      ],
    },
    { kind: "same", text: "Another." },
    { kind: "changed", pieces: [{ kind: "added", text: "More." }] },
  ]);
});

const text = fc
  .array(fc.constantFrom("a", "be", "the", " ", " ", "\n", ".", "ü"), { maxLength: 40 })
  .map((words) => words.join(""));

test.prop([text, text])("holds both texts", (before, after) => {
  const side = (gone: Piece["kind"]) =>
    diffRows(before, after)
      .flatMap((row) => {
        if (row.kind === "same") return [row.text];
        const kept = row.pieces.filter((piece) => piece.kind !== gone);
        // Lines that are only on the other side are no line here.
        return kept.length > 0 || row.pieces.length === 0 ? [kept.map((piece) => piece.text).join("")] : [];
      })
      .join("\n");
  const bare = (value: string) => value.replace(/\n+/g, "\n").replace(/^\n|\n$/g, "");
  expect(bare(side("added"))).toBe(bare(before));
  expect(bare(side("removed"))).toBe(bare(after));
  const words = (gone: Piece["kind"]) =>
    wordDiff(before, after)
      .filter((piece) => piece.kind !== gone)
      .map((piece) => piece.text)
      .join("");
  expect(words("added")).toBe(before);
  expect(words("removed")).toBe(after);
});

it("gives up on texts that have little in common, soon", () => {
  const many = (from: number) => Array.from({ length: 4000 }, (_, i) => `w${from + i}`).join(" ");
  const began = performance.now();
  expect(wordDiff(many(0), many(10_000)).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(5000);
});
