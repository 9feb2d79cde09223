import { expect, it } from "vitest";
import { isShown } from "./evidence-scope.ts";

const at = new Date("2026-03-01T00:00:00Z");
const scope = {
  whole: true,
  requirements: null,
  baseIri: "",
  from: new Date("2026-01-01T00:00:00Z"),
  asAt: new Date("2026-06-30T00:00:00Z"),
  keys: false,
};
const within = { people: new Set(["p-ann"]), periods: new Set<string>() };
const some = { ...scope, whole: false };
const one = { ...some, requirements: ["a"] };

it.each([
  ["basis.approved", { personId: "p-ann" }, some, true],
  ["basis.approved", { personId: "p-bo" }, scope, false],
  ["basis.approved", { personId: "p-ann", requirement: "b" }, one, false],
  ["message.sent", { personId: "p-ann" }, some, true],
  ["message.sent", { personId: "p-ann" }, one, false],
  ["review.recorded", {}, scope, true],
  ["review.recorded", {}, some, false],
  ["action.verified", { number: 1 }, some, false],
  ["case.opened", { personId: "p-ann" }, scope, false],
  ["question.asked", { personId: "p-ann" }, scope, false],
])("%s of %j is case %#", (type, data, of, shown) => {
  expect(isShown({ type, at, data }, of, within)).toBe(shown);
});

it("shows nothing of before or after its time", () => {
  const link = { type: "review.recorded", data: {} };
  expect(isShown({ ...link, at: new Date("2025-12-31T00:00:00Z") }, scope, within)).toBe(false);
  expect(isShown({ ...link, at: new Date("2026-07-01T00:00:00Z") }, scope, within)).toBe(false);
});
