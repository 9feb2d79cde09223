import { describe, expect, it } from "vitest";
import { namesIn, personOf } from "./person.ts";

const ann = { mbox: "mailto:ann@example.org" };
const identity = "mbox mailto:ann@example.org";

describe("namesIn", () => {
  it.each([
    ["actor", { actor: { ...ann, name: "Ann" } }, ["Ann"]],
    [
      "object",
      { actor: { mbox: "mailto:bob@example.org", name: "Bob" }, object: { ...ann, name: "A" } },
      ["A"],
    ],
    ["member", { actor: { objectType: "Group", member: [{ ...ann, name: "Ann" }, { name: 1 }] } }, ["Ann"]],
    ["nobody", { actor: ann, object: { id: "https://example.org/a" } }, []],
    ["what is no statement", null, []],
  ])("reads the name of the %s", (_, statement, names) => {
    expect(namesIn(statement, identity)).toEqual(names);
  });
});

describe("personOf (xAPI 1.0.3 part 3 §2.4)", () => {
  it("puts the names together, its own first", () => {
    expect(personOf({ ...ann, name: "Ann" }, ["A. Smith", "Ann"])).toEqual({
      objectType: "Person",
      name: ["Ann", "A. Smith"],
      mbox: ["mailto:ann@example.org"],
    });
  });

  it("has nothing that is not known", () => {
    const account = { homePage: "https://example.org", name: "1" };
    expect(personOf({ objectType: "Agent", account }, [])).toEqual({
      objectType: "Person",
      account: [account],
    });
  });
});
