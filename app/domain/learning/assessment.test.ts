import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { aModule, itemsOfEveryType } from "#test/course.ts";
import { arrangeItem, drawForm, type Form } from "./assessment.ts";

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
/** Twelve items of one objective, from hard to easy. */
const wide = aModule({
  items: itemsOfEveryType("one")
    .concat(itemsOfEveryType("two"))
    .map((item, i) => ({ ...item, difficulty: 0.35 + i * 0.05 })),
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
    "is about as difficult as any other form",
    (seed) => {
      const difficulty = (id: string): number => wide.items.find((item) => item.id === id)?.difficulty ?? 0;
      const mean = (form: Form): number =>
        form.items.reduce((sum, entry) => sum + difficulty(entry.item), 0) / form.items.length;
      const pre = drawForm(wide, seed);
      const used = new Set(pre.items.map((entry) => entry.item));
      const post = drawForm(wide, seed + 1, used);
      expect(post.items.filter((entry) => used.has(entry.item))).toEqual([]);
      // Twelve items of 0.35 to 0.9 in four bands: means of independent draws of four could differ by 0.4.
      expect(Math.abs(mean(pre) - mean(post))).toBeLessThanOrEqual(0.2);
    },
  );

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
