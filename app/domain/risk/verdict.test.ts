import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleContent, sampleRegister, sampleRules } from "#test/sample.ts";
import { type DataClass, dataClasses, riskClasses } from "../register/terms.ts";
import { groupsOf } from "../register/approval.ts";
import {
  chosen,
  type AffectedGroup,
  type Effect,
  type FactName,
  type Facts,
  type Oversight,
  affectedGroups,
  effects,
  factNames,
  noFacts,
  otherPurpose,
  oversights,
  unregistered,
} from "./facts.ts";
import { type Verdict, judge } from "./verdict.ts";
import { type Outcome } from "./outcome.ts";

type Use = {
  system?: string;
  purposes?: string[];
  data?: DataClass[];
  affected?: AffectedGroup[];
  oversight?: Oversight;
  effect?: Effect;
  unsure?: FactName[];
};

const today = "2026-11-24";
const register = sampleRegister();
const context = (person: string) => ({
  ...register,
  rules: sampleRules().rules,
  groups: groupsOf(sampleContent().people.find((p) => p.id === person) ?? { id: person, audiences: [] }),
});
const known = <T>(value: T | undefined) => (value === undefined ? null : chosen(value));

function factsOf(use: Use): Facts {
  return {
    ...noFacts,
    system: known(use.system),
    purposes: known(use.purposes),
    dataClasses: known(use.data),
    affected: known(use.affected),
    oversight: known(use.oversight),
    effect: known(use.effect),
    unsure: use.unsure ?? [],
  };
}

const verdictOn = (person: string, use: Use, day = today): Verdict =>
  judge(factsOf(use), context(person), day);

/** An everyday use that hurts nobody; examples say what differs. */
const plain = { affected: ["nobody"], oversight: "human_reviews", effect: "advisory" } satisfies Use;

type Example = [title: string, person: string, use: Use, outcome: Outcome, rule: string | null];

const examples: Example[] = [
  [
    "drafting with internal data in the approved chat assistant",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["draft_text"], data: ["internal"] },
    "cleared",
    "org-check-output",
  ],
  [
    "translating a public text",
    "p-tomasz",
    { ...plain, system: "parlance", purposes: ["translate"], data: ["public"] },
    "cleared",
    null,
  ],
  [
    "a reply to a customer by a support specialist",
    "p-mila",
    {
      system: "quillmate",
      purposes: ["customer_reply"],
      data: ["customer", "personal"],
      affected: ["customers"],
      oversight: "human_reviews",
      effect: "advisory",
    },
    "cleared",
    "org-customer-contract",
  ],
  [
    "the same reply by an engineer",
    "p-tomasz",
    {
      ...plain,
      system: "quillmate",
      purposes: ["customer_reply"],
      data: ["customer", "personal"],
      affected: ["customers"],
    },
    "not_allowed",
    "org-group",
  ],
  [
    "a customer e-mail in the general workspace",
    "p-tomasz",
    { ...plain, system: "quillmate", purposes: ["summarise"], data: ["customer", "personal"] },
    "not_allowed",
    "org-group",
  ],
  [
    "confidential figures in the chat assistant",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["draft_text"], data: ["confidential"] },
    "not_allowed",
    "org-data",
  ],
  [
    "source code in the coding assistant",
    "p-tomasz",
    { ...plain, system: "codelark", purposes: ["code_assist"], data: ["source_code"] },
    "cleared",
    "org-check-output",
  ],
  [
    "source code in the chat assistant",
    "p-tomasz",
    { ...plain, system: "quillmate", purposes: ["code_assist"], data: ["source_code"] },
    "not_allowed",
    "org-data-source-code",
  ],
  [
    "a password in the coding assistant",
    "p-tomasz",
    { ...plain, system: "codelark", purposes: ["code_assist"], data: ["source_code", "secrets"] },
    "not_allowed",
    "org-secrets",
  ],
  ["a secret when nothing else is known", "p-tomasz", { data: ["secrets"] }, "not_allowed", "org-secrets"],
  [
    "a tool outside the register",
    "p-mila",
    { ...plain, system: unregistered, purposes: ["translate"], data: ["public"] },
    "not_allowed",
    "org-unregistered",
  ],
  [
    "a private chatbot account, whatever the data",
    "p-mila",
    { ...plain, system: "public-consumer-chatbots", purposes: ["brainstorm"], data: ["public"] },
    "not_allowed",
    "org-rejected",
  ],
  [
    "a retired tool",
    "p-mila",
    { ...plain, system: "transcrio", purposes: ["transcription"], data: ["internal"] },
    "not_allowed",
    "org-retired",
  ],
  [
    "an approval whose review date has passed",
    "p-julia",
    {
      ...plain,
      system: "scribewell",
      purposes: ["marketing_content"],
      data: ["public"],
      affected: ["public"],
    },
    "not_allowed",
    "org-review-past",
  ],
  [
    "a purpose that no approval names",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["translate"], data: ["public"] },
    "not_allowed",
    "org-purpose",
  ],
  [
    "health data in any tool",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["summarise"], data: ["special_category", "personal"] },
    "not_allowed",
    "org-special-category",
  ],
  [
    "how angry the team sounds on calls",
    "p-dana",
    { purposes: ["emotion_recognition"], affected: ["employees"], data: ["personal"] },
    "not_allowed",
    "art-5-1-f",
  ],
  [
    "emotion recognition on customers is high-risk, not prohibited",
    "p-dana",
    { purposes: ["emotion_recognition"], affected: ["customers"], data: ["personal", "customer"] },
    "flagged",
    "annex-iii-1-c",
  ],
  [
    "emotion recognition on somebody not named",
    "p-dana",
    { purposes: ["emotion_recognition"] },
    "asked_back",
    "annex-iii-1-c",
  ],
  [
    "emotion recognition, and not sure on whom",
    "p-dana",
    { purposes: ["emotion_recognition"], unsure: ["affected"] },
    "flagged",
    "annex-iii-1-c",
  ],
  ["social scoring", "p-mila", { purposes: ["social_scoring"] }, "not_allowed", "art-5-1-c"],
  ["a face database", "p-mila", { purposes: ["face_scraping"] }, "not_allowed", "art-5-1-e"],
  [
    "CVs in the chat assistant",
    "p-ines",
    {
      system: "quillmate",
      purposes: ["recruitment_screening"],
      data: ["personal"],
      affected: ["applicants"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "flagged",
    "annex-iii-4-a",
  ],
  [
    "CVs in the registered pilot by HR",
    "p-ines",
    {
      system: "hirelens",
      purposes: ["recruitment_screening"],
      data: ["personal"],
      affected: ["applicants"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "cleared",
    "annex-iii-4-a",
  ],
  [
    "the same pilot by somebody else",
    "p-mila",
    {
      system: "hirelens",
      purposes: ["recruitment_screening"],
      data: ["personal"],
      affected: ["applicants"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "flagged",
    "org-group",
  ],
  [
    "the pilot rejecting applicants on its own",
    "p-ines",
    {
      system: "hirelens",
      purposes: ["recruitment_screening"],
      data: ["personal"],
      affected: ["applicants"],
      oversight: "automatic",
      effect: "consequential",
    },
    "not_allowed",
    "org-decision-by-ai-alone",
  ],
  [
    "rating a colleague's performance",
    "p-dana",
    {
      system: "quillmate",
      purposes: ["performance_evaluation"],
      data: ["personal"],
      affected: ["employees"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "flagged",
    "annex-iii-4-b",
  ],
  [
    "scoring whether a sole trader can pay",
    "p-daan",
    {
      system: "solvio",
      purposes: ["credit_scoring"],
      data: ["public"],
      affected: ["customers"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "flagged",
    "annex-iii-5-b",
  ],
  [
    "scoring whether a company can pay",
    "p-daan",
    {
      system: "solvio",
      purposes: ["credit_scoring"],
      data: ["public"],
      affected: ["nobody"],
      oversight: "human_decides",
      effect: "consequential",
    },
    "cleared",
    null,
  ],
  [
    "the website chatbot tells visitors what it is",
    "p-mila",
    {
      system: "wellspring",
      purposes: ["customer_chatbot"],
      data: ["public", "customer", "personal"],
      affected: ["customers"],
      oversight: "automatic",
      effect: "advisory",
    },
    "cleared",
    "art-50-1",
  ],
  [
    "an image for a campaign is marked",
    "p-julia",
    {
      system: "pixelhatch",
      purposes: ["image_generation"],
      data: ["public"],
      affected: ["public"],
      oversight: "human_decides",
      effect: "advisory",
    },
    "cleared",
    "art-50-4-media",
  ],
  ["a tool and nothing else", "p-mila", { system: "quillmate" }, "asked_back", null],
  [
    "everything but the data",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["draft_text"] },
    "asked_back",
    null,
  ],
  [
    "not sure about the data",
    "p-mila",
    { ...plain, system: "quillmate", purposes: ["draft_text"], unsure: ["dataClasses"] },
    "flagged",
    null,
  ],
  ["a question about nothing known", "p-mila", {}, "not_covered", null],
  [
    "a purpose in no list",
    "p-mila",
    { ...plain, system: "quillmate", purposes: [otherPurpose], data: ["internal"] },
    "not_covered",
    null,
  ],
];

describe("judge, over the sample organisation's rules", () => {
  it.each(examples)("%s", (_title, person, use, outcome, rule) => {
    const verdict = verdictOn(person, use);
    expect(verdict.outcome).toBe(outcome);
    if (rule) expect(verdict.findings.map((f) => f.rule)).toContain(rule);
    if (outcome === "asked_back") expect(verdict.missing.length).toBeGreaterThan(0);
    if (outcome === "not_allowed") expect(verdict.clauses.length).toBeGreaterThan(0);
  });

  it("names the approvals, conditions and review date that permit a use", () => {
    const verdict = verdictOn("p-mila", {
      ...plain,
      system: "quillmate",
      purposes: ["draft_text"],
      data: ["internal"],
    });
    expect(verdict.approvals).toEqual([{ id: "quillmate-general", caseId: null, reviewOn: "2027-03-01" }]);
    expect(verdict.conditions).toContain(
      "Check facts, figures and names before you use or pass on the output.",
    );
  });

  it("names the approval that is meant for this data, where several permit the use", () => {
    const use = { ...plain, system: "quillmate", purposes: ["summarise"] };
    const permitting = (data: DataClass[]) =>
      verdictOn("p-mila", { ...use, data }).approvals.map((a) => a.id);
    expect(permitting(["internal"])).toEqual(["quillmate-general"]);
    expect(permitting(["internal", "customer"])).toEqual(["quillmate-support"]);
  });

  it("asks first for what the rules hang on, and for three facts at most", () => {
    expect(verdictOn("p-dana", { purposes: ["emotion_recognition"] }).missing).toEqual(["affected"]);
    expect(verdictOn("p-mila", { system: "quillmate" }).missing).toEqual([
      "purposes",
      "dataClasses",
      "affected",
    ]);
  });

  it("judges by the day: our policy refuses before the law does, and the law is announced", () => {
    const before = verdictOn("p-mila", { purposes: ["intimate_imagery"] }, "2026-11-24");
    expect(before.findings.map((f) => f.rule)).toContain("org-intimate-imagery");
    expect(before.soon.map((s) => s.appliesFrom)).toContain("2026-12-02");
    const after = verdictOn("p-mila", { purposes: ["intimate_imagery"] }, "2026-12-02");
    expect(after.findings.map((f) => f.rule)).toContain("art-5-1-intimate-imagery");
  });

  it("never lets a prohibited practice be approved", () => {
    const verdict = verdictOn("p-dana", { purposes: ["emotion_recognition"], affected: ["employees"] });
    expect(verdict).toMatchObject({ approvable: false, riskClass: "prohibited" });
  });
});

/** Whether the use may begin (0), waits for an answer (1), or is stopped until somebody decides otherwise (2). */
const severity: Record<Outcome, number> = {
  cleared: 0,
  asked_back: 1,
  not_covered: 1,
  flagged: 2,
  not_allowed: 2,
};

const anyUse = fc.record({
  system: fc.option(fc.constantFrom(unregistered, ...register.systems.map((s) => s.slug)), {
    nil: undefined,
  }),
  purposes: fc.option(
    fc.uniqueArray(fc.constantFrom(otherPurpose, ...sampleRules().purposes.map((p) => p.slug)), {
      minLength: 1,
      maxLength: 2,
    }),
    { nil: undefined },
  ),
  data: fc.uniqueArray(fc.constantFrom(...dataClasses), { minLength: 1, maxLength: 3 }),
  affected: fc.option(fc.uniqueArray(fc.constantFrom(...affectedGroups), { minLength: 1, maxLength: 2 }), {
    nil: undefined,
  }),
  oversight: fc.option(fc.constantFrom(...oversights), { nil: undefined }),
  effect: fc.constantFrom(...effects),
  unsure: fc.uniqueArray(fc.constantFrom(...factNames), { maxLength: 1 }),
}) satisfies fc.Arbitrary<Use>;
const anyPerson = fc.constantFrom("p-mila", "p-tomasz", "p-dana", "p-ines", "p-daan", "p-julia", "p-ravi");

function neverMilder(person: string, use: Use, riskier: Use): void {
  const [before, after] = [verdictOn(person, use), verdictOn(person, riskier)];
  expect(severity[after.outcome]).toBeGreaterThanOrEqual(severity[before.outcome]);
  expect(riskClasses.indexOf(after.riskClass)).toBeGreaterThanOrEqual(riskClasses.indexOf(before.riskClass));
  if (!before.approvable) expect(after.approvable).toBe(false);
}

const suspecting = (person: string, use: Use, purpose: string, confidence = 0.6): Verdict =>
  judge({ ...factsOf(use), suspected: [{ purpose, confidence, words: "" }] }, context(person), "2026-11-24");

describe("a possible exemption under Art. 6(3)", () => {
  const screening = (profiling: boolean | null): (string | null)[] => {
    const facts = factsOf({ purposes: ["recruitment_screening"], affected: ["applicants"] });
    const told = profiling === null ? null : chosen(profiling);
    return judge({ ...facts, profiling: told }, context("p-dana"), today)
      .findings.filter((f) => f.rule === "annex-iii-4-a")
      .map((f) => f.derogation);
  };

  it("is named while nobody is known to be profiled, and closed where people are", () => {
    expect(screening(null)).toEqual([expect.stringContaining("Art. 6(3)")]);
    expect(screening(false)).toEqual([expect.stringContaining("Art. 6(3)")]);
    expect(screening(true)).toEqual([null]);
  });
});

describe("a change to something approved", () => {
  const change = (use: Use, told: boolean | null): Verdict =>
    judge({ ...factsOf(use), change: told === null ? null : chosen(told) }, context("p-mila"), today);
  const use: Use = { ...plain, system: "quillmate", purposes: ["draft_text"], data: ["internal"] };

  it("is told that the earlier approval does not cover it", () => {
    const told = change(use, true);
    expect(told.findings.map((f) => f.rule)).toContain("org-extension");
    expect(told.conditions).toContainEqual(expect.stringContaining("earlier approval does not count"));
    for (const other of [false, null])
      expect(change(use, other).findings.map((f) => f.rule)).not.toContain("org-extension");
  });

  it("goes to a reviewer where it helps decide about a person, whatever is approved", () => {
    expect(change({ ...use, effect: "consequential" }, true)).toMatchObject({ outcome: "flagged" });
    expect(change({ ...use, effect: undefined }, true)).toMatchObject({
      outcome: "asked_back",
      missing: ["effect"],
    });
  });

  it("is never milder than the use without it", () => {
    fc.assert(
      fc.property(anyPerson, anyUse, (person, any) => {
        const before = verdictOn(person, any);
        const after = judge({ ...factsOf(any), change: chosen(true) }, context(person), today);
        expect(severity[after.outcome]).toBeGreaterThanOrEqual(severity[before.outcome]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a purpose that the text may mean", () => {
  const plainUse: Use = {
    system: "quillmate",
    purposes: ["draft_text"],
    data: ["internal"],
    affected: ["nobody"],
    oversight: "human_reviews",
    effect: "advisory",
  };

  it("is asked back before anything is cleared, and told with its risk class", () => {
    expect(suspecting("p-mila", plainUse, "recruitment_screening")).toMatchObject({
      outcome: "asked_back",
      flagged: true,
      riskClass: "high_risk",
      area: "employment",
      missing: ["purposes"],
    });
  });

  it("raises no flag while it is unlikely", () => {
    expect(suspecting("p-mila", plainUse, "recruitment_screening", 0.2)).toMatchObject({
      outcome: "asked_back",
      flagged: false,
    });
  });

  it("goes to a person when it may be prohibited and the asker is not sure", () => {
    const { outcome } = suspecting("p-mila", { ...plainUse, unsure: ["purposes"] }, "social_scoring");
    expect(outcome).toBe("flagged");
  });
});

const withoutTool = ({ system: _system, ...use }: Use): Use => use;

describe("more risk never makes a verdict milder", () => {
  it("a further data class", () => {
    fc.assert(
      fc.property(anyPerson, anyUse, fc.constantFrom(...dataClasses), (person, use, more) => {
        neverMilder(person, use, { ...use, data: [...new Set([...use.data, more])] });
      }),
      { numRuns: 1000 },
    );
  });

  it("a graver effect", () => {
    fc.assert(
      fc.property(anyPerson, anyUse, (person, use) => {
        neverMilder(person, { ...use, effect: "advisory" }, { ...use, effect: "consequential" });
      }),
      { numRuns: 1000 },
    );
  });

  it("a use without a tool is cleared only for tools that would be cleared by name", () => {
    fc.assert(
      fc.property(anyPerson, anyUse, (person, use) => {
        const { outcome, tools } = verdictOn(person, withoutTool(use));
        expect(tools.length > 0).toBe(outcome === "cleared");
        for (const system of tools) expect(verdictOn(person, { ...use, system }).outcome).toBe("cleared");
      }),
      { numRuns: 1000 },
    );
  });

  it("a use with purpose or data unknown is never cleared", () => {
    fc.assert(
      fc.property(anyPerson, anyUse, fc.constantFrom("purposes", "data"), (person, use, hidden) => {
        const known = { ...use, [hidden]: undefined };
        expect(severity[verdictOn(person, known).outcome]).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("a use with another fact unknown is cleared only where every answer to it would be cleared", () => {
    fc.assert(
      fc.property(
        anyPerson,
        anyUse,
        fc.constantFrom("affected", "oversight", "effect"),
        (person, use, hidden) => {
          const before = verdictOn(person, { ...use, [hidden]: undefined });
          if (before.outcome !== "cleared") return;
          for (const answer of answersTo(hidden)) {
            const { outcome, conditions } = verdictOn(person, { ...use, [hidden]: answer });
            expect({ outcome, conditions }).toEqual({ outcome: "cleared", conditions: before.conditions });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** Answers to the question about a fact, as a use names them. */
function answersTo(hidden: string): unknown[] {
  if (hidden === "affected") return affectedGroups.map((group) => [group]);
  if (hidden === "oversight") return [...oversights];
  if (hidden === "effect") return [...effects];
  if (hidden === "data") return dataClasses.map((one) => [one]);
  if (hidden === "system") return [unregistered, ...register.systems.map((s) => s.slug)];
  return sampleRules().purposes.map((purpose) => [purpose.slug]);
}

describe("what is asked back", () => {
  const keys = ["system", "purposes", "data", "affected", "oversight", "effect"] as const;
  const keyOf = (fact: FactName): string => (fact === "dataClasses" ? "data" : fact);
  const shown = ({ outcome, riskClass, approvable, findings, conditions }: Verdict): string =>
    JSON.stringify([outcome, riskClass, approvable, findings.map((f) => f.rule), conditions]);

  it("can change the verdict, whatever was asked", () => {
    const complete = anyUse.map(({ oversight = "human_reviews", affected = ["nobody"], ...use }) => ({
      ...use,
      oversight,
      affected,
      unsure: [],
    }));
    const whole = fc.tuple(anyPerson, complete, fc.subarray([...keys], { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(whole, fc.infiniteStream(fc.nat(10_000)), ([person, use, hidden], picks) => {
        const asked: Use = { ...use, ...Object.fromEntries(hidden.map((key) => [key, undefined])) } as Use;
        const verdict = verdictOn(person, asked);
        if (verdict.outcome !== "asked_back") return;
        const open = keys.filter((key) => asked[key] === undefined);
        for (const fact of verdict.missing) {
          const changes = Array.from({ length: 60 }).some(() => {
            const others = open
              .filter((key) => key !== keyOf(fact))
              .map((key) => [key, pickOf(answersTo(key), picks.next().value)]);
            const told = { ...asked, ...Object.fromEntries(others) } as Use;
            const verdicts = answersTo(keyOf(fact)).map((answer) =>
              shown(verdictOn(person, { ...told, [keyOf(fact)]: answer } as Use)),
            );
            return new Set(verdicts).size > 1;
          });
          expect(changes, `${fact} of ${JSON.stringify(asked)}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

const pickOf = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
