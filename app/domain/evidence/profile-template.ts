import {
  bases,
  decisions,
  extensions,
  flaggedClasses,
  type LanguageMap,
  riskClasses,
  verdicts,
} from "./profile-concept.ts";
import {
  contextExtension,
  duration,
  everywhere,
  inCmi5,
  included,
  mastery,
  moduleVersion,
  movesOn,
  noResult,
  notInCmi5,
  oneOf,
  question,
  rating,
  resultExtension,
  reviewCase,
  scaled,
  session,
  type TemplateRule,
} from "./profile-rule.ts";
import { activityTypes, cmi5, profile, profileVersion, type VerbName, verbs } from "./statement.ts";

/** How statements of one kind are made (xAPI Profiles part 2 §8.0); verb and object's type determine the kind. */
export type StatementTemplate = {
  id: string;
  type: "StatementTemplate";
  inScheme: string;
  prefLabel: LanguageMap;
  definition: LanguageMap;
  verb: string;
  objectActivityType: string;
  rules: TemplateRule[];
};

/** Id of a template: every verb of ours has one kind of statement. */
export function templateId(name: VerbName): string {
  return `${profile}/templates/${name}`;
}

/** One template for every kind of statement. */
export const templates: StatementTemplate[] = [
  learning("initialized", verbs.initialized, "A learner opened a module, or an attempt at its assessment.", [
    inCmi5,
    noResult,
  ]),
  learning("progressed", verbs.progressed, "A learner got on in the lessons of a module.", [
    notInCmi5,
    included(resultExtension(`${cmi5}/result/extensions/progress`), "Whole per cent, below 100."),
    {
      location: "$.context.contextActivities.other[*].definition.type",
      presence: "recommended",
      all: [activityTypes.lesson],
      scopeNote: { en: "The lesson that was read." },
    },
  ]),
  template(
    "answered",
    { verb: verbs.answered, objectActivityType: activityTypes.interaction },
    "A learner answered a question of a lesson or an assessment. Written once the key may be known.",
    [
      session,
      moduleVersion,
      notInCmi5,
      included("$.context.contextActivities.parent[*].id", "The module."),
      oneOf("$.object.definition.interactionType", [
        "choice",
        "true-false",
        "fill-in",
        "sequencing",
        "matching",
        "other",
      ]),
      included("$.object.definition.description", "The question."),
      included("$.object.definition.correctResponsesPattern[*]", "The key."),
      {
        location: "$.object.definition['choices','source','target'][*].description",
        presence: "recommended",
        scopeNote: { en: "The choices, or the two sides to match, in words." },
      },
      included("$.result.response", "Empty where the learner left it blank."),
      included("$.result.success"),
      scaled,
    ],
  ),
  learning("scored", verbs.scored, "The score of an attempt, apart from whether it is enough.", [
    notInCmi5,
    mastery,
    scaled,
    duration,
    { location: "$.result.success | $.result.completion", presence: "excluded" },
  ]),
  learning("passed", verbs.passed, "An attempt reached the mastery score.", [
    inCmi5,
    movesOn,
    mastery,
    scaled,
    duration,
    oneOf("$.result.success", [true]),
  ]),
  learning("failed", verbs.failed, "An attempt did not reach the mastery score.", [
    inCmi5,
    movesOn,
    mastery,
    scaled,
    duration,
    oneOf("$.result.success", [false]),
  ]),
  learning("completed", verbs.completed, "A learner did all that the module asks for in this period.", [
    inCmi5,
    movesOn,
    duration,
    oneOf("$.result.completion", [true]),
    { location: "$.result.score", presence: "excluded" },
  ]),
  template(
    "acknowledged",
    { verb: verbs.acknowledged, objectActivityType: activityTypes.policy },
    "A person confirmed having read a version of a policy.",
    [
      noResult,
      included(`$.object.definition.extensions['${extensions.sha256}']`),
      {
        location: contextExtension(extensions.check),
        presence: "recommended",
        scopeNote: { en: "Where the version has a comprehension check." },
      },
    ],
  ),
  template(
    "asked",
    { verb: verbs.asked, objectActivityType: activityTypes.question },
    "A person asked whether a use of AI is allowed, and the rules answered.",
    [...question, oneOf(contextExtension(extensions.riskClass), riskClasses)],
  ),
  template(
    "flagged",
    { verb: verbs.flagged, objectActivityType: activityTypes.question },
    "The use of AI that was asked about is of high risk or prohibited. Follows the statement that it was asked.",
    [...question, oneOf(contextExtension(extensions.riskClass), flaggedClasses)],
  ),
  ofCase("opened", verbs.opened, "A case was opened for a use of AI.", [noResult]),
  ofCase("queried", verbs.queried, "A reviewer asked for more information.", [noResult]),
  ofCase("supplemented", verbs.supplemented, "The person gave the information asked for.", [noResult]),
  ofCase("rated", verbs.rated, "A reviewer rated the risk; the case stays open.", [
    rating,
    { location: "$.result.completion", presence: "excluded" },
  ]),
  ofCase("decided", verbs.decided, "A reviewer decided the case.", [
    rating,
    oneOf("$.result.response", decisions),
    oneOf("$.result.completion", [true]),
  ]),
  template(
    "recognised",
    { verb: verbs.recognised, objectActivityType: activityTypes.requirement },
    "A person's competence in a requirement was recognised without its training.",
    [
      oneOf(contextExtension(extensions.basis), bases),
      included(contextExtension(extensions.validUntil)),
      {
        location: contextExtension(extensions.provenance),
        presence: "recommended",
        scopeNote: { en: "Of records of an earlier system." },
      },
      oneOf("$.result.completion", [true]),
      { location: "$.result.score", presence: "excluded" },
    ],
  ),
  template(
    "fixed",
    { verb: verbs.fixed, objectActivityType: activityTypes.evaluation },
    "The criterion of an evaluation was fixed, or changed with a reason.",
    [noResult, included(contextExtension(extensions.criterion))],
  ),
  template(
    "evaluated",
    { verb: verbs.evaluated, objectActivityType: activityTypes.evaluation },
    "An evaluation came to its result.",
    [
      included(resultExtension(extensions.evaluationResult)),
      {
        location: "$.result.success",
        presence: "recommended",
        scopeNote: { en: "Whether the criterion was met; left out where that cannot be said." },
      },
    ],
  ),
  template(
    "concluded",
    { verb: verbs.concluded, objectActivityType: activityTypes.evaluation },
    "An evaluator concluded from the result whether the action was effective.",
    [oneOf("$.result.response", verdicts)],
  ),
];

function template(
  name: VerbName,
  determining: Pick<StatementTemplate, "verb" | "objectActivityType">,
  definition: string,
  rules: TemplateRule[],
): StatementTemplate {
  return {
    id: templateId(name),
    type: "StatementTemplate",
    inScheme: profileVersion,
    prefLabel: { en: name },
    definition: { en: definition },
    ...determining,
    rules: [...everywhere, ...rules],
  };
}

/** About the module itself: its version and the session on all (cmi5 §9.6). */
function learning(name: VerbName, verb: string, definition: string, rules: TemplateRule[]) {
  const determining = { verb, objectActivityType: activityTypes.module };
  return template(name, determining, definition, [session, moduleVersion, ...rules]);
}

function ofCase(name: VerbName, verb: string, definition: string, rules: TemplateRule[]) {
  return template(name, { verb, objectActivityType: activityTypes.case }, definition, [
    ...reviewCase,
    ...rules,
  ]);
}
