import { describe, expect, it } from "vitest";
import type { Item } from "../content/item.ts";
import { anyAnswer, itemsOfEveryType, openItems } from "#test/course.ts";
import { markItem } from "./marking.ts";
import { keyOf, rightResponse, tryItem } from "./preview.ts";

const items = [...itemsOfEveryType("x"), ...openItems("x")];

describe.each(items.map((item) => [item.type, item] as const))("%s", (_type, item) => {
  it("is shown without its key, and explained when answered", () => {
    const shown = tryItem(item, "key", () => null);
    expect(shown).toMatchObject({ given: null, explained: null, item: { stem: item.stem } });
    const tried = tryItem(item, "key", anyAnswer);
    expect(tried.explained).toMatchObject({ answered: true, stem: item.stem });
    expect(tryItem(item, "key", anyAnswer)).toEqual(tried);
  });

  it("has an answer that scores in full, and a key to show", () => {
    expect(markItem(item, rightResponse(item))).toBe(1);
    expect(keyOf(item)).toMatchObject({ stem: item.stem, type: item.type });
  });

  it("is not explained by what cannot be an answer", () => {
    expect(tryItem(item, "key", () => ({ nothing: "c9" }))).toMatchObject({ given: null, explained: null });
  });
});

it("goes through a branching scenario as far as it is answered", () => {
  const branching = items.find(
    (item): item is Extract<Item, { type: "branching" }> => item.type === "branching",
  );
  if (!branching) throw new Error("no branching item");
  const half = tryItem(branching, "key", (shown) => {
    if (shown.type !== "branching" || shown.steps.length > 1) return null;
    const [first] = shown.steps;
    const on = first?.options.find((option) => option.text === "Ask who sent it");
    return { [first?.id ?? ""]: on?.id ?? "" };
  });
  expect(half.explained).toBeNull();
  expect(half.item).toMatchObject({
    ended: false,
    steps: [{ chosen: { text: "Ask who sent it" } }, { chosen: null }],
  });
});
