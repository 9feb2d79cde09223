import { expect, it } from "vitest";
import { feedbackFilter, feedbackTaken, longestReason } from "./feedback.ts";

it.each([
  ["a yes without a reason", true, "", { ok: true }],
  ["a yes with one", true, "The clause settled it.", { ok: true }],
  ["a no with one", false, "Parlance is missing.", { ok: true }],
  ["a no without one", false, " \n", { ok: false, reason: "reason_needed" }],
  [
    "a reason that is too long",
    true,
    "x".repeat(longestReason + 1),
    { ok: false, reason: "reason_too_long" },
  ],
])("takes or refuses %s", (_words, helpful, reason, expected) => {
  expect(feedbackTaken(helpful, reason)).toEqual(expected);
});

it("reads a filter from an address, whatever stands in it", () => {
  expect(feedbackFilter.parse({ helpful: "no", outcome: "cleared", page: "2" })).toEqual({
    helpful: "no",
    outcome: "cleared",
    page: 2,
  });
  expect(feedbackFilter.parse({ helpful: "maybe", outcome: "skynet", page: "-1" })).toEqual({
    helpful: "",
    outcome: "",
    page: 1,
  });
});
