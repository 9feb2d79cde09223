import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aModule, itemsOfEveryType } from "#test/course.ts";
import { drawPractice, duePractice, practiceDays, recallOf, type Review } from "./practice.ts";

const completedAt = new Date("2026-02-27T10:00:00Z");
const after = (days: number, hours = 0) => new Date(completedAt.getTime() + (days * 24 + hours) * 3_600_000);
const period = { completedAt, expiresAt: after(365), supersededAt: null, endedAt: null };

describe("the practice that is due", () => {
  it.each<[string, Date, readonly number[], number | null]>([
    ["none before the third day", after(3, -1), [], null],
    ["the first on the third day", after(3), [], 3],
    ["none once it is taken", after(5), [3], null],
    ["the second, whether or not the first was taken", after(12), [], 10],
    ["the third after the second", after(30), [3, 10], 30],
    ["the last long after", after(200), [3, 10, 30], 90],
    ["none after the last", after(200), [90], null],
    ["none once the competence has expired", after(365), [], null],
  ])("is %s", (_words, now, done, due) => {
    expect(duePractice(period, done, now)?.day ?? null).toBe(due);
  });

  it("is none without a completion, or once the next cycle counts or nothing asks for it", () => {
    expect(duePractice({ ...period, endedAt: after(5) }, [], after(10))).toBeNull();
    expect(duePractice({ ...period, completedAt: null }, [], after(10))).toBeNull();
    expect(duePractice({ ...period, supersededAt: after(5) }, [], after(10))).toBeNull();
  });

  it("is at most one at a time, and never one that was taken", () => {
    fc.assert(
      fc.property(fc.subarray([...practiceDays]), fc.integer({ min: 0, max: 400 }), (done, days) => {
        const due = duePractice(period, done, after(days));
        if (!due) return;
        expect(done).not.toContain(due.day);
        expect(due.since.getTime()).toBeLessThanOrEqual(after(days).getTime());
      }),
    );
  });
});

const review = (objective: string, score: number, days: number, item = objective): Review => ({
  item,
  objective,
  score,
  at: after(days),
});

describe("what is remembered", () => {
  it("fades, less after each right answer and more after a wrong one", () => {
    const at = (reviews: Review[], days: number) => recallOf(["o1"], reviews, after(days)).get("o1") ?? 0;
    const once = [review("o1", 1, 0)];
    expect(at(once, 3)).toBeGreaterThan(at(once, 30));
    expect(at([...once, review("o1", 1, 5)], 30)).toBeGreaterThan(at(once, 30));
    expect(at([...once, review("o1", 0, 5)], 30)).toBeLessThan(at([...once, review("o1", 1, 5)], 30));
    expect(at([], 1)).toBe(0);
  });

  it("is a share, and the same for the same answers in any order", () => {
    const reviews = fc.array(
      fc.record({ score: fc.constantFrom(0, 0.5, 1), days: fc.integer({ min: 0, max: 100 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(reviews, fc.integer({ min: 0, max: 400 }), (list, days) => {
        // Two answers at the same moment have no order.
        const all = [...new Map(list.map((one) => [one.days, one])).values()].map((one) =>
          review("o1", one.score, one.days),
        );
        const recall = recallOf(["o1"], all, after(days)).get("o1") ?? -1;
        expect(recall).toBeGreaterThanOrEqual(0);
        expect(recall).toBeLessThanOrEqual(1);
        expect(recallOf(["o1"], all.toReversed(), after(days)).get("o1")).toBe(recall);
      }),
    );
  });
});

describe("a practice", () => {
  const module = aModule();
  const objectives = module.objectives.map((one) => one.id);

  it("asks for what is most likely forgotten, by what was answered", () => {
    const known = objectives.slice(1).map((objective) => review(objective, 1, 0, `${objective}-x`));
    const form = drawPractice(module, known, new Set(), "key", after(3));
    const first = module.items.find((item) => item.id === form.items[0]?.item);
    expect(first?.objective).toBe(objectives[0]);
  });

  it("asks something new while a form would still have enough of it, then what was met longest ago", () => {
    const bank = aModule({
      items: ["one", "two"].flatMap((suffix) => itemsOfEveryType(suffix)),
      assessment: { ...module.assessment, blueprint: [{ objective: "o1", items: 4 }] },
    });
    const ids = bank.items.filter((item) => item.type !== "scenario").map((item) => item.id);
    const asked = (met: string[]) =>
      drawPractice(bank, [], new Set(met), "key", after(3)).items.map((entry) => entry.item);
    expect(asked([])).toEqual(ids.slice(0, 2));
    // Twelve items, seven met: five are new, of which the next form needs four.
    expect(asked(ids.slice(0, 7))).toEqual([ids[7], ids[0]]);
    expect(asked([...ids.slice(1, 8), ids[0] ?? ""])).toEqual([ids[1], ids[2]]);
    expect(asked([...ids.slice(1), ids[0] ?? ""])).toEqual([ids[1], ids[2]]);
  });

  it("is the same for the same key", () => {
    const draw = () => drawPractice(module, [], new Set(), "key", after(3));
    expect(draw()).toEqual(draw());
  });
});
