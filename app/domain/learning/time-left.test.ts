import { expect, it } from "vitest";
import { minutesLeft } from "./time-left.ts";

const lessons = [
  { id: "a", minutes: 4 },
  { id: "b", minutes: 3 },
];
const progress = (a: number, b: number, credited = false) => [
  { id: "a", taken: a, parts: 4, credited: false },
  { id: "b", taken: b, parts: 6, credited },
];

it.each([
  ["nothing is taken", progress(0, 0), 7],
  ["one lesson is done", progress(4, 0), 3],
  ["a lesson is begun", progress(1, 0), 6],
  ["less than a minute is left", progress(4, 5), 1],
  ["all is taken", progress(4, 6), 0],
  ["a lesson is not asked for", progress(0, 0, true), 4],
])("%s", (_, of, minutes) => {
  expect(minutesLeft(lessons, of)).toBe(minutes);
});
