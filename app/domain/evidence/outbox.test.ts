import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  everything,
  failureKind,
  filterFrom,
  isOwn,
  nextTry,
  passes,
  passesVoiding,
  type StoredStatement,
  type TargetFilter,
} from "./outbox.ts";
import { verbs } from "./statement.ts";

const now = new Date("2026-11-23T10:00:00Z");
const seconds = (at: Date): number => (at.getTime() - now.getTime()) / 1000;

describe("next try", () => {
  it.each([
    [1, 0, 5],
    [2, 0, 10],
    [5, 0, 80],
    [5, 1, 40],
    [20, 0, 1800],
    [100_000, 0, 1800],
  ])("after %i failures with jitter %d comes in %s seconds", (attempts, jitter, wait) => {
    expect(seconds(nextTry({ attempts }, now, jitter))).toBe(wait);
  });

  it("waits as long as the LRS asks, within reason", () => {
    expect(seconds(nextTry({ attempts: 1, retryAfter: 120 }, now, 1))).toBe(120);
    expect(seconds(nextTry({ attempts: 1, retryAfter: 1e9 }, now, 1))).toBe(1800);
  });

  test.prop([fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    "is always ahead, and never more than half an hour",
    (attempts, jitter) => {
      const wait = seconds(nextTry({ attempts }, now, jitter));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(1800);
    },
  );
});

it.each([
  [400, "refused"],
  [409, "refused"],
  [413, "refused"],
  [422, "refused"],
  [401, "unavailable"],
  [404, "unavailable"],
  [429, "unavailable"],
  [503, "unavailable"],
  [302, "unavailable"],
])("status %i is %s", (status, kind) => {
  expect(failureKind(status)).toBe(kind);
});

const home = "https://learn.example";
const passed: StoredStatement = {
  id: "8f1c1f0e-0000-4000-8000-000000000001",
  verb: { id: verbs.passed },
  object: { id: `${home}/xapi/modules/ai-awareness` },
};

it.each([
  [{ homePage: home, name: "clause7" }, true],
  [{ homePage: home, name: "moodle" }, false],
  [{ homePage: "https://other.example", name: "clause7" }, false],
  [undefined, false],
])("a statement signed by %j is own: %s", (account, own) => {
  expect(isOwn({ ...passed, authority: account ? { account } : {} }, home)).toBe(own);
});

describe("a filter", () => {
  const only = (parts: Partial<TargetFilter>): TargetFilter => ({ ...everything, ...parts });
  const received: StoredStatement = { ...passed, object: { objectType: "Agent" } };

  it.each<[string, TargetFilter, StoredStatement, boolean, boolean]>([
    ["everything", everything, received, false, true],
    ["own, of own", only({ origin: "own" }), passed, true, true],
    ["own, of received", only({ origin: "own" }), passed, false, false],
    ["received, of own", only({ origin: "received" }), passed, true, false],
    ["received, of received", only({ origin: "received" }), passed, false, true],
    ["its verb", only({ verbs: [verbs.failed, verbs.passed] }), passed, true, true],
    ["another verb", only({ verbs: [verbs.failed] }), passed, true, false],
    ["the start of its activity", only({ activities: [`${home}/xapi/modules/`] }), passed, true, true],
    ["another activity", only({ activities: [`${home}/xapi/policies/`] }), passed, true, false],
    ["an activity, of an agent", only({ activities: [home] }), received, true, false],
    ["verb and another origin", only({ origin: "received", verbs: [verbs.passed] }), passed, true, false],
  ])("that asks for %s", (_name, filter, statement, own, through) => {
    expect(passes(filter, statement, own)).toBe(through);
  });

  it("sends a voiding where the voided statement went, whoever voided it", () => {
    const voiding = {
      statement: { ...passed, verb: { id: "voided" }, object: { objectType: "StatementRef" } },
    };
    const filter = only({ origin: "own", verbs: [verbs.passed] });
    const goes = (own: boolean, voided: Parameters<typeof passesVoiding>[2]) =>
      passesVoiding(filter, { ...voiding, own }, voided);
    expect(goes(false, { statement: passed, own: true })).toBe(true);
    expect(goes(true, { statement: passed, own: false })).toBe(false);
    expect(goes(true, { statement: { ...passed, verb: { id: verbs.failed } }, own: true })).toBe(false);
    expect(goes(true, null)).toBe(true);
    expect(goes(false, null)).toBe(false);
  });
});

describe("a filter as written in a form", () => {
  const written = (verbLines: string, activities = "") =>
    filterFrom({ origin: "own", verbs: verbLines, activities });

  it("takes names of ours and addresses, a line each, once", () => {
    expect(
      written("passed\r\n\n  https://v.example/x \npassed", "urn:a\nhttps://learn.example/xapi/"),
    ).toEqual({
      ok: true,
      filter: {
        origin: "own",
        verbs: [verbs.passed, "https://v.example/x"],
        activities: ["urn:a", "https://learn.example/xapi/"],
      },
    });
    expect(written("", "")).toEqual({ ok: true, filter: { ...everything, origin: "own" } });
  });

  it.each([
    ["verbs", "passt", "", { reason: "no_address", line: "passt", example: verbs.passed }],
    ["verbs", "toString", "", { reason: "no_address", line: "toString" }],
    ["verbs", "https://a b.example", "", { reason: "no_address" }],
    ["activities", "", "modules/", { reason: "no_address", line: "modules/" }],
    ["activities", "", `urn:${"x".repeat(2000)}`, { reason: "no_address" }],
    [
      "activities",
      "",
      Array.from({ length: 51 }, (_, i) => `urn:${i}`).join("\n"),
      { reason: "too_many", most: 50, given: 51 },
    ],
  ])("refuses in %s what cannot be: %#", (field, verbLines, activities, refusal) => {
    expect(written(verbLines, activities)).toMatchObject({ ok: false, refusal: { field, ...refusal } });
  });
});
