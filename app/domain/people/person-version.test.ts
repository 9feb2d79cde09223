import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  came,
  changeSteps,
  dayOf,
  hired,
  newcomer,
  type Recorded,
  recordedSteps,
} from "#test/person-history.ts";
import {
  changedFields,
  changesOfPerson,
  factsOf,
  type LookBack,
  personFields,
  versionOn,
  versionsOfChange,
} from "./person-version.ts";

const days = fc.integer({ min: 0, max: 330 });
const lookBack = (after: number, known: LookBack["known"]): LookBack => {
  const day = dayOf(new Date(came.getTime() + after * 86_400_000));
  return { day, at: new Date(`${day}T23:59:59.999Z`), known };
};

/** Field by field: what was said last of it that is true of the day; a first or last day of work is true of all. */
function saidOf(all: readonly Recorded[], { day, at, known }: LookBack) {
  const heard = all.filter((one) => known === "now" || one.at <= at);
  return Object.fromEntries(
    personFields.map((field) => {
      const always = field === "hiredOn" || field === "leftOn";
      const said = all
        .filter((one, i) => {
          const before = all.slice(0, i).reduce((facts, { set }) => ({ ...facts, ...set }), newcomer);
          return i === 0 || changedFields(before, { ...before, ...one.set }).includes(field);
        })
        .filter((one) => heard.includes(one))
        .findLast((one) => always || one.from <= day || one === all[0]);
      return [field, said?.set[field]];
    }),
  );
}

describe("versions of a person", () => {
  it("say of each field what was said last that is true of the day", () => {
    fc.assert(
      fc.property(changeSteps, days, fc.constantFrom("then", "now"), (steps, after, known) => {
        const all = recordedSteps(steps);
        const view = lookBack(after, known);
        const version = versionOn(all.at(-1)?.versions ?? [], view);
        expect(version && factsOf(version)).toEqual(saidOf(all, view));
      }),
      { numRuns: 1000 },
    );
  });

  it("are told as known then, whatever is recorded later", () => {
    fc.assert(
      fc.property(changeSteps, days, (steps, after) => {
        const all = recordedSteps(steps);
        const view = lookBack(after, "then");
        const byThen = all.findLast((one) => one.at <= view.at)?.versions ?? [];
        for (const { versions } of all.filter((one) => one.at > view.at))
          expect(versionOn(versions, view)).toEqual(versionOn(byThen, view));
      }),
      { numRuns: 500 },
    );
  });

  it("say of today what was said last, by both", () => {
    fc.assert(
      fc.property(changeSteps, (steps) => {
        const all = recordedSteps(steps);
        const current = all.reduce((facts, one) => ({ ...facts, ...one.set }), newcomer);
        const last = all.at(-1);
        const day = dayOf(last?.at ?? came);
        for (const known of ["then", "now"] as const) {
          const version = versionOn(last?.versions ?? [], {
            day: day < current.hiredOn ? current.hiredOn : day,
            at: last?.at ?? came,
            known,
          });
          expect(version && changedFields(version, current)).toEqual([]);
        }
      }),
    );
  });

  it("leave the title of last month alone where the department is changed as of last month", () => {
    const at = (day: string): Date => new Date(`${day}T09:00:00Z`);
    const known = [
      { ...newcomer, validFrom: hired, recordedAt: came },
      { ...newcomer, title: "Lead", validFrom: "2026-03-10", recordedAt: at("2026-03-10") },
    ];
    const rows = versionsOfChange(known, { ...newcomer, title: "Lead", department: "Support" }, "2026-03-01");
    expect(rows.map((one) => [one.validFrom, one.department, one.title])).toEqual([
      ["2026-03-01", "Support", "Clerk"],
      ["2026-03-10", "Support", "Lead"],
    ]);
  });

  it("are none where only the order of lists differs", () => {
    const known = [{ ...newcomer, audiences: ["a", "b"], validFrom: hired, recordedAt: came }];
    expect(versionsOfChange(known, { ...newcomer, audiences: ["b", "a"] }, "2026-03-01")).toEqual([]);
  });

  it("are told as changes with what was before and after, and from when", () => {
    const all = recordedSteps([
      { set: { department: "Support" }, after: 60, back: 20 },
      { set: { leftOn: "2026-12-01" }, after: 10, back: 0 },
      { set: {}, after: 10, back: 0 },
      { set: { title: "Lead", leftOn: null }, after: 10, back: 0 },
    ]);
    expect(
      changesOfPerson(all.at(-1)?.versions ?? []).map(({ from, before, after, fields }) => [
        from,
        ...fields.map((field) => `${field}: ${String(before[field])} → ${String(after[field])}`),
      ]),
    ).toEqual([
      ["2026-02-14", "department: Sales → Support"],
      [null, "leftOn: null → 2026-12-01"],
      ["2026-04-05", "title: Clerk → Lead", "leftOn: 2026-12-01 → null"],
    ]);
  });
});
