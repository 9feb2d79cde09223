import { expect, it } from "vitest";
import { keptUntil, retentionFile, retentionKinds } from "./retention.ts";
import { loadContent } from "../../../scripts/content.ts";

const now = new Date("2026-11-24T09:00:00Z");

it.each([
  ["questions", 10, new Date("2026-11-14T09:00:00Z")],
  ["statements", null, null],
  // Sessions end by a rule of their own.
  ["sessions", 1, null],
] as const)("%s kept for %s days are deleted up to %s", (kind, days, until) => {
  expect(keptUntil([{ kind, days }], kind, now)).toEqual(until);
});

it("has a rule for every kind, and none that deletes evidence by time", () => {
  const { retention } = loadContent("content");
  expect(retention.map((one) => one.kind).toSorted()).toEqual([...retentionKinds].toSorted());
  const faulty = (change: object) =>
    retentionFile.safeParse({ rules: retention.map((one) => ({ ...one, ...change })) }).success;
  expect(faulty({})).toBe(true);
  expect(faulty({ days: 30 })).toBe(false);
  expect(faulty({ days: null })).toBe(false);
});
