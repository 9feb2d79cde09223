import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { anyAnswer, itemsOfEveryType } from "#test/course.ts";
import { arrangeItem } from "./assessment.ts";
import { presentItem, readResponse, showResponse } from "./presentation.ts";

describe.each(itemsOfEveryType("one").map((item) => [item.type, item] as const))("%s", (_, item) => {
  test.prop([fc.string()])("shows no key, feedback or authored choice id", (key) => {
    const shown = JSON.stringify(presentItem(item, arrangeItem(item, key)));
    expect(shown).not.toMatch(/correct|feedback|answer|"a"|"b"/);
  });

  test.prop([fc.string()])("reads back what it showed", (key) => {
    const form = arrangeItem(item, key);
    const given = anyAnswer(presentItem(item, form));
    const response = readResponse(item, form, given);
    expect(response).not.toBeNull();
    if (response) expect(showResponse(item, form, response)).toEqual(given);
  });

  it.each([
    [["c99"]],
    [[]],
    [["c1", "c1"]],
    [{}],
    [{ l1: "c99" }],
    [{ s1: "a" }],
    [{ nothing: "c1" }],
    [["a"]],
    [["__proto__"]],
  ])("refuses %j", (given) => {
    expect(readResponse(item, arrangeItem(item, "key"), given)).toBeNull();
  });
});

describe("partial answers", () => {
  it("takes a scenario of which one step is answered, but no half order", () => {
    const items = itemsOfEveryType("one");
    const scene = items.find((i) => i.type === "scenario");
    const order = items.find((i) => i.type === "ordering");
    if (!scene || !order) throw new Error("items are missing");
    expect(readResponse(scene, arrangeItem(scene, "k"), { s1: "c1" })).toMatchObject({
      s1: expect.any(String),
    });
    expect(readResponse(order, arrangeItem(order, "k"), ["c1", "c2"])).toBeNull();
  });
});
