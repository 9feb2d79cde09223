import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginning, historyOf, steps } from "#test/history.ts";
import { asAtOf, asAtParams, asAtQuery, type Knowledge, periodsAsAt, type RecordedPeriod } from "./as-at.ts";
import { periodState, standing } from "./assignment.ts";

const now = new Date("2026-11-30T10:00:00Z");

function stateOf(periods: readonly RecordedPeriod[], at: Date, known: Knowledge): string | null {
  const stands = standing(periodsAsAt(periods, { at, known }), at);
  return stands && `${stands.number} ${periodState(stands, [], at)}`;
}

/** Two cycles of an earlier system, the second imported later, which then takes over from the first as of before. */
const secondImport: Parameters<typeof historyOf>[0][number][] = [
  { kind: "import", after: 10, days: 0 },
  { kind: "import", after: 20, days: 1 },
  { kind: "supersede", after: 1, days: 0 },
];

describe("a day looked back at", () => {
  it.each([
    [
      { at: "2026-03-01", known: "now" },
      { at: "2026-03-01", known: "now" },
    ],
    [{ at: "2026-03-01" }, { at: "2026-03-01", known: "then" }],
    [{ at: "2026-11-30" }, {}],
    [{ at: "2027-01-01" }, {}],
    [{ at: "2026-02-30" }, {}],
    [{ at: "yesterday", known: "now" }, {}],
    [{}, {}],
  ])("is read from %j as %j", (search, params) => {
    expect(asAtParams(asAtOf(asAtQuery.parse(search), now))).toEqual(params);
  });

  it("is told as known then, whatever is recorded later", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 400 }), (all, days) => {
        const at = new Date(beginning.getTime() + days * 86_400_000);
        const history = historyOf(all);
        const byThen = history.findLast((one) => one.at <= at)?.periods ?? [];
        for (const { periods } of history.filter((one) => one.at > at))
          expect(stateOf(periods, at, "then")).toBe(stateOf(byThen, at, "then"));
      }),
      { numRuns: 500, examples: [[secondImport, 29]] },
    );
  });

  it("is told alike by both once nothing was recorded later", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const last = historyOf(all).at(-1);
        if (last) expect(stateOf(last.periods, last.at, "then")).toBe(stateOf(last.periods, last.at, "now"));
      }),
    );
  });

  it("differs between what was known then and what is known now", () => {
    const at = new Date("2026-03-01T23:59:59.999Z");
    const imported = historyOf([{ kind: "import", after: 90, days: 60 }]).at(-1)?.periods ?? [];
    expect([stateOf(imported, at, "then"), stateOf(imported, at, "now")]).toEqual([null, "1 expiring"]);
    const brought = historyOf([
      { kind: "assign", after: 1, days: 30 },
      { kind: "complete", after: 1, days: 60 },
      { kind: "move", after: 100, days: 0 },
    ]).at(-1);
    const shortened = (brought?.periods ?? []).map((one) => ({ ...one, expiresAt: new Date("2026-02-01") }));
    expect([stateOf(shortened, at, "then"), stateOf(shortened, at, "now")]).toEqual([
      "1 expiring",
      "1 expired",
    ]);
  });
});
