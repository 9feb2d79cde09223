import { describe, expect, it } from "vitest";
import { someFacts } from "#test/factories.ts";
import type { AiSystem } from "../register/ai-system.ts";
import type { Rule } from "../risk/rule.ts";
import { judge } from "../risk/verdict.ts";
import {
  approvalFor,
  type Approving,
  type Decision,
  type DecisionContext,
  mayDecide,
  mayHandle,
  monthsLater,
  needsSecond,
  type Refusal,
  type Reviewed,
} from "./decision.ts";

const system = (overrides: Partial<AiSystem> = {}): AiSystem => ({
  slug: "quillmate",
  name: "Quillmate",
  vendor: "Brightledger",
  aliases: [],
  description: "Chat",
  kind: "chat_assistant",
  owner: "p-owner",
  status: "in_use",
  aiActRole: "deployer",
  riskClass: "limited",
  overseers: [],
  hosting: "EU",
  registeredOn: "2025-01-15",
  approvals: [],
  ...overrides,
});
const rule = (overrides: Partial<Rule> & Pick<Rule, "id" | "result" | "when">): Rule => ({
  title: overrides.id,
  reason: "Because.",
  anchor: "",
  area: "",
  source: "",
  checkedOn: "2026-11-23",
  appliesFrom: "2026-01-01",
  early: false,
  riskClass: null,
  approvable: true,
  clauses: ["p#1.1"],
  conditions: [],
  ...overrides,
});
const rules: Rule[] = [
  rule({ id: "ban", result: "prohibit", riskClass: "prohibited", when: { purposes: ["scoring"] } }),
  rule({ id: "high", result: "review", riskClass: "high_risk", when: { purposes: ["appraisal"] } }),
  rule({ id: "data", result: "refuse", when: { register: ["unapproved_data", "unapproved_purpose"] } }),
  rule({ id: "alone", result: "refuse", approvable: false, when: { oversight: ["automatic"] } }),
];
const today = "2026-11-23";
const context: DecisionContext = {
  systems: [system()],
  approvals: [],
  rules,
  groups: ["all-staff", "person:p-asker"],
  today,
  reviewerIds: ["p-reviewer", "p-second", "p-owner", "p-asker"],
  precedents: [],
};
const asked = {
  system: "quillmate",
  purposes: ["draft_text"],
  dataClasses: ["customer" as const],
  affected: ["customers" as const],
  oversight: "human_reviews" as const,
  effect: "advisory" as const,
};
const aCase = (facts: Parameters<typeof someFacts>[0] = {}, overrides: Partial<Reviewed> = {}): Reviewed => {
  const all = someFacts({ ...asked, ...facts });
  const verdict = judge(all, context, today);
  return {
    id: "c-1",
    requesterId: "p-asker",
    status: "open",
    revision: 3,
    facts: all,
    verdict,
    ...overrides,
  };
};
const approving: Approving = {
  systemSlug: "quillmate",
  purposes: ["draft_text"],
  dataClasses: ["customer"],
  affected: ["customers"],
  oversight: "human_reviews",
  conditions: ["Remove names first."],
};
const approve = (changes: Partial<Approving> = {}, secondId: string | null = null): Decision => ({
  kind: "approve_with_conditions",
  likelihood: 2,
  severity: 2,
  note: "Fine.",
  secondId,
  approving: {
    ...approving,
    ...changes,
  },
});
const reject: Decision = { kind: "reject", likelihood: 2, severity: 2, note: "No.", secondId: null };
const decide = (
  about: Reviewed,
  decision: Decision,
  decider = "p-reviewer",
  revision = 3,
  within: Partial<DecisionContext> = {},
): "ok" | Refusal => {
  const answer = mayDecide(about, { id: decider }, { revision, decision }, { ...context, ...within });
  return answer.ok ? "ok" : answer.reason;
};

describe("who may decide a case", () => {
  it("is a reviewer who neither asked for it nor owns the tool", () => {
    expect(decide(aCase(), reject)).toBe("ok");
    expect(decide(aCase(), reject, "p-asker")).toBe("own_case");
    expect(decide(aCase(), { kind: "request_information", note: "Which?" }, "p-asker")).toBe("own_case");
    expect(decide(aCase(), reject, "p-owner")).toBe("own_system");
  });
  it("decides what they have read, once", () => {
    expect(decide(aCase(), reject, "p-reviewer", 2)).toBe("stale");
    expect(decide(aCase({}, { status: "decided" }), reject)).toBe("decided");
    expect(mayHandle(aCase(), { id: "p-reviewer" }, 3, context.systems)).toEqual({ ok: true });
  });
  it("may decide while information is outstanding", () => {
    expect(decide(aCase({}, { status: "information_requested" }), reject)).toBe("ok");
  });
});

describe("what may be approved", () => {
  it("is what was asked for, with at least one condition", () => {
    expect(decide(aCase(), approve())).toBe("ok");
    expect(decide(aCase(), approve({ conditions: [] }))).toBe("no_conditions");
    expect(decide(aCase(), approve({ dataClasses: [] }))).toBe("facts_missing");
  });
  it("is nothing wider than that", () => {
    expect(decide(aCase(), approve({ purposes: ["draft_text", "summarise"] }))).toBe("beyond_request");
    expect(decide(aCase(), approve({ dataClasses: ["customer", "personal"] }))).toBe("beyond_request");
    expect(decide(aCase(), approve({ affected: ["employees"] }))).toBe("beyond_request");
    expect(decide(aCase({ oversight: "human_decides" }), approve())).toBe("beyond_request");
    expect(decide(aCase(), approve({ oversight: "human_decides" }))).toBe("ok");
  });
  it("is never a prohibited practice", () => {
    const scoring = aCase({ purposes: ["scoring"] });
    expect(decide(scoring, approve({ purposes: ["scoring"] }, "p-second"))).toBe("prohibited");
    expect(decide(scoring, reject)).toBe("ok");
  });
  it("is never what has become prohibited since the question was asked", () => {
    const before = aCase({ purposes: ["new_practice"] });
    const now = [
      ...rules,
      rule({ id: "new", result: "prohibit", riskClass: "prohibited", when: { purposes: ["new_practice"] } }),
    ];
    const answer = decide(before, approve({ purposes: ["new_practice"] }), "p-reviewer", 3, { rules: now });
    expect(answer).toBe("prohibited");
  });
  it("is never against a rule without exception", () => {
    const alone = aCase({ oversight: "automatic" });
    expect(decide(alone, approve({ oversight: "automatic" }))).toBe("not_approvable");
  });
  it("hangs on a tool in use that is not the decider's own", () => {
    const unknown = aCase({ system: "unregistered", systemName: "Notely" });
    expect(decide(unknown, approve({ systemSlug: "notely" }))).toBe("unregistered");
    expect(decide(unknown, approve())).toBe("ok");
    expect(decide(unknown, approve(), "p-owner")).toBe("own_system");
    const retired = { systems: [system({ status: "retired" })] };
    expect(decide(aCase(), approve(), "p-reviewer", 3, retired)).toBe("unregistered");
  });
  it("leaves to the reviewer what the asker did not know", () => {
    const open = aCase();
    open.facts = { ...open.facts, affected: null, unsure: ["affected"] };
    expect(decide(open, approve({ affected: ["employees"] }))).toBe("ok");
    const other = aCase({ purposes: ["other"] });
    expect(decide(other, approve({ purposes: ["other"] }))).toBe("facts_missing");
    expect(decide(other, approve())).toBe("ok");
  });
});

describe("when two people decide together", () => {
  const limited = { riskClass: "limited" as const };
  const high = { riskClass: "high_risk" as const };
  it.each([
    ["a limited use, approved", limited, "approve_with_conditions", 3, 3, [], false],
    ["a high-risk use, approved", high, "approve_with_conditions", 1, 1, [], true],
    ["a high-risk use, rejected", high, "reject", 2, 4, [], false],
    ["a rating of 15", limited, "reject", 3, 5, [], true],
    ["as decided before", limited, "reject", 2, 2, ["reject" as const], false],
    ["against the precedent", limited, "reject", 2, 2, ["approve_with_conditions" as const], true],
  ] as const)("%s", (_name, verdict, kind, likelihood, severity, precedents, two) => {
    expect(needsSecond(verdict, { kind, likelihood, severity }, precedents)).toBe(two);
  });
  it("names another reviewer who is neither the asker nor the owner", () => {
    const high = aCase({ purposes: ["appraisal"] });
    const with2 = (secondId: string | null) => decide(high, approve({ purposes: ["appraisal"] }, secondId));
    expect(with2(null)).toBe("second_needed");
    expect(with2("p-reviewer")).toBe("second_needed");
    expect(with2("p-asker")).toBe("second_needed");
    expect(with2("p-owner")).toBe("second_needed");
    expect(with2("p-nobody")).toBe("second_needed");
    expect(with2("p-second")).toBe("ok");
  });
});

describe("the approval a decision gives", () => {
  it("is the requester's alone, of exactly what was approved, until its review date", () => {
    const given = { today, approvedBy: "p-reviewer", months: 12 };
    expect(approvalFor({ id: "c-1", requesterId: "p-asker" }, approving, given)).toMatchObject({
      groups: ["person:p-asker"],
      purposes: ["draft_text"],
      affected: ["customers"],
      oversights: ["human_reviews"],
      caseId: "c-1",
      reviewOn: "2027-11-23",
    });
  });
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2027-12-31", 2, "2028-02-29"],
    ["2026-11-23", 12, "2027-11-23"],
  ])("%s plus %i months is %s", (day, months, later) => {
    expect(monthsLater(day, months)).toBe(later);
  });
});
