import { expect, it } from "vitest";
import { isRemindedOn, namedStep, stepOfAsking, type ToldNotice } from "./remind.ts";

const today = "2026-11-30";
const of = { subjectId: "training-1", step: stepOfAsking("go-2") };
const one = (facts: Partial<ToldNotice>): ToldNotice => ({
  subjectId: "training-2",
  step: stepOfAsking("go-1"),
  byHand: true,
  mailedOn: today,
  ...facts,
});

it.each<[string, ToldNotice[], boolean]>([
  ["nobody told anything", [], false],
  ["another go has been mailed today", [one({})], true],
  ["another go waits for the next mail", [one({ mailedOn: null })], true],
  ["another go was mailed yesterday", [one({ mailedOn: "2026-11-29" })], false],
  ["the same go told of something else", [one({ step: of.step })], false],
  ["the ladder told of it today", [one({ subjectId: of.subjectId, step: "due", byHand: false })], true],
  ["the ladder told of something else today", [one({ step: "due", byHand: false })], false],
  [
    "the ladder will tell of it",
    [one({ subjectId: of.subjectId, step: "due", byHand: false, mailedOn: null })],
    false,
  ],
])("knows whether somebody was reminded today: %s", (_words, told, reminded) => {
  expect(isRemindedOn(today, of, told)).toBe(reminded);
});

it("counts all that is asked for by hand as one step", () => {
  expect([of.step, "due"].map(namedStep)).toEqual(["asked", "due"]);
});
