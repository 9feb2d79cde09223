import { expect, it } from "vitest";
import { hereAt } from "./here.ts";

it.each([
  ["/learn", "/learn", "page"],
  ["/learn", "/learn/ai-awareness-yearly/lessons/privacy", "below"],
  ["/learn", "/attempts/a1", "below"],
  ["/learn", "/attempts/a1/result", "below"],
  ["/learn", "/practice/ai-awareness-yearly", "below"],
  ["/learn", "/learning", null],
  ["/policies", "/attempts/a1", null],
  ["/", "/", "page"],
  ["/", "/learn", null],
])("of %s, %s is %s", (to, pathname, here) => {
  expect(hereAt(to, pathname)).toBe(here);
});
