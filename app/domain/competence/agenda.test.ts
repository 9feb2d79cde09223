import { describe, expect, it } from "vitest";
import { byUrgency, daysUntil, isToDo } from "./agenda.ts";
import type { PeriodState } from "./period-state.ts";

const entry = (slug: string, state: PeriodState, due: string) => ({ slug, state, dueAt: new Date(due) });

describe("byUrgency", () => {
  it("puts missed dates first, then the nearest date, and what needs nothing last", () => {
    const list = [
      entry("done", "competent", "2026-01-01"),
      entry("later", "not_started", "2026-12-20"),
      entry("soon", "in_progress", "2026-12-01"),
      entry("missed", "overdue", "2026-11-20"),
      entry("lapsed", "expired", "2026-10-01"),
      entry("waived", "waived", "2026-09-01"),
      entry("renew", "expiring", "2026-12-10"),
    ];
    expect(byUrgency(list).map((one) => one.slug)).toEqual([
      "lapsed",
      "missed",
      "soon",
      "renew",
      "later",
      "done",
      "waived",
    ]);
  });
});

describe("isToDo", () => {
  it.each<[PeriodState, boolean]>([
    ["not_started", true],
    ["in_progress", true],
    ["expiring", true],
    ["overdue", true],
    ["expired", true],
    ["competent", false],
    ["waived", false],
  ])("%s: %s", (state, toDo) => expect(isToDo(state)).toBe(toDo));
});

describe("daysUntil", () => {
  const now = new Date("2026-11-23T10:00:00Z");
  it.each([
    ["2026-11-23T18:00:00Z", 0],
    ["2026-11-23T09:00:00Z", 0],
    ["2026-11-24T01:00:00Z", 1],
    ["2026-12-23T10:00:00Z", 30],
    ["2026-11-22T23:00:00Z", -1],
  ])("%s: %i", (at, days) => expect(daysUntil(new Date(at), now, "UTC")).toBe(days));
});
