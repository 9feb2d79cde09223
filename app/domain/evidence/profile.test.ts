import type { Criterion } from "../effectiveness/criterion.ts";
import { concluded, evaluated, fixed } from "../effectiveness/evaluation-statement.ts";
import { resultOf } from "../effectiveness/result.ts";
import { describe, expect, it } from "vitest";
import { itemsOfEveryType } from "#test/course.ts";
import { referenceFaults, schemaFaults } from "#test/profile-document.ts";
import { extensionFaults, ruleFaults, templateFaults, valuesAt } from "#test/profile-template.ts";
import { caseDecisionNames } from "../cases/status.ts";
import { riskClasses } from "../register/terms.ts";
import { outcomes } from "../risk/outcome.ts";
import type { Response } from "../content/item.ts";
import { answered, completed, failed, initialized, passed, progressed, scored } from "./module-statement.ts";
import { type Profile, profileDocument } from "./profile.ts";
import {
  decisions,
  extensions,
  outcomes as describedOutcomes,
  riskClasses as describedClasses,
} from "./profile-concept.ts";
import { templateId } from "./profile-template.ts";
import { recognised } from "./recognition-statement.ts";
import {
  acknowledged,
  activityTypes,
  buildStatement,
  cmi5,
  type Statement,
  type VerbName,
  verbs,
} from "./statement.ts";

const changed = (change: (profile: Profile) => unknown): Profile => {
  const copy = structuredClone(profileDocument);
  change(copy);
  return copy;
};

describe("the profile document", () => {
  it("fits the tables of the specification, and refers to what exists", () => {
    expect(schemaFaults(profileDocument)).toEqual([]);
    expect(referenceFaults(profileDocument)).toEqual([]);
  });

  it("allows what the rules can say", () => {
    expect(describedOutcomes).toEqual(outcomes);
    expect(describedClasses).toEqual(riskClasses);
    expect(decisions).toEqual(Object.keys(caseDecisionNames));
  });

  it.each<[string, (profile: Profile) => unknown]>([
    ["/type", (p) => Object.assign(p, { type: "profile" })],
    ["/@context", (p) => Object.assign(p, { "@context": ["https://example.org/context"] })],
    ["/id", (p) => Object.assign(p, { id: "no IRI" })],
    ["/versions", (p) => Object.assign(p, { versions: [] })],
    [
      "/versions/0/generatedAtTime",
      (p) => Object.assign(p.versions[0] ?? {}, { generatedAtTime: "24 November" }),
    ],
    ["/author/type", (p) => Object.assign(p.author, { type: "Company" })],
    ["/prefLabel", (p) => Object.assign(p, { prefLabel: {} })],
    ["/definition/en", (p) => Object.assign(p.definition, { en: "" })],
    ["/concepts/0", (p) => Object.assign(p.concepts[0] ?? {}, { type: "Word" })],
    ["/concepts/0", (p) => Object.assign(p.concepts[0] ?? {}, { related: ["https://example.org/a"] })],
    [
      "/concepts/0",
      (p) => Object.assign(p.concepts[0] ?? {}, { recommendedVerbs: ["https://example.org/a"] }),
    ],
    ["/concepts/0", (p) => Object.assign(p.concepts[0] ?? {}, { colour: "red" })],
    [
      "/templates/0",
      (p) => Object.assign(p.templates[0] ?? {}, { objectStatementRefTemplate: [templateId("asked")] }),
    ],
    ["/templates/0/rules/0", (p) => delete p.templates[0]?.rules[0]?.presence],
    [
      "/templates/0/rules/0/presence",
      (p) => Object.assign(p.templates[0]?.rules[0] ?? {}, { presence: "never" }),
    ],
    ["/templates/0/rules/0/all", (p) => Object.assign(p.templates[0]?.rules[0] ?? {}, { all: [] })],
    ["/patterns/0", (p) => Object.assign(p.patterns[0] ?? {}, { optional: templateId("asked") })],
    ["/patterns/0", (p) => Reflect.deleteProperty(p.patterns[0] ?? {}, "prefLabel")],
    ["/patterns/0", (p) => Reflect.deleteProperty(p.patterns[0] ?? {}, "sequence")],
  ])("would be refused by the schema at %s", (path, change) => {
    expect(schemaFaults(changed(change)).filter((fault) => fault.startsWith(`${path} `))).not.toEqual([]);
  });

  it("lets an extension name its schema in one way only", () => {
    const extension = profileDocument.concepts.findIndex((c) => c.id === extensions.outcome);
    const both = changed((p) =>
      Object.assign(p.concepts[extension] ?? {}, { schema: "https://example.org/s" }),
    );
    expect(schemaFaults(both)).not.toEqual([]);
    const one = changed((p) => {
      const { inlineSchema: _, ...rest } = p.concepts[extension] as { inlineSchema: string };
      Object.assign(p, { concepts: [{ ...rest, schema: "https://example.org/s" }] });
    });
    expect(schemaFaults(one)).toEqual([]);
  });

  it.each<[string, (profile: Profile) => unknown]>([
    [
      "versions are not sorted",
      (p) => p.versions.push({ id: `${p.id}/v2`, generatedAtTime: "2027-01-01T00:00:00Z" }),
    ],
    [
      "does not say what it revises",
      (p) => p.versions.unshift({ id: `${p.id}/v2`, generatedAtTime: "2027-01-01T00:00:00Z" }),
    ],
    [
      "is not in the current version",
      (p) => Object.assign(p.concepts[0] ?? {}, { inScheme: `${p.id}/v0.9` }),
    ],
    ["is used twice", (p) => p.patterns.push(...p.patterns.slice(0, 1))],
    [
      "is not described in English",
      (p) => Object.assign(p.templates[0] ?? {}, { prefLabel: { de: "begonnen" } }),
    ],
    [
      "verbs/judged is nowhere defined",
      (p) => Object.assign(p.templates[0] ?? {}, { verb: `${p.id}/verbs/judged` }),
    ],
    [
      "verbs/flagged is nowhere defined",
      (p) =>
        p.concepts.splice(
          p.concepts.findIndex((c) => c.id === verbs.flagged),
          1,
        ),
    ],
    [
      "extensions/rules is nowhere defined",
      (p) =>
        p.concepts.splice(
          p.concepts.findIndex((c) => c.id === extensions.rules),
          1,
        ),
    ],
    ["no JSONPath", (p) => Object.assign(p.templates[0]?.rules[0] ?? {}, { location: "$.actor[?(@.name)]" })],
    [
      "does not compile",
      (p) =>
        Object.assign(p.concepts.find((c) => c.id === extensions.rules) ?? {}, {
          inlineSchema: '{"type":"text"}',
        }),
    ],
    ["determined as another", (p) => Object.assign(p.templates[1] ?? {}, { verb: p.templates[0]?.verb })],
    [
      "is within itself",
      (p) =>
        Object.assign(p.patterns.find((one) => "optional" in one) ?? {}, { optional: p.patterns[0]?.id }),
    ],
    [
      "may be absent among its alternates",
      (p) =>
        Object.assign(p.patterns.find((one) => "alternates" in one) ?? {}, {
          alternates: [`${p.id}/patterns/flag`, templateId("asked")],
        }),
    ],
    [
      "is a sequence of one",
      (p) => Object.assign(p.patterns[0] ?? {}, { sequence: [`${p.id}/patterns/study`] }),
    ],
    [
      "templates/asked is part of no primary",
      (p) =>
        p.patterns.splice(
          p.patterns.findIndex((one) => one.id.endsWith("/question")),
          1,
        ),
    ],
  ])("would be refused where %s", (fault, change) => {
    expect(referenceFaults(changed(change)).filter((line) => line.includes(fault))).not.toEqual([]);
  });
});

const who = {
  homePage: "https://learn.example",
  pseudonym: "0b8e7c1e-6a8e-4f5b-9f3e-1d2c3b4a5968",
  baseIri: "https://learn.example",
};
const registration = "3f0f5c39-7a37-4f1c-8a6e-2f0f0f0f0f0f";
const sitting = {
  module: { slug: "ai-awareness", title: "AI awareness", version: "1.0.0", language: "en" },
  registration,
  sessionId: "8f14e45f-ceea-467f-a1d6-8b1a1a1a1a1a",
};
const stamp = { id: "5d6c1d0e-0f5b-5d0b-9b8b-2a6e7c42001a", at: new Date("2026-11-23T10:20:00Z") };
const startedAt = new Date("2026-11-23T10:05:00Z");
const outcome = { ...stamp, score: 0.86666, masteryScore: 0.8, startedAt };
const hash = "ab".repeat(32);
const policy = { slug: "ai-policy", version: "2.0", title: "AI policy", hash };

const aboutQuestion = (verb: VerbName): Statement =>
  buildStatement(who, {
    ...stamp,
    verb,
    registration,
    object: { path: ["questions", "q1"], type: activityTypes.question, name: "Question about a use of AI" },
    extensions: {
      [extensions.outcome]: "flagged",
      [extensions.riskClass]: "high_risk",
      [extensions.rules]: ["annex-iii-4-a"],
      [extensions.ruleSet]: hash,
    },
  });
const aboutCase = (verb: VerbName, result?: Statement["result"]): Statement =>
  buildStatement(who, {
    ...stamp,
    verb,
    registration,
    object: { path: ["cases", "c1"], type: activityTypes.case, name: "Case 1" },
    ...(result ? { result } : {}),
    contextActivities: {
      other: [
        {
          objectType: "Activity",
          id: "https://learn.example/xapi/questions/q1",
          definition: { type: activityTypes.question },
        },
      ],
    },
    extensions: {
      [extensions.riskClass]: "high_risk",
      [extensions.rules]: [],
      [extensions.automatic]: false,
    },
  });
const rated = { extensions: { [extensions.riskRating]: { likelihood: 2, severity: 4, score: 8 } } };

const about = { ...stamp, evaluation: { id: registration, number: 1 } };
const criterion = {
  title: "Awareness works",
  requirement: "ai-awareness-yearly",
  measure: "gain",
  threshold: 10,
  confirm: "estimate",
  minimumN: 5,
  audiences: [],
  departments: [],
  startsOn: "2026-06-01",
  decisionOn: "2026-07-01",
  evaluatorId: "p-ravi",
} as const satisfies Criterion;
const nobody = { people: [], attempts: [], standings: [], concerns: [], practices: [] };

const every: Record<VerbName, Statement> = {
  initialized: initialized(who, sitting, stamp),
  progressed: progressed(who, sitting, { ...stamp, percent: 40, lesson: { id: "limits", title: "Limits" } }),
  answered: answers()[0] as Statement,
  scored: scored(who, sitting, outcome),
  passed: passed(who, sitting, outcome),
  failed: failed(who, sitting, outcome),
  completed: completed(who, sitting, { ...stamp, startedAt }),
  acknowledged: acknowledged(who, { ...stamp, policy, registration, check: { items: 2, tries: 1 } }),
  asked: aboutQuestion("asked"),
  flagged: aboutQuestion("flagged"),
  opened: aboutCase("opened"),
  queried: aboutCase("queried"),
  supplemented: aboutCase("supplemented"),
  rated: aboutCase("rated", rated),
  decided: aboutCase("decided", { ...rated, response: "reject", completion: true }),
  recognised: recognised(who, {
    ...stamp,
    registration,
    requirement: { slug: "ai-awareness-yearly", title: "AI awareness, every year" },
    basis: "legacy",
    expiresAt: new Date("2027-11-23T10:20:00Z"),
    provenance: { system: "TrainHub", reference: "C-17", sha256: hash, row: 2 },
  }),
  fixed: fixed(who, { ...about, criterion, version: 1, sha256: hash, afterStart: false }),
  evaluated: evaluated(who, { ...about, result: resultOf(criterion, nobody), version: 1 }),
  concluded: concluded(who, { ...about, verdict: "not_determinable" }),
};

/** An answer to an item of every type, and one left blank. */
function answers(): Statement[] {
  const given: Record<string, Response> = {
    single_choice: ["b"],
    multiple_response: ["a", "d"],
    true_false: ["true"],
    ordering: ["c", "a", "b"],
    matching: { a: "b", b: "a", c: "c" },
    scenario: { s1: "a", s2: "b" },
  };
  const items = itemsOfEveryType("x");
  return [
    ...items.map((item) => ({ item, response: given[item.type] ?? null })),
    ...items.slice(0, 1).map((item) => ({ item, response: null })),
  ].map(({ item, response }) => answered(who, sitting, { ...stamp, item, response, score: 0.5 }));
}

describe("statements of this product", () => {
  it.each(Object.entries(every))("match the template of %s alone, without a fault", (verb, made) => {
    expect(templateFaults(profileDocument, made)).toEqual([
      { template: templateId(verb as VerbName), faults: [] },
    ]);
    expect(extensionFaults(profileDocument, made)).toEqual([]);
  });

  it("match it for answers of every kind", () => {
    const made = answers();
    expect(made.map((one) => one.object.definition["interactionType"])).toEqual([
      "choice",
      "choice",
      "true-false",
      "sequencing",
      "matching",
      "other",
      "choice",
    ]);
    for (const one of made)
      expect(templateFaults(profileDocument, one)).toEqual([
        { template: templateId("answered"), faults: [] },
      ]);
  });

  it("match it for progress without a lesson, and for a case without a question", () => {
    const plain = progressed(who, sitting, { ...stamp, percent: 40 });
    const { other: _, ...rest } = every.opened.context?.contextActivities ?? {};
    const lonely = { ...every.opened, context: { ...every.opened.context, contextActivities: rest } };
    for (const one of [plain, lonely])
      expect(templateFaults(profileDocument, one).flatMap((match) => match.faults)).toEqual([]);
  });
});

type Mutation = [VerbName, string, unknown, string];
/** The statement with another value at a path of names; `undefined` takes it away. */
function mutated(statement: Statement, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(statement) as object;
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key) as object, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

describe("a statement that breaks its template", () => {
  const all: Mutation[] = Object.keys(verbs).flatMap((verb): Mutation[] => [
    [verb as VerbName, "actor account", undefined, "$.actor.account.name: is missing"],
    [
      verb as VerbName,
      "actor name",
      "Mila Óg",
      "$.actor.name | $.actor.mbox | $.actor.mbox_sha1sum | $.actor.openid: must be left out",
    ],
    [verb as VerbName, "timestamp", undefined, "$.timestamp: is missing"],
    [verb as VerbName, "context registration", undefined, "$.context.registration: is missing"],
    [
      verb as VerbName,
      "context contextActivities category",
      [{ id: "https://example.org/v2" }],
      "$.context.contextActivities.category[*].id: has none of the values wanted",
    ],
  ]);
  const session = `context extensions ${cmi5}/context/extensions/sessionid`;
  const mastery = `context extensions ${cmi5}/context/extensions/masteryscore`;
  const category = "$.context.contextActivities.category[*].id";
  const only = (id: string) => [
    ...(every.initialized.context?.contextActivities?.["category"] ?? []),
    { id },
  ];
  const learned = [
    "initialized",
    "progressed",
    "answered",
    "scored",
    "passed",
    "failed",
    "completed",
  ] as const;
  const special: Mutation[] = [
    ...learned.map((verb): Mutation => [verb, session, undefined, "sessionid']: is missing"]),
    ...learned.map((verb): Mutation => [
      verb,
      "context contextActivities grouping",
      [],
      "grouping[*].id: is missing",
    ]),
    ...(["scored", "passed", "failed"] as const).flatMap((verb): Mutation[] => [
      [verb, "result score", undefined, "$.result.score.scaled: is missing"],
      [verb, "result duration", undefined, "$.result.duration: is missing"],
      [verb, mastery, undefined, "masteryscore']: is missing"],
    ]),
    ...(["progressed", "answered", "scored"] as const).map((verb): Mutation => [
      verb,
      "context contextActivities category",
      only("x"),
      `${category}: has a value that is forbidden`,
    ]),
    ...(["passed", "failed", "completed"] as const).map((verb): Mutation => [
      verb,
      "context contextActivities category",
      only("x"),
      `${category}: has none of the values wanted`,
    ]),
    ["initialized", "result", { success: true }, "$.result: must be left out"],
    ["progressed", "result extensions", {}, "progress']: is missing"],
    [
      "progressed",
      "context contextActivities other",
      [{ id: "x", definition: { type: "y" } }],
      "has a value other than those allowed",
    ],
    ["answered", "context contextActivities parent", undefined, "parent[*].id: is missing"],
    [
      "answered",
      "object definition interactionType",
      "guess",
      "$.object.definition.interactionType: has a value other than those allowed",
    ],
    ["answered", "object definition description", undefined, "definition.description: is missing"],
    ["answered", "object definition correctResponsesPattern", [], "correctResponsesPattern[*]: is missing"],
    ["answered", "result response", undefined, "$.result.response: is missing"],
    ["answered", "result success", undefined, "$.result.success: is missing"],
    ["answered", "result score", undefined, "$.result.score.scaled: is missing"],
    ["scored", "result success", true, "$.result.success | $.result.completion: must be left out"],
    ["passed", "result success", false, "$.result.success: has a value other than those allowed"],
    ["failed", "result success", true, "$.result.success: has a value other than those allowed"],
    ["completed", "result completion", undefined, "$.result.completion: is missing"],
    ["completed", "result score", { scaled: 1 }, "$.result.score: must be left out"],
    ["acknowledged", "object definition extensions", {}, "sha256']: is missing"],
    [
      "asked",
      `context extensions ${extensions.outcome}`,
      "maybe",
      "outcome']: has a value other than those allowed",
    ],
    ["asked", `context extensions ${extensions.rules}`, undefined, "rules']: is missing"],
    ["asked", `context extensions ${extensions.ruleSet}`, undefined, "rule-set']: is missing"],
    [
      "flagged",
      `context extensions ${extensions.riskClass}`,
      "minimal",
      "risk-class']: has a value other than those allowed",
    ],
    ["opened", `context extensions ${extensions.automatic}`, undefined, "automatic']: is missing"],
    ["queried", `context extensions ${extensions.riskClass}`, undefined, "risk-class']: is missing"],
    [
      "supplemented",
      "context contextActivities other",
      [{ id: "x", definition: { type: activityTypes.module } }],
      "has a value other than those allowed",
    ],
    ["rated", "result extensions", {}, "risk-rating']: is missing"],
    ["rated", "result completion", true, "$.result.completion: must be left out"],
    ["fixed", `context extensions ${extensions.criterion}`, undefined, "criterion']: is missing"],
    ["evaluated", "result extensions", {}, "evaluation-result']: is missing"],
    ["concluded", "result response", "maybe", "$.result.response: has a value other than those allowed"],
    ["decided", "result response", "maybe", "$.result.response: has a value other than those allowed"],
    ["recognised", "result score", { scaled: 1 }, "$.result.score: must be left out"],
    ["decided", "result completion", false, "$.result.completion: has a value other than those allowed"],
  ];

  it.each([...all, ...special])("%s, %s: %j", (verb, path, value, fault) => {
    const [match, ...others] = templateFaults(profileDocument, mutated(every[verb], path.split(" "), value));
    expect(others).toEqual([]);
    expect(match?.template).toBe(templateId(verb));
    expect(match?.faults.filter((one) => one.endsWith(fault))).not.toEqual([]);
  });

  it("is of no kind under another verb, or about another type of object", () => {
    for (const [path, value] of [
      ["verb id", verbs.acknowledged],
      ["object definition type", activityTypes.policy],
    ] as const)
      expect(templateFaults(profileDocument, mutated(every.passed, path.split(" "), value))).toEqual([]);
  });

  it.each([
    ["decided", `result extensions ${extensions.riskRating} severity`, 6],
    ["acknowledged", `object definition extensions ${extensions.sha256}`, "abc"],
    ["acknowledged", `context extensions ${extensions.check}`, { items: 2, tries: 0 }],
    ["asked", `context extensions ${extensions.rules}`, "annex-iii"],
    ["opened", `context extensions ${extensions.automatic}`, "no"],
    ["recognised", `context extensions ${extensions.provenance} row`, 1],
    ["opened", `context extensions ${extensions.riskRating}`, { likelihood: 1, severity: 1, score: 1 }],
    ["opened", "context extensions https://w3id.org/clause7/xapi/extensions/mood", "good"],
  ] as const)("or an extension's definition: %s, %s", (verb, path, value) => {
    const made = mutated(every[verb], path.split(" "), value) as Statement;
    expect(extensionFaults(profileDocument, made)).toHaveLength(1);
  });
});

describe("the rules of templates (part 3 §2.1)", () => {
  const statement = { a: [{ b: 1, c: "x" }, { b: 2 }], d: { "e.f": null, g: [[1], [2, 3]] }, h: "" };

  it.each([
    ["$.a[*].b", [1, 2]],
    ["a[0].b", [1]],
    ["$.a[0,1].c", ["x"]],
    ["$.d['e.f']", [null]],
    ["$.d['e.f','g'][*][*]", [1, 2, 3]],
    ["$.a[*].c | $.h", ["x", ""]],
    ["$.*.g[1]", [[2, 3]]],
    ["$['a|b'] | $.d.g[0]", [[1]]],
    ["$.nothing.there", []],
  ])("find %s", (location, values) => {
    expect(valuesAt(statement, location)).toEqual(values);
  });

  it.each(["$..b", "$.a[?(@.b)]", "$.a[-1]", "$.a[(@.length)]", "$.a["])("refuse %s", (location) => {
    expect(() => valuesAt(statement, location)).toThrow("is no JSONPath");
  });

  it.each([
    [{ location: "$.a[*]", selector: "$.b", presence: "included" as const }, []],
    [{ location: "$.a[*]", selector: "$.c", presence: "included" as const }, ["lacks what is selected"]],
    [{ location: "$.a[*]", selector: "$.c", all: ["x"] }, ["has a value other than those allowed"]],
    [{ location: "$.a[*]", selector: "$.c", any: ["x"] }, []],
    [{ location: "$.a[*]", selector: "$.z", presence: "excluded" as const }, []],
    [{ location: "$.a[*]", selector: "$.c", presence: "excluded" as const }, ["must be left out"]],
    [{ location: "$.z", any: [1] }, ["has none of the values wanted"]],
    [{ location: "$.z", presence: "recommended" as const, any: [1] }, []],
    [{ location: "$.z", all: [1] }, []],
    [{ location: "$.a[*].b", none: [2] }, ["has a value that is forbidden"]],
    [{ location: "$.a[*].b", none: [3] }, []],
    [{ location: "$.d.g[0]", all: [[1]] }, []],
  ])("judge %j", (rule, faults) => {
    expect(ruleFaults(statement, rule)).toEqual(faults);
  });
});
