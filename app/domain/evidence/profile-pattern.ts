import type { LanguageMap } from "./profile-concept.ts";
import { templateId } from "./profile-template.ts";
import { profile, profileVersion, type VerbName } from "./statement.ts";

type Order =
  | { sequence: string[] }
  | { alternates: string[] }
  | { optional: string }
  | { oneOrMore: string }
  | { zeroOrMore: string };

/** An order in which statements of one registration follow each other (xAPI Profiles part 2 §9.0), matched greedily. */
export type Pattern = {
  id: string;
  type: "Pattern";
  primary: boolean;
  inScheme: string;
  prefLabel: LanguageMap;
  definition: LanguageMap;
} & Order;

/** Id of a pattern. */
export function patternId(name: string): string {
  return `${profile}/patterns/${name}`;
}

const acknowledgements = patternId("acknowledgements");

/** All patterns. Each registration of ours follows one of the primary ones. */
export const patterns: Pattern[] = [
  primary(
    "learning",
    "learning and assessment",
    "One person's way through one module in one period, whose id is the registration. Policies can be acknowledged at any time. What is known can be measured before the lessons and after the completion. A period that has not been completed ends before the completion.",
    {
      sequence: [
        acknowledgements,
        templateId("initialized"),
        patternId("study"),
        patternId("completion"),
        patternId("attempts"),
      ],
    },
  ),
  part("acknowledgements", "acknowledgements", "Policies acknowledged one after the other, if any.", {
    zeroOrMore: templateId("acknowledged"),
  }),
  part("study", "lessons and attempts", "Lessons and attempts: a refresher asks before it teaches.", {
    zeroOrMore: patternId("lesson-step-or-attempt"),
  }),
  part("lesson-step-or-attempt", "step of a lesson, or attempt", "A step of a lesson, or a whole attempt.", {
    alternates: [patternId("lesson-step"), patternId("attempt")],
  }),
  part("lesson-step", "step of a lesson", "A part read, a question answered, or a policy acknowledged.", {
    alternates: [templateId("progressed"), templateId("answered"), templateId("acknowledged")],
  }),
  part("attempts", "attempts", "Attempts after the completion, and policies acknowledged between them.", {
    zeroOrMore: patternId("attempt-or-acknowledgement"),
  }),
  part(
    "attempt-or-acknowledgement",
    "attempt or acknowledgement",
    "An attempt, or a policy acknowledged in between.",
    { alternates: [patternId("attempt"), templateId("acknowledged")] },
  ),
  part("attempt", "attempt", "An attempt from its start to its score, and to its outcome where it decides.", {
    sequence: [
      templateId("initialized"),
      patternId("attempt-steps"),
      templateId("scored"),
      patternId("outcome"),
    ],
  }),
  part("attempt-steps", "steps of an attempt", "The answers, and policies acknowledged meanwhile.", {
    zeroOrMore: patternId("attempt-step"),
  }),
  part("attempt-step", "step of an attempt", "An answer, or a policy acknowledged meanwhile.", {
    alternates: [templateId("answered"), templateId("acknowledged")],
  }),
  part("outcome", "outcome", "Passed or failed; nothing where an attempt only measures.", {
    optional: patternId("passed-or-failed"),
  }),
  part("passed-or-failed", "passed or failed", "Passed or failed.", {
    alternates: [templateId("passed"), templateId("failed")],
  }),
  part(
    "completion",
    "completion",
    "The completion of the period: an attempt passed, or a basis recognised.",
    {
      optional: patternId("completed-or-recognised"),
    },
  ),
  part("completed-or-recognised", "completed or recognised", "Completed, or recognised in its place.", {
    alternates: [templateId("completed"), templateId("recognised")],
  }),
  primary(
    "recognition",
    "recognition",
    "A period that was completed by a basis, or by a record of an earlier system, before its module was opened. What the person does in the module afterwards is of their own accord.",
    { sequence: [acknowledgements, templateId("recognised"), patternId("own-accord")] },
  ),
  part("own-accord", "of their own accord", "Learning after a recognition.", {
    zeroOrMore: patternId("own-accord-step"),
  }),
  part("own-accord-step", "step of their own accord", "Any step of learning.", {
    alternates: ["initialized", "progressed", "answered", "acknowledged", "scored", "passed", "failed"].map(
      (name) => templateId(name as VerbName),
    ),
  }),
  primary(
    "practice",
    "spaced retrieval practice",
    "A few items answered some days after a completion. The registration is the practice's id.",
    { oneOrMore: templateId("answered") },
  ),
  primary(
    "acknowledgement",
    "acknowledgement",
    "Policies acknowledged in a period whose module has not been opened, or outside a course. The registration is the period's id, or one of the acknowledgement's own.",
    { oneOrMore: templateId("acknowledged") },
  ),
  primary(
    "question",
    "question to decision",
    "A question about a use of AI, flagged where the risk is high, and the case opened for it, if any. The registration is the question's id.",
    { sequence: [templateId("asked"), patternId("flag"), patternId("case-of-question")] },
  ),
  part("flag", "flag", "Flagged, where the risk is high.", { optional: templateId("flagged") }),
  part("case-of-question", "case of a question", "The case opened for a question, if any.", {
    optional: patternId("case"),
  }),
  primary(
    "case",
    "case",
    "A case from its opening to its decision. On its own only where no question led to it: then the registration is the case's id.",
    { sequence: [templateId("opened"), patternId("review"), patternId("decision")] },
  ),
  part("review", "review", "What reviewers and the person do before the decision.", {
    zeroOrMore: patternId("review-step"),
  }),
  part("review-step", "step of a review", "Information asked for, information given, or the risk rated.", {
    alternates: [templateId("queried"), templateId("supplemented"), templateId("rated")],
  }),
  part("decision", "decision", "The decision, once it is taken.", { optional: templateId("decided") }),
  primary(
    "effectiveness",
    "evaluation of effectiveness",
    "A criterion fixed first, each change of it, the result and what was concluded from it. The registration is the evaluation's id.",
    { sequence: [patternId("criterion"), patternId("evaluation-result"), patternId("conclusion")] },
  ),
  part("criterion", "criterion", "The criterion as fixed, and each change of it.", {
    oneOrMore: templateId("fixed"),
  }),
  part("evaluation-result", "result of an evaluation", "The result, once the decision date has come.", {
    optional: templateId("evaluated"),
  }),
  part("conclusion", "conclusion", "The verdict, once it is given.", { optional: templateId("concluded") }),
];

function primary(name: string, label: string, definition: string, order: Order): Pattern {
  return { ...described(name, label, definition), primary: true, ...order };
}

function part(name: string, label: string, definition: string, order: Order): Pattern {
  return { ...described(name, label, definition), primary: false, ...order };
}

function described(name: string, label: string, definition: string) {
  return {
    id: patternId(name),
    type: "Pattern" as const,
    inScheme: profileVersion,
    prefLabel: { en: label },
    definition: { en: definition },
  };
}
