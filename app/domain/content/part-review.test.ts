import { describe, expect, it } from "vitest";
import { noReview, partKey, type PartRead, readersOf, settled, withRead } from "./part-review.ts";

const read = (by: string, text: string): PartRead => ({
  part: "lesson a",
  text,
  by,
  at: "2026-11-30T10:00:00Z",
});

describe("what readers say of the parts of a draft", () => {
  it("stands at the part, wherever it moves", () => {
    expect(partKey({ kind: "lesson", id: "a", language: "en" })).toBe("lesson a");
    expect(partKey({ kind: "item", id: "a", language: "de" })).toBe("item a de");
  });

  it("counts a part as read until it is changed, and each reader once", () => {
    const review = [read("ines", "one"), read("sofia", "one"), read("ines", "two")].reduce(
      withRead,
      noReview,
    );
    const { now, earlier } = readersOf(review, "lesson a", "two");
    expect([now.map((one) => one.by), earlier.map((one) => one.by)]).toEqual([["ines"], ["sofia"]]);
  });

  it("is settled and opened again", () => {
    const note = { id: "n1", part: "lesson a", text: "Why?", by: "ines", at: "", settledBy: null };
    const done = settled({ notes: [note], reads: [] }, "n1", "noor");
    expect(done.notes[0]?.settledBy).toBe("noor");
    expect(settled(done, "n1", null).notes).toEqual([note]);
    expect(settled(done, "other", null)).toEqual(done);
  });
});
