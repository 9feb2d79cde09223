import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { someFacts } from "#test/factories.ts";
import type { RiskClass } from "../register/terms.ts";
import type { Verdict } from "../risk/verdict.ts";
import type { Outcome } from "../risk/outcome.ts";
import { dueAt, extendedDue, factsKey, isCaseId, mayOpen, opensByPolicy, waitingSince } from "./case.ts";

const rules = {
  caseDueWorkingDays: { prohibited: 1, high_risk: 5, other: 3 },
  automaticCases: ["high_risk" as const],
};
const verdict = (outcome: Outcome, riskClass: RiskClass): Verdict => ({
  outcome,
  matter: "use",
  riskClass,
  flagged: false,
  area: null,
  signals: [],
  approvable: true,
  findings: [],
  conditions: [],
  clauses: [],
  systemSlug: null,
  approvals: [],
  tools: [],
  missing: [],
  soon: [],
  judgedOn: "2026-11-23",
});

describe("the due date of a case", () => {
  it.each([
    // Monday 23 November 2026
    ["2026-11-23T10:00:00Z", "prohibited", "2026-11-24T10:00:00.000Z"],
    ["2026-11-23T10:00:00Z", "limited", "2026-11-26T10:00:00.000Z"],
    ["2026-11-23T10:00:00Z", "high_risk", "2026-11-30T10:00:00.000Z"],
    // Friday afternoon: the weekend does not count
    ["2026-11-27T16:30:00Z", "prohibited", "2026-11-30T16:30:00.000Z"],
    ["2026-11-27T16:30:00Z", "minimal", "2026-12-02T16:30:00.000Z"],
    // opened on a Sunday
    ["2026-11-29T09:00:00Z", "prohibited", "2026-11-30T09:00:00.000Z"],
  ] as const)("opened %s with %s risk: due %s", (opened, riskClass, due) => {
    expect(dueAt(new Date(opened), { riskClass }, rules).toISOString()).toBe(due);
  });

  test.prop([fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })])(
    "is never on a weekend and keeps the time of day",
    (opened) => {
      const due = dueAt(opened, { riskClass: "high_risk" }, rules);
      expect([0, 6]).not.toContain(due.getUTCDay());
      expect((due.getTime() - opened.getTime()) % 86_400_000).toBe(0);
    },
  );

  it("moves by the time a case waited for information", () => {
    const due = new Date("2026-11-30T10:00:00Z");
    const asked = new Date("2026-11-24T10:00:00Z");
    expect(extendedDue(due, asked, new Date("2026-11-26T12:00:00Z")).toISOString()).toBe(
      "2026-12-02T12:00:00.000Z",
    );
    expect(extendedDue(due, asked, new Date("2026-11-23T10:00:00Z"))).toEqual(due);
  });
});

describe("waiting for information", () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
  const asked = (hour: number) => ({ kind: "information_requested" as const, at: at(hour) });
  const given = (hour: number) => ({ kind: "information_given" as const, at: at(hour) });
  it.each([
    ["nobody asked", [], null],
    ["asked twice, not answered", [asked(9), asked(11)], at(9)],
    ["answered", [asked(9), given(10)], null],
    ["asked again after an answer", [asked(9), given(10), asked(12)], at(12)],
  ])("%s", (_name, history, since) => {
    expect(waitingSince(history)).toEqual(since);
  });
});

describe("whose facts are the same", () => {
  const facts = {
    system: "quillmate",
    purposes: ["summarise", "draft_text"],
    dataClasses: ["internal" as const],
    affected: ["employees" as const],
    oversight: "human_decides" as const,
  };
  it("holds whatever the order, and whatever follows from it", () => {
    const other = { ...facts, purposes: ["draft_text", "summarise"], effect: "advisory" as const };
    expect(factsKey(someFacts(facts))).toBe(factsKey(someFacts(other)));
  });
  it("differs with any fact", () => {
    expect(factsKey(someFacts({ ...facts, oversight: "automatic" }))).not.toBe(factsKey(someFacts(facts)));
    expect(factsKey(someFacts({ ...facts, dataClasses: ["personal"] }))).not.toBe(factsKey(someFacts(facts)));
  });
  it("tells unregistered tools apart by the name given", () => {
    const one = someFacts({ ...facts, system: "unregistered", systemName: "Moodly" });
    const same = someFacts({ ...facts, system: "unregistered", systemName: "moodly" });
    const other = someFacts({ ...facts, system: "unregistered", systemName: "Notely" });
    expect(factsKey(one)).toBe(factsKey(same));
    expect(factsKey(one)).not.toBe(factsKey(other));
  });
  it("is never said while a fact is missing", () => {
    expect(factsKey({ ...someFacts(facts), affected: null })).toBeNull();
    expect(factsKey(someFacts({ system: "quillmate" }))).toBeNull();
  });
});

describe("opening a case", () => {
  it("happens by policy for a high-risk use that needs review", () => {
    expect(opensByPolicy(verdict("flagged", "high_risk"), rules)).toBe(true);
    expect(opensByPolicy(verdict("flagged", "limited"), rules)).toBe(false);
    expect(opensByPolicy(verdict("not_allowed", "prohibited"), rules)).toBe(false);
  });
  it("is open to the asker unless the use is cleared or prohibited, or there is none", () => {
    expect(mayOpen(verdict("cleared", "minimal"))).toBe(false);
    expect(mayOpen(verdict("cleared", "limited"))).toBe(false);
    expect(mayOpen(verdict("not_allowed", "prohibited"))).toBe(false);
    expect(mayOpen(verdict("not_allowed", "minimal"))).toBe(true);
    expect(mayOpen(verdict("flagged", "prohibited"))).toBe(true);
    expect(mayOpen({ ...verdict("not_covered", "minimal"), matter: "rules" })).toBe(false);
    expect(mayOpen(verdict("not_covered", "minimal"))).toBe(true);
  });
  it("knows a case by its id only", () => {
    expect(isCaseId("6a2f41a3-c54c-4ce8-b6f6-1d3c9c1f0f55")).toBe(true);
    expect(isCaseId("12")).toBe(false);
  });
});
