import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { aRequirement } from "#test/course.ts";
import { type PeriodFacts, periodState, standing, supersession, type WaiverFacts } from "./assignment.ts";
import { afterChange } from "./material-change.ts";
import { type HeldPeriod, isLive, type OpenedBy, type Planned, planPeriods } from "./plan.ts";
import { completionDates, type Leave } from "./recurrence.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const who: Planned = {
  id: "p-1",
  audiences: ["all-staff"],
  department: "Sales",
  location: "Rotterdam",
  employmentType: "permanent",
  computerShare: 80,
  roles: ["employee"],
  uses: [],
  oversees: [],
  named: [],
  leftOn: null,
  timeZone: "Europe/Amsterdam",
  leaves: [],
};
const held = (overrides: Partial<HeldPeriod> = {}): HeldPeriod => ({
  id: "1",
  requirementSlug: aRequirement.slug,
  number: 1,
  moduleVersionId: null,
  startedAt: null,
  completedAt: null,
  renewFrom: null,
  expiresAt: null,
  supersededAt: null,
  endedAt: null,
  anchorOn: null,
  carriedFrom: null,
  ...overrides,
});
const proven = { completedAt: days(-5), renewFrom: days(300), expiresAt: days(360), anchorOn: "2026-11-18" };
const plan = (periods: HeldPeriod[], person: Partial<Planned> = {}) =>
  planPeriods([aRequirement], { ...who, ...person }, periods, now);

describe("planning", () => {
  it("opens nothing for whom it does not concern, or before its day", () => {
    expect(plan([], { audiences: ["engineers"] })).toEqual({ open: [], end: [] });
    expect(plan([], { leftOn: "2026-11-23" })).toEqual({ open: [], end: [] });
    for (const dates of [{ effectiveFrom: "2026-11-24" }, { effectiveUntil: "2026-11-22" }])
      expect(planPeriods([{ ...aRequirement, ...dates }], who, [], now).open).toEqual([]);
  });

  it("opens the periods of a requirement about a system for its overseers, whatever their audiences", () => {
    const overseers = { ...aRequirement, audiences: [], system: "hirelens" };
    expect(planPeriods([overseers], who, [], now).open).toEqual([]);
    expect(
      planPeriods([overseers], { ...who, audiences: [], oversees: ["hirelens"] }, [], now).open,
    ).toHaveLength(1);
  });

  it("gives the first period its days and grace, and a renewal none beyond the competence", () => {
    expect(plan([]).open).toMatchObject([
      {
        number: 1,
        assignedAt: now,
        dueAt: new Date("2026-12-23T22:59:59Z"),
        graceUntil: new Date("2027-01-06T22:59:59Z"),
        openedBy: "rule",
      },
    ]);
    expect(plan([held({ ...proven, renewFrom: days(1) })]).open).toEqual([]);
    expect(plan([held({ ...proven, renewFrom: now })]).open).toMatchObject([
      { number: 2, dueAt: proven.expiresAt, graceUntil: proven.expiresAt, openedBy: "schedule" },
    ]);
  });

  it("puts a renewal off by leave, while the competence ends when it ends", () => {
    const leaves = [{ from: "2026-12-01", until: "2026-12-10" }];
    const ending = held({ ...proven, renewFrom: days(-30), expiresAt: days(30) });
    expect(plan([ending], { leaves }).open).toMatchObject([{ dueAt: new Date("2027-01-02T22:59:59Z") }]);
  });

  it.each<[string, Partial<HeldPeriod>[], Partial<Planned>, object[]]>([
    [
      "ends what a mover leaves behind, all that is open of it",
      [proven, { number: 2 }],
      { audiences: [] },
      [{ reason: "does_not_apply" }, { reason: "does_not_apply" }],
    ],
    ["ends everything of a leaver", [{}], { leftOn: "2026-11-20" }, [{ reason: "left" }]],
    [
      "ends what no requirement asks any more",
      [{ requirementSlug: "gone" }],
      {},
      [{ reason: "requirement_ended" }],
    ],
    [
      "leaves alone what was ended or left behind before",
      [{ endedAt: now }, { supersededAt: now }],
      { audiences: [] },
      [],
    ],
  ])("%s", (_, periods, person, ends) => {
    expect(plan(periods.map(held), person).end).toMatchObject(ends);
  });

  it.each<[string, Partial<HeldPeriod>[], object[]]>([
    ["opens the next cycle", [{ endedAt: days(-9) }], [{ number: 2, carriedFrom: null }]],
    [
      "opens the next cycle where the competence has ended",
      [{ ...proven, expiresAt: days(-1), endedAt: days(-9) }],
      [{ number: 2, carriedFrom: null }],
    ],
    [
      "carries on what still counts",
      [
        { ...proven, endedAt: days(-1) },
        { id: "2", number: 2, endedAt: days(-1) },
      ],
      [{ number: 3, carriedFrom: "1", completedAt: proven.completedAt }],
    ],
    [
      "carries on from where it was proven",
      [{ ...proven, carriedFrom: "0", endedAt: days(-1) }],
      [{ number: 2, carriedFrom: "0" }],
    ],
    [
      "carries on and renews",
      [{ ...proven, renewFrom: days(-1), endedAt: days(-2) }],
      [
        { number: 2, carriedFrom: "1" },
        { number: 3, openedBy: "schedule" },
      ],
    ],
    [
      "does not carry on what was revoked",
      [{ ...proven, endedAt: days(-2), supersededAt: days(-1) }],
      [{ number: 2, carriedFrom: null }],
    ],
  ])("when it asks again: %s", (_, periods, opened) => {
    const { open, end } = plan(periods.map(held));
    expect(open).toMatchObject(opened);
    expect(end).toEqual([]);
  });
});

type Stored = HeldPeriod & PeriodFacts & { waivers: WaiverFacts[]; openedBy: OpenedBy };
const steps = [
  "run",
  "complete",
  "leave audience",
  "join audience",
  "leave",
  "return",
  "absence",
  "retrain",
  "waive",
] as const;
/** A life: what happens, each some days after the other. The schedule runs when it runs. */
const life = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 150 }),
    what: fc.constantFrom(...steps),
    hours: fc.integer({ min: 0, max: 23 }),
  }),
  { minLength: 1, maxLength: 25 },
);

class Life {
  at = now;
  person: Planned = who;
  leaves: Leave[] = [];
  periods: Stored[] = [];

  run(cause: OpenedBy = "rule"): void {
    const { open, end } = planPeriods([aRequirement], this.person, this.periods, this.at, cause);
    for (const { id } of end) this.periods.filter((p) => p.id === id).forEach((p) => (p.endedAt = this.at));
    const empty = { ...held(), waivers: [] };
    this.periods.push(...open.map((p) => ({ ...empty, ...p, id: String(p.number) })));
    this.handOver();
  }

  handOver(): void {
    for (const [i, one] of this.periods.entries()) {
      const next = this.periods[i + 1];
      if (next && isLive(one)) one.supersededAt = supersession(one, next, this.at);
    }
  }

  complete(): void {
    const open = this.periods.at(-1);
    if (!open || open.completedAt !== null || !isLive(open)) return;
    const before = this.periods.at(-2);
    const { anchorOn = null, renewFrom = null, expiresAt = null } = before && isLive(before) ? before : {};
    const earlier = renewFrom && expiresAt ? { anchorOn, renewFrom, expiresAt } : null;
    const person = { hiredOn: "2024-01-08", timeZone: who.timeZone };
    Object.assign(open, { completedAt: this.at }, completionDates(aRequirement, person, earlier, this.at));
    this.handOver();
  }

  retrain(): void {
    for (const one of this.periods.filter(isLive)) {
      const { completedAt, renewFrom, expiresAt } = one;
      if (!completedAt || !renewFrom || !expiresAt) continue;
      const dates = afterChange("material", aRequirement, { completedAt, renewFrom, expiresAt }, this.at);
      Object.assign(one, dates, { anchorOn: null });
      const next = this.periods.find((p) => p.number === one.number + 1 && p.completedAt === null);
      if (next && next.dueAt > dates.expiresAt)
        Object.assign(next, { dueAt: dates.expiresAt, graceUntil: dates.expiresAt });
    }
    this.run("incident");
  }

  step(what: (typeof steps)[number]): void {
    const today = this.at.toISOString().slice(0, 10);
    if (what === "complete") this.complete();
    if (what === "retrain") this.retrain();
    if (what === "leave audience") this.person = { ...this.person, audiences: [] };
    if (what === "join audience") this.person = { ...this.person, audiences: ["all-staff"] };
    if (what === "leave") this.person = { ...this.person, leftOn: today };
    if (what === "return") this.person = { ...this.person, leftOn: null };
    const until = new Date(this.at.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
    if (what === "absence")
      this.person = { ...this.person, leaves: [...this.person.leaves, { from: today, until }] };
    const open = this.periods.at(-1);
    if (what === "waive" && open)
      open.waivers.push({ grantedAt: this.at, until: new Date(this.at.getTime() + 8.64e8) });
    this.run();
  }

  /** What was said at a moment: how many stand, and in what state. */
  seen(at: Date): string {
    const speaks = standing(this.periods, at);
    return speaks ? `${speaks.number} ${periodState(speaks, speaks.waivers, at)}` : "none";
  }
}

describe("over any history", () => {
  property.prop([life])(
    "periods are numbered without a hole, never overlap, never vanish, and are planned once",
    (events) => {
      const one = new Life();
      one.run();
      const said: [Date, string][] = [];
      for (const { after, hours, what } of events) {
        one.at = new Date(one.at.getTime() + after * 86_400_000 + hours * 3_600_000 + 1000);
        one.run();
        const before = one.periods.map((p) => ({ ...p }));
        one.step(what);
        expect(planPeriods([aRequirement], one.person, one.periods, one.at)).toEqual({ open: [], end: [] });
        expect(one.periods.map((p) => p.number)).toEqual(one.periods.map((_, i) => i + 1));
        // What is written stays written, and none goes.
        for (const [i, p] of before.entries())
          for (const fact of ["completedAt", "supersededAt", "endedAt", "startedAt"] as const)
            if (p[fact] !== null) expect(one.periods[i]?.[fact]).toEqual(p[fact]);
        // At most a renewal beside what it renews; what asks no more leaves none open.
        const live = one.periods.filter(isLive);
        const asks = one.person.audiences.length > 0 && one.person.leftOn === null;
        expect(live.length).toBeLessThanOrEqual(asks ? 2 : 0);
        if (asks) expect(live.length).toBeGreaterThan(0);
        if (live.length === 2) expect(live[0]?.completedAt).not.toBeNull();
        said.push([new Date(one.at.getTime() - 1), one.seen(new Date(one.at.getTime() - 1))]);
      }
      // What was so at a moment is read from the facts later on as well.
      for (const [at, words] of said) expect(one.seen(at)).toBe(words);
    },
  );
});
