import { describe, expect, it } from "vitest";
import { followed } from "#test/profile-pattern.ts";
import { type Pattern, patternId, patterns } from "./profile-pattern.ts";
import { templateId } from "./profile-template.ts";

type Name = Parameters<typeof templateId>[0];
const matched = (names: string): string[][] => names.split(" ").map((name) => [templateId(name as Name)]);
const names = (ids: string[]): string[] => ids.map((id) => id.split("/").at(-1) ?? "");

describe("the patterns of our profile", () => {
  const attempt = "initialized answered answered scored failed";
  const passing = "initialized answered answered scored passed completed";
  it.each([
    ["initialized", ["learning"]],
    ["initialized progressed answered progressed", ["learning"]],
    [`initialized progressed acknowledged ${attempt} ${passing}`, ["learning"]],
    [`acknowledged acknowledged initialized progressed ${passing} acknowledged`, ["learning"]],
    [
      `initialized progressed ${attempt} acknowledged initialized acknowledged answered scored passed completed`,
      ["learning"],
    ],
    ["initialized progressed initialized answered", ["learning"]],
    ["acknowledged", ["learning", "recognition", "acknowledgement"]],
    ["recognised", ["recognition"]],
    ["acknowledged recognised initialized progressed answered", ["recognition"]],
    ["initialized progressed recognised", ["learning"]],
    ["initialized recognised recognised", []],
    ["recognised recognised", []],
    ["asked", ["question"]],
    ["asked flagged", ["question"]],
    ["asked flagged opened queried supplemented rated decided", ["question"]],
    ["asked opened rated", ["question"]],
    ["opened queried queried supplemented decided", ["case"]],
    ["fixed evaluated", ["effectiveness"]],
    ["fixed fixed evaluated concluded", ["effectiveness"]],
    ["progressed initialized", []],
    ["initialized answered passed", []],
    ["initialized initialized scored failed completed progressed", []],
    ["initialized initialized scored passed completed completed", []],
    ["flagged asked", []],
    ["asked asked", []],
    ["opened decided rated", []],
    ["asked decided", []],
    ["evaluated fixed", []],
    ["fixed concluded evaluated", []],
  ])("are followed by %s: %j", (statements, wanted) => {
    expect(names(followed(patterns, matched(statements)))).toEqual(wanted);
  });
});

describe("patterns of any profile (part 3 §2.2)", () => {
  const of = (order: object): Pattern[] => [
    {
      id: patternId("p"),
      type: "Pattern",
      primary: true,
      inScheme: "https://example.org/v1",
      prefLabel: { en: "p" },
      definition: { en: "p" },
      ...order,
    } as Pattern,
  ];
  const [asked, rated] = [templateId("asked"), templateId("rated")];

  it.each([
    [{ oneOrMore: asked }, "asked asked", true],
    [{ oneOrMore: asked }, "rated", false],
    [{ oneOrMore: asked }, "asked rated", false],
    [{ zeroOrMore: asked }, "asked asked asked", true],
    [{ zeroOrMore: asked }, "rated", false],
    [{ optional: asked }, "asked", true],
    [{ optional: asked }, "asked asked", false],
    [{ alternates: [asked, rated] }, "rated", true],
    [{ alternates: [asked, rated] }, "decided", false],
    [{ sequence: [asked, rated] }, "asked rated", true],
    [{ sequence: [asked, rated] }, "asked", true],
    [{ sequence: [asked, rated] }, "rated asked", false],
    [{ sequence: [asked, rated] }, "asked rated rated", false],
  ])("%j by %s: %s", (order, statements, follows) => {
    expect(followed(of(order), matched(statements))).toHaveLength(follows ? 1 : 0);
  });

  it("are greedy, without a way back", () => {
    const [whole] = of({ sequence: [patternId("many"), asked] });
    const [many] = of({ zeroOrMore: asked });
    const both = [whole, { ...many, id: patternId("many"), primary: false }] as Pattern[];
    // All of it goes to the first member; the second is still wanted.
    expect(followed(both, [...matched("asked asked"), ...matched("rated")])).toEqual([]);
  });
});
