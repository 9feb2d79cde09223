import { describe, expect, it } from "vitest";
import { aModule } from "#test/course.ts";
import {
  creditedLessons,
  minutesFor,
  missedObjectives,
  refresherBank,
  refresherBlueprint,
  refresherPassed,
  refresherRules,
} from "./refresher.ts";

const base = aModule();
const trueFalse = base.items.find((item) => item.type === "true_false") as (typeof base.items)[number];
const module = {
  assessment: {
    ...base.assessment,
    blueprint: [
      { objective: "o1", items: 3 },
      { objective: "o2", items: 2 },
      { objective: "o3", items: 1 },
    ],
  },
  lessons: ["o1", "o2", "o3"].map((objective) => ({
    ...(base.lessons[0] as (typeof base.lessons)[number]),
    id: `about-${objective}`,
    objectives: [objective],
  })),
};

describe("a refresher", () => {
  it("asks one item of every objective first, and wants no lesson before", () => {
    expect(refresherBlueprint(module, [])).toEqual(
      ["o1", "o2", "o3"].map((objective) => ({ objective, items: 1 })),
    );
    expect(creditedLessons(module, [])).toEqual(new Set(["about-o1", "about-o2", "about-o3"]));
  });

  it("draws from what is read quickly while enough of it is new, else from everything", () => {
    const short = (id: string) => ({ ...trueFalse, id, objective: "o1" });
    const long = { ...trueFalse, id: "long", objective: "o1", stem: "word ".repeat(90) };
    const items = [short("a"), short("b"), long, { ...short("other"), objective: "o2" }];
    const asked = (count: number, used: string[]) =>
      refresherBank(items, [{ objective: "o1", items: count }], new Set(used)).map((item) => item.id);
    expect(asked(1, [])).toEqual(["a", "b"]);
    expect(asked(1, ["a"])).toEqual(["b"]);
    expect(asked(1, ["a", "b"])).toEqual(["a", "b", "long"]);
    expect(asked(2, ["a"])).toEqual(["a", "b", "long"]);
    expect(asked(1, ["a", "b", "long"])).toEqual(["a", "b"]);
    expect(asked(3, ["a", "b", "long"])).toEqual(["a", "b", "long"]);
  });

  it("teaches and asks again only what was missed the last time", () => {
    const first = { o1: 1, o2: 0.5, o3: 0 };
    expect(missedObjectives(0.8, first)).toEqual(["o2", "o3"]);
    expect(refresherBlueprint(module, [first])).toEqual([
      { objective: "o2", items: 2 },
      { objective: "o3", items: 2 },
    ]);
    expect(creditedLessons(module, [first])).toEqual(new Set(["about-o1"]));
    expect(refresherBlueprint(module, [first, { o2: 1, o3: 0.5 }])).toEqual([{ objective: "o3", items: 2 }]);
  });

  it.each([
    [{ o1: 1, o2: 1 }, true],
    [{ o1: 1, o2: 0.8 }, true],
    [{ o1: 1, o2: 0.79 }, false],
    [{ o1: 1, o2: 1, o3: 0 }, false],
  ])("with %j is passed: %s", (scores, passed) => {
    expect(refresherPassed(0.8, scores)).toBe(passed);
  });

  it("gives one attempt more for asking first, and no waiting after it", () => {
    expect(refresherRules({ attempts: 3, coolDownHours: 24 }, 1)).toEqual({ attempts: 4, coolDownHours: 0 });
    expect(refresherRules({ attempts: 3, coolDownHours: 24 }, 2)).toEqual({ attempts: 4, coolDownHours: 24 });
  });

  it("takes about five minutes where the whole takes twenty", () => {
    const rules = { minutes: 20, blueprint: [{ objective: "o1", items: 18 }] };
    expect([1, 4, 9, 18].map((items) => minutesFor(rules, items))).toEqual([5, 5, 10, 20]);
  });
});
