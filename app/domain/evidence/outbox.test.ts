import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { failureKind, isSameStatement, mostTries, nextTry } from "./outbox.ts";
import { buildStatement } from "./statement.ts";

const now = new Date("2026-11-23T10:00:00Z");
const seconds = (at: Date | null): number | null => (at ? (at.getTime() - now.getTime()) / 1000 : null);

describe("next try", () => {
  it.each([
    [1, 0, 5],
    [2, 0, 10],
    [5, 0, 80],
    [5, 1, 40],
    [20, 0, 1800],
    [mostTries, 0, null],
  ])("after %i failures with jitter %d comes in %s seconds", (attempts, jitter, wait) => {
    expect(seconds(nextTry({ attempts, kind: "unavailable" }, now, jitter))).toBe(wait);
  });

  it("does not come for a statement the LRS will never take", () => {
    expect(nextTry({ attempts: 1, kind: "refused" }, now, 0)).toBeNull();
  });

  it("waits as long as the LRS asks, within reason", () => {
    const kind = "unavailable";
    expect(seconds(nextTry({ attempts: 1, kind, retryAfter: 120 }, now, 1))).toBe(120);
    expect(seconds(nextTry({ attempts: 1, kind, retryAfter: 1e9 }, now, 1))).toBe(1800);
  });

  test.prop([fc.integer({ min: 1, max: mostTries - 1 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    "is always ahead, and never more than half an hour",
    (attempts, jitter) => {
      const wait = seconds(nextTry({ attempts, kind: "unavailable" }, now, jitter));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(1800);
    },
  );
});

it.each([
  [400, "refused"],
  [409, "refused"],
  [413, "refused"],
  [401, "unavailable"],
  [404, "unavailable"],
  [429, "unavailable"],
  [503, "unavailable"],
  [302, "unavailable"],
])("status %i is %s", (status, kind) => {
  expect(failureKind(status)).toBe(kind);
});

describe("an LRS's copy", () => {
  const ours = buildStatement(
    { homePage: "https://a.example", pseudonym: "n", baseIri: "https://a.example" },
    { id: "id-1", at: now, verb: "asked", object: { path: ["q"], type: "https://a.example/t" } },
  );

  it("is ours when it only adds to it", () => {
    const copy = { ...ours, id: "ID-1", stored: "later", timestamp: "2026-11-23T11:00:00+01:00" };
    expect(isSameStatement(ours, copy)).toBe(true);
  });

  it.each([
    { ...ours, timestamp: "2026-11-23T10:00:01Z" },
    { ...ours, verb: { id: "https://a.example/other" } },
    { id: "id-1" },
    null,
  ])("is not ours otherwise: %j", (copy) => {
    expect(isSameStatement(ours, copy)).toBe(false);
  });
});
