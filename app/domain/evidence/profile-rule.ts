import { earlierOutcomes, extensions, type LanguageMap, outcomes, riskClasses } from "./profile-concept.ts";
import { activityTypes, cmi5, profileVersion } from "./statement.ts";

/** What a statement must, may or must not hold at a place (xAPI Profiles part 2 §8.1). `location` is JSONPath. */
export type TemplateRule = {
  location: string;
  selector?: string;
  presence?: "included" | "excluded" | "recommended";
  any?: unknown[];
  all?: unknown[];
  none?: unknown[];
  scopeNote?: LanguageMap;
};

const category = "$.context.contextActivities.category[*].id";
const cmi5Category = `${cmi5}/context/categories/cmi5`;
const moveOnCategory = `${cmi5}/context/categories/moveon`;

/** Of every statement of ours: a pseudonym, a time, a registration and the profile version it follows. */
export const everywhere: TemplateRule[] = [
  {
    location: "$.actor.account.name",
    presence: "included",
    scopeNote: {
      en: "A pseudonym that never changes; who it stands for is known outside the record store only.",
    },
  },
  {
    location: "$.actor.name | $.actor.mbox | $.actor.mbox_sha1sum | $.actor.openid",
    presence: "excluded",
    scopeNote: { en: "Nothing that names the person." },
  },
  { location: "$.timestamp", presence: "included", scopeNote: { en: "When it happened." } },
  {
    location: "$.context.registration",
    presence: "included",
    scopeNote: { en: "The period, question, case or evaluation whose pattern the statement belongs to." },
  },
  { location: category, presence: "included", any: [profileVersion] },
];

/** The sitting (cmi5 §9.6.3.1). */
export const session: TemplateRule = included(
  contextExtension(`${cmi5}/context/extensions/sessionid`),
  "The attempt, or the period while lessons are read.",
);
/** What exactly was learned. */
export const moduleVersion: TemplateRule = included(
  "$.context.contextActivities.grouping[*].id",
  "The exact version of the module.",
);
/** Marked as one of the statements that cmi5 defines (cmi5 §9.6.2.1). */
export const inCmi5: TemplateRule = { location: category, any: [cmi5Category] };
/** Not marked so: cmi5 does not define its verb. */
export const notInCmi5: TemplateRule = { location: category, none: [cmi5Category, moveOnCategory] };
/** Marked as counting for moving on (cmi5 §9.6.2.2). */
export const movesOn: TemplateRule = { location: category, any: [moveOnCategory] };
/** Nothing came of it yet. */
export const noResult: TemplateRule = { location: "$.result", presence: "excluded" };
/** How long it took. */
export const duration = included(
  "$.result.duration",
  "From the start of the attempt, or of the period, to its end.",
);
/** Its score. */
export const scaled = included("$.result.score.scaled", "From 0 to 1.");
/** The score needed (cmi5 §9.6.3.2). */
export const mastery = included(
  contextExtension(`${cmi5}/context/extensions/masteryscore`),
  "The scaled score needed.",
);

/** Of statements about a question. */
export const question: TemplateRule[] = [
  noResult,
  oneOf(contextExtension(extensions.outcome), [...outcomes, ...earlierOutcomes]),
  included(contextExtension(extensions.rules)),
  included(contextExtension(extensions.ruleSet)),
];
/** Of statements about a case. */
export const reviewCase: TemplateRule[] = [
  oneOf(contextExtension(extensions.riskClass), riskClasses),
  included(contextExtension(extensions.rules)),
  included(contextExtension(extensions.automatic)),
  {
    location: "$.context.contextActivities.other[*].definition.type",
    presence: "recommended",
    all: [activityTypes.question],
    scopeNote: { en: "The question that led to the case, where there was one." },
  },
];
/** Likelihood and severity. */
export const rating = included(resultExtension(extensions.riskRating));

/** There must be a value. */
export function included(location: string, note?: string): TemplateRule {
  return { location, presence: "included", ...(note ? { scopeNote: { en: note } } : {}) };
}

/** There must be a value, and it is one of these. */
export function oneOf(location: string, values: unknown[]): TemplateRule {
  return { location, presence: "included", all: values };
}

/** Where an extension of the context stands. */
export function contextExtension(id: string): string {
  return `$.context.extensions['${id}']`;
}

/** Where an extension of the result stands. */
export function resultExtension(id: string): string {
  return `$.result.extensions['${id}']`;
}
