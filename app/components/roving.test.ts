import { expect, it } from "vitest";
import { keyInRow } from "./roving.ts";

it.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 3, 0],
  ["ArrowDown", 1, 2],
  ["ArrowLeft", 0, 3],
  ["ArrowUp", 2, 1],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["Tab", 1, null],
  ["Enter", 1, null],
])("%s leads from %i to %s of four", (key, at, to) => {
  expect(keyInRow(key, at, 4)).toBe(to);
});
