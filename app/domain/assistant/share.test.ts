import { expect, it } from "vitest";
import { isActive, mayShareWith, mostShares } from "./share.ts";

const today = "2026-11-24";

it.each([
  ["a colleague", { id: "p-dana", leftOn: null }, 0, { ok: true }],
  ["one who leaves tomorrow", { id: "p-dana", leftOn: "2026-11-25" }, 0, { ok: true }],
  ["one who has left", { id: "p-dana", leftOn: today }, 0, { ok: false, reason: "not_here" }],
  ["oneself", { id: "p-mila", leftOn: null }, 0, { ok: false, reason: "self" }],
  ["the last that fits", { id: "p-dana", leftOn: null }, mostShares - 1, { ok: true }],
  ["one too many", { id: "p-dana", leftOn: null }, mostShares, { ok: false, reason: "too_many" }],
])("shares or refuses to share with %s", (_words, colleague, shares, expected) => {
  expect(mayShareWith("p-mila", colleague, shares, today)).toEqual(expected);
});

it("counts the last day as gone, as a sign-in does", () => {
  expect(isActive({ leftOn: today }, today)).toBe(false);
  expect(isActive({ leftOn: null }, today)).toBe(true);
});
