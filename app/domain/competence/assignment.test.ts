import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { aRequirement } from "#test/course.ts";
import {
  type PeriodFacts,
  type PlannedPeriod,
  periodState,
  planPeriods,
  standing,
  supersession,
  waiverEnd,
} from "./assignment.ts";
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

type Stored = PeriodFacts & PlannedPeriod;
/** A life: on some days the schedule runs, on some the person completes what is open. */
const life = fc.array(fc.record({ after: fc.integer({ min: 1, max: 200 }), completes: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
});
const who = { id: "p-1", audiences: ["all-staff"], leftOn: null };
const plan = (periods: readonly Stored[], at: Date) => planPeriods([aRequirement], who, periods, at);

function runSchedule(periods: Stored[], at: Date): void {
  const empty = { startedAt: null, completedAt: null, renewFrom: null, expiresAt: null, supersededAt: null };
  periods.push(...plan(periods, at).map((planned) => ({ ...planned, ...empty })));
  for (const [i, one] of periods.entries()) {
    const next = periods[i + 1];
    if (next && one.supersededAt === null) one.supersededAt = supersession(one, next, at);
  }
}

function complete(periods: Stored[], at: Date): void {
  const open = periods.at(-1);
  if (!open || open.completedAt !== null) return;
  const expiresAt = new Date(at.getTime() + 365 * 86_400_000);
  const renewFrom = new Date(expiresAt.getTime() - 60 * 86_400_000);
  Object.assign(open, { completedAt: at, renewFrom, expiresAt });
}

describe("planning", () => {
  it("opens nothing for whom it does not concern, or who has left", () => {
    expect(planPeriods([aRequirement], { ...who, audiences: ["engineers"] }, [], now)).toEqual([]);
    expect(planPeriods([aRequirement], { ...who, leftOn: "2026-11-23" }, [], now)).toEqual([]);
    const future = { ...aRequirement, effectiveFrom: "2026-11-24" };
    expect(planPeriods([future], who, [], now)).toEqual([]);
  });

  it("opens the periods of a requirement about a system for its overseers, whatever their audiences", () => {
    const overseers = { ...aRequirement, audiences: [], system: "hirelens", people: ["p-2"] };
    expect(planPeriods([overseers], who, [], now)).toEqual([]);
    expect(planPeriods([overseers], { ...who, id: "p-2", audiences: [] }, [], now)).toHaveLength(1);
  });

  it("gives the first period its days and grace, and a renewal none beyond the competence", () => {
    const [first] = plan([], now);
    expect(first).toMatchObject({ number: 1, assignedAt: now, dueAt: days(30), graceUntil: days(44) });
    const earlier = { requirementSlug: aRequirement.slug, ...facts(done) };
    expect(plan([{ ...earlier, renewFrom: days(1) }], now)).toEqual([]);
    expect(plan([{ ...earlier, renewFrom: now }], now)).toMatchObject([
      { number: 2, dueAt: earlier.expiresAt, graceUntil: earlier.expiresAt },
    ]);
  });

  property.prop([life])("twice plans nothing more, and once assigned one period always stands", (steps) => {
    const periods: Stored[] = [];
    let at = now;
    runSchedule(periods, at);
    for (const { after, completes } of steps) {
      at = new Date(at.getTime() + after * 86_400_000);
      runSchedule(periods, at);
      if (completes) complete(periods, at);
      runSchedule(periods, at);
      expect(plan(periods, at)).toEqual([]);
      expect(periods.map((p) => p.number)).toEqual(periods.map((_, i) => i + 1));
    }
    for (let seen = now; seen <= at; seen = new Date(seen.getTime() + 9 * 86_400_000)) {
      const stands = periods.filter(
        (p) => p.assignedAt <= seen && (p.supersededAt === null || p.supersededAt > seen),
      );
      expect(standing(periods, seen)).toBe(stands[0]);
      expect(standing(periods, seen)).not.toBeNull();
    }
  });
});
