import { describe, expect, it } from "vitest";
import { conceptIndex, conceptsIn } from "./concept.ts";
import { tokens } from "./wording.ts";

const index = conceptIndex([
  { name: "applicant", terms: ["applicant*", "bewerb*", "job seeker*"] },
  { name: "monitor", terms: ["monitor*", "*uberwachung"] },
  { name: "email", terms: ["e-mail*"] },
  { name: "fire", terms: ["*feuer*"] },
]);
const named = (text: string) => conceptsIn(tokens(text), index).map((n) => n.concept);

describe("conceptsIn", () => {
  it.each([
    ["rank the applicants", ["applicant"]],
    ["Bewerbungen sichten", ["applicant"]],
    ["two job seekers came", ["applicant"]],
    ["Die Videoüberwachung", ["monitor"]],
    ["an e-mail and an email", ["email", "email"]],
    ["das Lagerfeuerlied", ["fire"]],
    ["a job", []],
  ])("%s", (text, concepts) => expect(named(text)).toEqual(concepts));

  it("says which words name a concept", () => {
    expect(conceptsIn(tokens("two job seekers"), index)).toEqual([{ concept: "applicant", at: [1, 2] }]);
  });
});
