import { expect, it } from "vitest";
import { aModule } from "#test/course.ts";
import { progressOf } from "./progress.ts";

const module = aModule();

it("counts parts, tells the next one, and is done only with the last", () => {
  expect(progressOf(module, [])).toMatchObject({ percent: 0, done: false, nextLesson: "first" });
  const three = [0, 1, 2].map((part) => ({ lesson: "first", part }));
  expect(progressOf(module, three)).toMatchObject({
    percent: 75,
    done: false,
    nextLesson: "second",
    lessons: [
      { id: "first", taken: 3, parts: 3, done: true, next: 3 },
      { id: "second", taken: 0, parts: 1, done: false, next: 0 },
    ],
  });
  const all = [...three, { lesson: "second", part: 0 }];
  expect(progressOf(module, all)).toMatchObject({ percent: 100, done: true, nextLesson: null });
});

it("ignores steps of lessons this version does not have, and steps told twice", () => {
  const steps = [
    { lesson: "gone", part: 0 },
    { lesson: "first", part: 0 },
    { lesson: "first", part: 0 },
    { lesson: "first", part: 9 },
  ];
  expect(progressOf(module, steps)).toMatchObject({ percent: 25, nextLesson: "first" });
});
