import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { aModule, itemsOfEveryType } from "#test/course.ts";
import type { Item } from "../content/item.ts";
import { arrangeItem, drawForm } from "./assessment.ts";

const bank = aModule({
  objectives: [
    { id: "o1", text: "One" },
    { id: "o2", text: "Two" },
  ],
  items: [
    ...itemsOfEveryType("one"),
    ...itemsOfEveryType("two"),
    ...itemsOfEveryType("three", "o2"),
    ...itemsOfEveryType("four", "o2"),
  ],
  assessment: {
    passMark: 0.8,
    attempts: 3,
    coolDownHours: 24,
    minutes: 30,
    blueprint: [
      { objective: "o1", items: 4 },
      { objective: "o2", items: 3 },
    ],
  },
});
/** Twenty-four items of one objective, from hard to easy, every third on knowledge. */
const wide = aModule({
  items: ["one", "two", "three", "four"]
    .flatMap((suffix) => itemsOfEveryType(suffix))
    .map((item, i) => ({
      ...item,
      difficulty: 0.2 + i * 0.03,
      level: i % 3 === 0 ? "understand" : "apply",
    })),
  assessment: { ...bank.assessment, blueprint: [{ objective: "o1", items: 4 }] },
});
const objectiveOf = (id: string): string | undefined => bank.items.find((item) => item.id === id)?.objective;

describe("drawing a form", () => {
  test.prop([fc.integer({ min: 0, max: 2_147_483_647 })])("covers the blueprint, no item twice", (seed) => {
    const ids = drawForm(bank, seed).items.map((entry) => entry.item);
    expect(new Set(ids).size).toBe(7);
    expect(ids.filter((id) => objectiveOf(id) === "o1")).toHaveLength(4);
    expect(ids.filter((id) => objectiveOf(id) === "o2")).toHaveLength(3);
  });

  test.prop([fc.integer({ min: 0, max: 2_147_483_647 })])("is the same again from the same seed", (seed) => {
    expect(drawForm(bank, seed)).toEqual(drawForm(bank, seed));
  });

  test.prop([fc.integer({ min: 0, max: 2_147_483_647 })])(
    "is as difficult as any other form and asks as much judgement, three times running",
    (seed) => {
      const used = new Set<string>();
      for (const round of [0, 1, 2]) {
        const form = drawForm(wide, seed + round, used);
        const items = form.items.map((entry) => wide.items.find((one) => one.id === entry.item) as Item);
        expect(items.filter((one) => used.has(one.id))).toEqual([]);
        // Of 24 items of 0.2 to 0.89, a third of them on knowledge, forms of four drawn blindly differ by up to 0.6.
        const mean = items.reduce((sum, one) => sum + one.difficulty, 0) / items.length;
        expect(Math.abs(mean - 0.545)).toBeLessThanOrEqual(0.0101);
        expect([2, 3]).toContain(items.filter((one) => one.level === "apply").length);
        for (const one of items) used.add(one.id);
      }
    },
  );

  it("draws every item about as often as the others of its objective", () => {
    const drawn = new Map(wide.items.map((one) => [one.id, 0]));
    for (let seed = 0; seed < 1200; seed++)
      for (const { item } of drawForm(wide, seed).items) drawn.set(item, (drawn.get(item) ?? 0) + 1);
    // 1,200 forms of 4 of 24 items: 200 each.
    expect(Math.min(...drawn.values())).toBeGreaterThan(100);
    expect(Math.max(...drawn.values())).toBeLessThan(300);
  });

  it("asks again what was met longest ago once nothing is new", () => {
    const order = wide.items.map((one) => one.id).toReversed();
    const again = drawForm(wide, 1, new Set(order)).items.map((entry) => entry.item);
    expect(new Set(again)).toEqual(new Set(order.slice(0, 4)));
    const last = drawForm(wide, 1, new Set(order.slice(1))).items.map((entry) => entry.item);
    expect(new Set(last)).toEqual(new Set(order.slice(0, 4)));
  });

  it("differs between seeds", () => {
    const forms = new Set(Array.from({ length: 20 }, (_, seed) => JSON.stringify(drawForm(bank, seed))));
    expect(forms.size).toBe(20);
  });

  test.prop([fc.integer({ min: 0, max: 2_147_483_647 })])(
    "asks nothing again while there is something new",
    (seed) => {
      const first = drawForm(bank, seed).items.map((entry) => entry.item);
      const second = drawForm(bank, seed + 1, new Set(first)).items.map((entry) => entry.item);
      expect(second.filter((id) => first.includes(id))).toEqual([]);
    },
  );

  test.prop([fc.integer({ min: 0, max: 2_147_483_647 })])(
    "never shows ordering or matching in the order of the key",
    (seed) => {
      for (const item of itemsOfEveryType("one")) {
        if (item.type === "ordering" || item.type === "matching")
          expect(arrangeItem(item, String(seed)).order).not.toEqual(["a", "b", "c"]);
      }
    },
  );

  it("puts the key of choices everywhere, about equally often", () => {
    const [single] = itemsOfEveryType("one");
    if (!single) throw new Error("no item");
    const places = [0, 0, 0];
    for (let i = 0; i < 600; i++) {
      const place = arrangeItem(single, `seed ${i}`).order.indexOf("a");
      places[place] = (places[place] ?? 0) + 1;
    }
    for (const count of places) expect(count).toBeGreaterThan(150);
  });
});
