import { describe, expect, it } from "vitest";
import { windowsOf } from "./window.ts";

const texts = (text: string, earlier: string[] = []) => windowsOf(text, earlier).map((w) => w.text);

describe("windowsOf", () => {
  it("reads a short message as a whole and by its sentences", () => {
    expect(windowsOf("May I? It is for fun.", [])).toEqual([
      { text: "May I? It is for fun.", part: "request", whole: true },
      { text: "May I?", part: "request", whole: false },
      { text: "It is for fun.", part: "request", whole: false },
    ]);
  });

  it("reads a conversation together", () => {
    expect(texts("and the interns?", ["rank my team"])).toContain("rank my team\nand the interns?");
  });

  it("reads the clauses of a long sentence one by one", () => {
    const list =
      "count boxes in the hall, print all the labels, decide which of us will be let go, order new plants for us, and write a mail to all of us";
    expect(texts(list)).toContain("decide which of us will be let go");
  });

  it("tells what was pasted from what is asked", () => {
    const pasted = Array.from(
      { length: 120 },
      (_, i) => `Paragraph ${i} of the report speaks of pumps.`,
    ).join("\n");
    const windows = windowsOf(`Please summarise this.\n${pasted}`, []);
    expect(windows.find((w) => w.text === "Please summarise this.")?.part).toBe("request");
    expect(windows.find((w) => w.text.startsWith("Paragraph 60"))?.part).toBe("material");
  });
});
