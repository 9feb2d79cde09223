import { describe, expect, it } from "vitest";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { readPurposes } from "./purpose-reading.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { windowsOf } from "./window.ts";

const vocabulary = vocabularyOf(sampleRules(), sampleRegister().systems);
const read = (text: string, earlier: string[] = []) =>
  readPurposes(windowsOf(text, earlier), new Map(), vocabulary);

describe("readPurposes", () => {
  it.each([
    ["Which of the applicants should we invite? Let it rank their CVs.", "recruitment_screening"],
    ["Welche Bewerber sollen wir einladen? Die KI soll die Lebensläufe sortieren.", "recruitment_screening"],
    ["Trier les CV et noter chaque candidat", "recruitment_screening"],
    ["Clasificar los currículos y puntuar a cada candidato", "recruitment_screening"],
    ["Infer from their faces how stressed my colleagues are", "emotion_recognition"],
    ["Decide who gets the loan and who does not", "credit_scoring"],
  ])("finds the careful purpose of: %s", (text, purpose) => {
    const { careful, suspected } = read(text);
    expect([...careful, ...suspected].map((p) => p.purpose)).toContain(purpose);
  });

  it.each([
    ["Please shorten this paragraph about our new office", "draft_text"],
    ["Translate the manual into Polish", "translate"],
    ["Explain what a pivot table does", "explain"],
  ])("finds the everyday purpose of: %s", (text, purpose) => {
    expect(read(text)).toMatchObject({ careful: [], suspected: [], plain: { purpose } });
  });

  it("keeps what was said before", () => {
    const { careful, suspected } = read("and now for the interns", [
      "Score the performance of every colleague",
    ]);
    expect([...careful, ...suspected].map((p) => p.purpose)).toContain("performance_evaluation");
  });

  it("reads no everyday purpose into a language it does not know", () => {
    expect(read("Tienimi informato sugli sviluppi della zuppa di cavolo domattina").plain).toBeNull();
  });
});
