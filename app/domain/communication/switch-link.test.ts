import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { switches } from "./notice.ts";
import { readSwitchToken, switchToken } from "./switch-link.ts";

const ids = fc.string({ minLength: 1, unit: "grapheme" });

test.prop([ids, fc.constantFrom(...switches)])("stands for one person and one switch", (personId, by) => {
  expect(readSwitchToken("key", switchToken("key", personId, by))).toEqual({ personId, by });
});

test.prop([ids, fc.string({ maxLength: 60 })])("nobody else can make one", (personId, text) => {
  const token = switchToken("key", personId, "practice");
  expect(readSwitchToken("other", token)).toBeNull();
  expect(readSwitchToken("key", token.replace("practice", "early"))).toBeNull();
  expect(readSwitchToken("key", `${token}.x`)).toBeNull();
  expect(readSwitchToken("key", text)).toBeNull();
});
