import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type PeriodFacts, periodState, standing, supersession, waiverEnd } from "./assignment.ts";
import { type PeriodState, periodStates } from "./period-state.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

const facts = (overrides: Partial<PeriodFacts> = {}): PeriodFacts => ({
  number: 1,
  assignedAt: days(-40),
  dueAt: days(-10),
  graceUntil: days(4),
  startedAt: null,
  completedAt: null,
  renewFrom: null,
  expiresAt: null,
  supersededAt: null,
  endedAt: null,
  ...overrides,
});
const done = { completedAt: days(-5), renewFrom: days(300), expiresAt: days(360) };
const waived = { grantedAt: days(-1), until: days(1) };

describe("the state of a period", () => {
  it.each<[string, Partial<PeriodFacts>, PeriodState]>([
    ["nothing done, past due, within grace", {}, "not_started"],
    ["begun", { startedAt: days(-1) }, "in_progress"],
    ["begun later than now", { startedAt: days(1) }, "not_started"],
    ["grace ends this moment", { graceUntil: now }, "overdue"],
    ["begun, but grace is over", { startedAt: days(-1), graceUntil: days(-1) }, "overdue"],
    ["a renewal that was not made in time", { number: 2, graceUntil: days(-1) }, "expired"],
    ["completed", done, "competent"],
    ["completed after grace", { ...done, graceUntil: days(-8) }, "competent"],
    ["completed later than now", { ...done, completedAt: days(1) }, "not_started"],
    ["renewal opens this moment", { ...done, renewFrom: now }, "expiring"],
    ["ends this moment", { ...done, renewFrom: days(-60), expiresAt: now }, "expired"],
    ["completed for good", { completedAt: days(-900) }, "competent"],
  ])("%s", (_, overrides, state) => {
    expect(periodState(facts(overrides), [], now)).toBe(state);
  });

  it.each<[string, Partial<PeriodFacts>, { grantedAt: Date; until: Date }, PeriodState]>([
    ["outranks a missed date", { graceUntil: days(-1) }, waived, "waived"],
    ["gives way to proof", done, waived, "competent"],
    ["does not bridge ended competence", { ...done, expiresAt: days(-1) }, waived, "expired"],
    ["does not count before it is granted", {}, { grantedAt: days(1), until: days(2) }, "not_started"],
    ["ends at its moment", {}, { grantedAt: days(-2), until: now }, "not_started"],
  ])("a waiver %s", (_, overrides, waiver, state) => {
    expect(periodState(facts(overrides), [waiver], now)).toBe(state);
  });

  it("a waiver that is prolonged ends with the last", () => {
    const longer = { grantedAt: days(-1), until: days(9) };
    expect(waiverEnd([waived, longer, { grantedAt: days(1), until: days(20) }], now)).toEqual(days(9));
    expect(waiverEnd([], now)).toBeNull();
  });
});

const moment = fc.integer({ min: -800, max: 800 }).map(days);
const maybe = fc.option(moment, { nil: null });
const anyFacts: fc.Arbitrary<PeriodFacts> = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  assignedAt: moment,
  dueAt: moment,
  graceUntil: moment,
  startedAt: maybe,
  completedAt: maybe,
  renewFrom: maybe,
  expiresAt: maybe,
  supersededAt: maybe,
  endedAt: maybe,
});
const anyWaivers = fc.array(fc.record({ grantedAt: moment, until: moment }), { maxLength: 3 });

/** The facts as they were known at `at`. */
const knownAt = (p: PeriodFacts, at: Date): PeriodFacts => ({
  ...p,
  startedAt: p.startedAt && p.startedAt <= at ? p.startedAt : null,
  completedAt: p.completedAt && p.completedAt <= at ? p.completedAt : null,
});

describe("at any time", () => {
  property.prop([anyFacts, anyWaivers, moment])("exactly one state holds", (p, waivers, at) => {
    expect(periodStates.filter((state) => state === periodState(p, waivers, at))).toHaveLength(1);
  });

  property.prop([anyFacts, anyWaivers, moment])("facts later than it do not count", (p, waivers, at) => {
    const known = waivers.filter((waiver) => waiver.grantedAt <= at);
    expect(periodState(knownAt(p, at), known, at)).toBe(periodState(p, waivers, at));
  });
});

describe("the period that stands", () => {
  const first = facts({ ...done, assignedAt: days(-400) });
  const second = facts({ number: 2, assignedAt: days(-20) });
  it.each<[string, PeriodFacts[], number | null]>([
    ["the earlier, while both are there", [second, first], 1],
    ["the later, once it has taken over", [{ ...first, supersededAt: days(-1) }, second], 2],
    ["the earlier, until it takes over", [{ ...first, supersededAt: days(1) }, second], 1],
    ["none, once the requirement asks no more", [first, second].map((p) => ({ ...p, endedAt: now })), null],
    ["the earlier, until the requirement asks no more", [{ ...first, endedAt: days(1) }], 1],
    ["none, before the first", [facts({ assignedAt: days(1) })], null],
  ])("is %s", (_, periods, number) => {
    expect(standing(periods, now)?.number ?? null).toBe(number);
  });

  it("hands over when the next is completed, or when the competence ends", () => {
    expect(supersession(first, { assignedAt: days(-20), completedAt: null }, now)).toBeNull();
    expect(supersession(first, { assignedAt: days(-20), completedAt: days(-2) }, now)).toEqual(days(-2));
    expect(supersession({ expiresAt: days(-3) }, { assignedAt: days(-2), completedAt: null }, now)).toEqual(
      days(-2),
    );
  });
});
