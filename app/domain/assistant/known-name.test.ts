import { describe, expect, it } from "vitest";
import { nameCandidates } from "./known-name.ts";

describe("nameCandidates", () => {
  it("finds names with particles, at the end of a sentence and in the possessive", () => {
    const found = nameCandidates(
      "Draft a note about Anna van der Berg and Mila Janssen's desk. Ask Ravi Menon.",
    );
    expect(found).toEqual(expect.arrayContaining(["Anna van der Berg", "Mila Janssen", "Ravi Menon"]));
  });
  it("takes small letters for a name in what is typed, not in a document", () => {
    const text = "reply to mila janssen please";
    expect(nameCandidates(text)).toContain("Mila Janssen");
    expect(nameCandidates(`${text}\n${"x. ".repeat(1000)}`)).not.toContain("Mila Janssen");
  });
  it("takes no words together that a line or a comma parts", () => {
    expect(nameCandidates("Mila,\nJanssen")).toEqual([]);
  });
  it("names each once, however often it stands there", () => {
    expect(nameCandidates("Mila Janssen. ".repeat(10_000))).toEqual(["Mila Janssen"]);
  });
});
