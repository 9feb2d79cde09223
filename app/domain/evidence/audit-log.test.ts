import { expect, it } from "vitest";
import { eventName } from "./audit-log.ts";

it.each([
  ["certificate.issued", "Issued a certificate"],
  ["case.decided", "Decided a case"],
  ["something.of.another.version", "something.of.another.version"],
  ["toString", "toString"],
])("tells %s as “%s”", (type, words) => {
  expect(eventName(type)).toBe(words);
});
