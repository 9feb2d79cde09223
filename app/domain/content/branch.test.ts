import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openItems } from "#test/course.ts";
import { bestPath, branchPath, goesOn } from "./branch.ts";
import { type Branching, item } from "./item.ts";

const scenario = openItems("one").find((one): one is Branching => one.type === "branching") as Branching;

describe("a branching scenario", () => {
  it("shows the nodes met and ends with the score of the last choice", () => {
    const path = branchPath(scenario, { n1: "a", n2: "b" });
    expect(path.steps.map(({ node, chosen }) => [node.id, chosen?.id])).toEqual([
      ["n1", "a"],
      ["n2", "b"],
    ]);
    expect(path).toMatchObject({ ended: true, score: 0.5 });
  });

  it("waits at the first node without a choice, and knows nothing of nodes behind it", () => {
    expect(branchPath(scenario, { n2: "a" })).toMatchObject({
      ended: false,
      score: 0,
      steps: [{ chosen: null }],
    });
    expect(branchPath(scenario, { n1: "a" }).steps).toHaveLength(2);
  });

  it("has a best way, which scores best of all", () => {
    expect(branchPath(scenario, bestPath(scenario)).score).toBe(1);
    const option = fc.constantFrom("a", "b");
    fc.assert(
      fc.property(fc.record({ n1: option, n2: option }), (choices) => {
        expect(branchPath(scenario, choices).score).toBeLessThanOrEqual(1);
        expect(goesOn({ n1: choices.n1 }, choices)).toBe(true);
      }),
    );
    expect(goesOn({ n1: "a" }, { n1: "b" })).toBe(false);
  });

  const [first, second] = scenario.nodes;
  it.each([
    ["no such start", { start: "n9" }, "no node n9"],
    ["a node nobody reaches", { start: "n2" }, "no option leads to this node"],
    [
      "no way to fail",
      { nodes: [second].map((n) => n && { ...n, id: "n1" }).concat(second) },
      "no option leads",
    ],
    [
      "a circle",
      {
        nodes: [
          first,
          second && {
            ...second,
            options: second.options.map((o) => ({ id: o.id, text: o.text, consequence: "x", next: "n1" })),
          },
        ],
      },
      "runs in a circle",
    ],
    [
      "an option that leads on and ends",
      {
        nodes: [
          first && { ...first, options: first.options.map((o) => ({ ...o, next: "n2", score: 1 })) },
          second,
        ],
      },
      "either leads to a next node or ends",
    ],
  ])("is refused with %s", (_, change, reason) => {
    const read = item.safeParse({ ...scenario, ...change });
    expect(read.success).toBe(false);
    expect(read.error?.issues.map((one) => one.message).join()).toContain(reason);
  });
});
