import { activityTypes, profile, profileVersion, verbs } from "./statement.ts";

/** Texts by language; ours are English. */
export type LanguageMap = { en: string };

type Described = { id: string; inScheme: string; prefLabel: LanguageMap; definition: LanguageMap };

/** A word for statements (xAPI Profiles part 2 §7.1). */
export type Term = Described & { type: "Verb" | "ActivityType"; broadMatch?: string[] };

/** The shape of an extension's value (xAPI Profiles part 2 §7.2). `inlineSchema` is a JSON Schema, draft 7, as text. */
export type Extension = Described & {
  type: "ContextExtension" | "ResultExtension" | "ActivityExtension";
  recommendedVerbs?: string[];
  recommendedActivityTypes?: string[];
  inlineSchema: string;
};

export type Concept = Term | Extension;

const adl = "http://adlnet.gov/expapi/verbs";

/** Ids of the extensions in our statements. */
export const extensions = {
  sha256: `${profile}/extensions/sha256`,
  check: `${profile}/extensions/check`,
  outcome: `${profile}/extensions/outcome`,
  riskClass: `${profile}/extensions/risk-class`,
  rules: `${profile}/extensions/rules`,
  ruleSet: `${profile}/extensions/rule-set`,
  automatic: `${profile}/extensions/automatic`,
  riskRating: `${profile}/extensions/risk-rating`,
  basis: `${profile}/extensions/basis`,
  validUntil: `${profile}/extensions/valid-until`,
  provenance: `${profile}/extensions/provenance`,
  criterion: `${profile}/extensions/evaluation-criterion`,
  evaluationResult: `${profile}/extensions/evaluation-result`,
} as const;

// A published version never changes, so the values it allows are stated here rather than taken from the rules, which may.

/** What the rules may say about a use of AI. */
export const outcomes = ["cleared", "not_allowed", "flagged", "asked_back", "not_covered"];
/** Words for outcomes in statements that earlier versions of the product wrote. */
export const earlierOutcomes = ["allowed", "allowed_with_conditions", "needs_review", "more_facts_needed"];
/** Risk classes from low to high; the last two are flagged. */
export const riskClasses = ["minimal", "limited", "high_risk", "prohibited"];
export const flaggedClasses = ["high_risk", "prohibited"];
/** How a case can end. */
export const decisions = ["approve_with_conditions", "reject"];
/** What an evaluation can measure, what it can find and what can be concluded from it. */
export const measures = [
  "gain",
  "post_mean",
  "pass_share",
  "retention_mean",
  "overdue_share",
  "concern_rate",
];
export const evaluationOutcomes = ["met", "not_met", "not_determinable"];
export const verdicts = ["effective", "partly", "not_effective", "not_determinable"];

/** What a competence can be recognised by (ISO/IEC 42001 7.2 b), or the record of an earlier system. */
export const bases = ["education", "training", "experience", "attestation", "legacy"];

const questionVerbs = [verbs.asked, verbs.flagged];
const caseVerbs = [verbs.opened, verbs.queried, verbs.supplemented, verbs.rated, verbs.decided];

/** Every concept of the profile. Words of ADL and cmi5 are used and not defined again (xAPI Profiles part 2 §7.0). */
export const concepts: Concept[] = [
  verb(
    verbs.acknowledged,
    "acknowledged",
    "The actor confirmed having read the version of a policy that is the object.",
  ),
  verb(
    verbs.flagged,
    "flagged",
    "The rules in force put the use of AI that the actor asked about into a risk class that calls for attention. The object is the question.",
  ),
  verb(
    verbs.opened,
    "opened",
    "The actor's use of AI was brought before a reviewer as the case that is the object.",
  ),
  verb(verbs.queried, "queried", "The actor, a reviewer, asked for more information about the case.", [
    `${adl}/asked`,
  ]),
  verb(
    verbs.supplemented,
    "supplemented",
    "The actor gave the information that a reviewer had asked for in the case.",
    [`${adl}/responded`],
  ),
  verb(
    verbs.rated,
    "rated",
    "The actor, a reviewer, rated likelihood and severity of the harm in the case. Use with the risk rating extension.",
  ),
  verb(
    verbs.decided,
    "decided",
    "The actor, a reviewer, decided the case. result.response holds the decision. Use with the risk rating extension.",
  ),
  verb(
    verbs.recognised,
    "recognised",
    "The actor's competence in the requirement was recognised without its training, on the basis that the context names. Where an earlier system recorded it, the time is that of the earlier record.",
  ),
  verb(
    verbs.fixed,
    "fixed",
    "The actor fixed the criterion of the evaluation that is the object. Use with the evaluation criterion extension, which says whether that was before the start.",
  ),
  verb(
    verbs.evaluated,
    "evaluated",
    "The actor computed the evaluation that is the object by its criterion. result.success tells whether it was met, and is left out where too few people allow no answer. Use with the evaluation result extension.",
  ),
  verb(
    verbs.concluded,
    "concluded",
    "The actor, an evaluator, concluded from the result of the evaluation whether the action was effective. result.response holds the verdict. The reasons stay outside the statement.",
  ),
  activityType(
    activityTypes.policy,
    "policy version",
    "One version of a policy, as published. Use with the SHA-256 extension, which fixes its exact text.",
  ),
  activityType(
    activityTypes.question,
    "question",
    "One turn of a question whether a use of AI is allowed. Its words stay outside the statement.",
  ),
  activityType(
    activityTypes.case,
    "case",
    "A use of AI that a reviewer decides. Its words stay outside the statement.",
  ),
  activityType(
    activityTypes.requirement,
    "competence requirement",
    "What a group of people must be competent in (ISO/IEC 42001 clause 7.2 a).",
  ),
  activityType(
    activityTypes.evaluation,
    "evaluation",
    "An evaluation whether an action to build competence was effective (ISO/IEC 42001 clause 7.2 c).",
  ),
  {
    ...described(
      extensions.sha256,
      "SHA-256",
      "SHA-256 of the policy version as published, in lower-case hexadecimal.",
    ),
    type: "ActivityExtension",
    recommendedActivityTypes: [activityTypes.policy],
    inlineSchema: draft7({ type: "string", pattern: "^[0-9a-f]{64}$" }),
  },
  {
    ...described(
      extensions.check,
      "check",
      "The comprehension check answered before signing: how many items it has, and how often they were answered until all were right.",
    ),
    type: "ContextExtension",
    recommendedVerbs: [verbs.acknowledged],
    inlineSchema: draft7({
      type: "object",
      properties: { items: { type: "integer", minimum: 1 }, tries: { type: "integer", minimum: 1 } },
      required: ["items", "tries"],
      additionalProperties: false,
    }),
  },
  {
    ...described(extensions.outcome, "outcome", "What the rules said about the use of AI."),
    type: "ContextExtension",
    recommendedVerbs: questionVerbs,
    inlineSchema: draft7({ enum: [...outcomes, ...earlierOutcomes] }),
  },
  {
    ...described(extensions.riskClass, "risk class", "The highest risk class of the rules that applied."),
    type: "ContextExtension",
    recommendedVerbs: [...questionVerbs, ...caseVerbs],
    inlineSchema: draft7({ enum: riskClasses }),
  },
  {
    ...described(
      extensions.rules,
      "rules",
      "Ids of the rules that applied, the gravest first; empty when none did.",
    ),
    type: "ContextExtension",
    recommendedVerbs: [...questionVerbs, ...caseVerbs],
    inlineSchema: draft7({ type: "array", items: { type: "string", minLength: 1 }, uniqueItems: true }),
  },
  {
    ...described(
      extensions.ruleSet,
      "rule set",
      "SHA-256 of the published rules that judged, in lower-case hexadecimal.",
    ),
    type: "ContextExtension",
    recommendedVerbs: questionVerbs,
    inlineSchema: draft7({ type: "string", pattern: "^[0-9a-f]{64}$" }),
  },
  {
    ...described(
      extensions.automatic,
      "automatic",
      "Whether policy opened the case without being asked to, rather than the person.",
    ),
    type: "ContextExtension",
    recommendedVerbs: caseVerbs,
    inlineSchema: draft7({ type: "boolean" }),
  },
  {
    ...described(
      extensions.riskRating,
      "risk rating",
      "Likelihood and severity of harm, each from 1 to 5, and their product.",
    ),
    type: "ResultExtension",
    recommendedVerbs: [verbs.rated, verbs.decided],
    inlineSchema: draft7({
      type: "object",
      properties: {
        likelihood: { type: "integer", minimum: 1, maximum: 5 },
        severity: { type: "integer", minimum: 1, maximum: 5 },
        score: { type: "integer", minimum: 1, maximum: 25 },
      },
      required: ["likelihood", "severity", "score"],
      additionalProperties: false,
    }),
  },
  {
    ...described(extensions.basis, "basis", "What the competence was recognised by."),
    type: "ContextExtension",
    recommendedVerbs: [verbs.recognised],
    inlineSchema: draft7({ enum: bases }),
  },
  {
    ...described(extensions.validUntil, "valid until", "The moment the recognised competence ends."),
    type: "ContextExtension",
    recommendedVerbs: [verbs.recognised],
    inlineSchema: draft7({ type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T" }),
  },
  {
    ...described(
      extensions.provenance,
      "provenance",
      "Where a record of an earlier system came from: the system, its own reference, and the row of the file it was imported with.",
    ),
    type: "ContextExtension",
    recommendedVerbs: [verbs.recognised],
    inlineSchema: draft7({
      type: "object",
      properties: {
        system: { type: "string", minLength: 1 },
        reference: { type: "string" },
        sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
        row: { type: "integer", minimum: 2 },
      },
      required: ["system", "reference", "sha256", "row"],
      additionalProperties: false,
    }),
  },
  {
    ...described(
      extensions.criterion,
      "evaluation criterion",
      "What is measured, of whom, when, and what counts as effective, as fixed. SHA-256 is of the whole criterion.",
    ),
    type: "ContextExtension",
    recommendedVerbs: [verbs.fixed],
    inlineSchema: draft7({
      type: "object",
      properties: {
        version: { type: "integer", minimum: 1 },
        sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
        requirement: { type: "string", minLength: 1 },
        measure: { enum: measures },
        threshold: { type: "number" },
        direction: { enum: ["at_least", "at_most"] },
        confirm: { enum: ["estimate", "interval"] },
        minimumN: { type: "integer", minimum: 1 },
        startsOn: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
        decisionOn: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
        afterStart: { type: "boolean" },
      },
      required: ["version", "sha256", "measure", "threshold", "startsOn", "decisionOn", "afterStart"],
      additionalProperties: false,
    }),
  },
  {
    ...described(
      extensions.evaluationResult,
      "evaluation result",
      "What was found: the estimate with its 95 % interval and the number of people, and what it was computed from. Estimate and interval are left out for groups of fewer than five.",
    ),
    type: "ResultExtension",
    recommendedVerbs: [verbs.evaluated],
    inlineSchema: draft7({
      type: "object",
      properties: {
        version: { type: "integer", minimum: 1 },
        outcome: { enum: evaluationOutcomes },
        n: { type: "integer", minimum: 0 },
        dropOuts: { type: "integer", minimum: 0 },
        value: { type: "number" },
        low: { type: "number" },
        high: { type: "number" },
        facts: { type: "integer", minimum: 0 },
        sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
      },
      required: ["version", "outcome", "n", "facts", "sha256"],
      additionalProperties: false,
    }),
  },
];

function described(id: string, label: string, definition: string): Described {
  return { id, inScheme: profileVersion, prefLabel: { en: label }, definition: { en: definition } };
}

function verb(id: string, label: string, definition: string, broadMatch?: string[]): Term {
  return { ...described(id, label, definition), type: "Verb", ...(broadMatch ? { broadMatch } : {}) };
}

function activityType(id: string, label: string, definition: string): Term {
  return { ...described(id, label, definition), type: "ActivityType" };
}

function draft7(schema: Record<string, unknown>): string {
  return JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", ...schema });
}
