import { type StateCounts } from "../competence/board.ts";
import { counts } from "../competence/assignment.ts";
import { periodStates } from "../competence/period-state.ts";
import type { ReviewFigures } from "./review.ts";

/** A value of a report: a number, a share of a number, or a time. */
export type LineValue =
  | { kind: "count"; value: number }
  | { kind: "share"; part: number; of: number }
  | { kind: "hours"; value: number | null };

/** A figure of a report with what it means. `before`: of the period before, where that can be said. */
export type ReviewLine = {
  label: string;
  /** A name of the content or of a person, said after the label. */
  name?: string;
  definition: string;
  now: LineValue;
  before: LineValue | null;
};

export const sections = ["competence", "actions", "cases", "concerns", "policies", "evidence"] as const;
export type Section = (typeof sections)[number];
export const sectionNames: Record<Section, string> = {
  competence: "Competence",
  actions: "Corrective actions",
  cases: "Cases",
  concerns: "Concerns",
  policies: "Policies acknowledged",
  evidence: "Evidence",
};

/** What each figure is called and what exactly it counts. */
export const lineTexts = {
  coverage: [
    "Coverage",
    "Of all whom a requirement in force asks at the end of the period and who are not waived, the share that is competent or expiring.",
  ],
  overdue: [
    "Overdue or expired",
    "Standing periods of requirements in force, at the end of the period, whose grace is over without a completion or whose competence has ended.",
  ],
  expiring: [
    "Competence that ends soon",
    "Competences that count at the end of the period and end within so many days after it, unless they are renewed.",
  ],
  completions: [
    "Completions",
    "Periods completed in the period: lessons and acknowledgements done and the assessment passed.",
  ],
  firstAttempts: [
    "Passed at the first attempt",
    "Of the first assessments and refreshers submitted in the period, those that passed.",
  ],
  actionsOpened: [
    "Actions opened",
    "Corrective actions opened in the period, those that a review decided included.",
  ],
  actionsClosed: ["Actions closed", "Corrective actions closed in the period, their effect verified."],
  actionsOpen: [
    "Actions open",
    "Corrective actions opened before the end of the period and not closed by then.",
  ],
  actionsOverdue: [
    "Actions overdue",
    "Of the open actions those whose day had come by the end of the period.",
  ],
  actionsOfReviews: ["Open from reviews", "Of the open actions those that a management review decided."],
  opened: ["Cases opened", "Cases opened in the period, without those that came with the content."],
  decided: ["Cases decided", "Cases decided in the period, without those that came with the content."],
  medianHours: [
    "Median time to a decision",
    "Of the cases decided in the period, the middle of the times from opening to decision.",
  ],
  openCases: ["Cases open", "Cases opened before the end of the period and not decided by then."],
  overdueCases: [
    "Cases overdue",
    "Of the open cases those whose due date has passed and that do not wait for information.",
  ],
  reported: [
    "Concerns reported",
    "Incidents, near misses, unapproved tools and worries reported in the period.",
  ],
  openConcerns: ["Concerns open", "Concerns reported before the end of the period and not closed by then."],
  acknowledged: [
    "Acknowledged",
    "Of the people whom a requirement asks whose module has the policy acknowledged, those who have acknowledged the version that counts at the end of the period.",
  ],
  events: ["Audit events", "Events added to the audit chain in the period."],
  links: ["Links of the audit chain", "All events of the chain when this report was made."],
  sealed: ["Links under a seal", "Events of the chain up to the newest signed seal."],
} as const satisfies Record<string, readonly [label: string, definition: string]>;

const count = (value: number): LineValue => ({ kind: "count", value });
const line = (
  text: keyof typeof lineTexts,
  now: LineValue,
  before: LineValue | null,
  name?: string,
): ReviewLine => ({
  label: lineTexts[text][0],
  definition: lineTexts[text][1],
  now,
  before,
  ...(name === undefined ? {} : { name }),
});

/** Competent and asked, of those in each state. */
export function covered(of: StateCounts): { part: number; of: number } {
  const all = periodStates.reduce((sum, state) => sum + of[state], 0);
  return {
    part: periodStates.filter(counts).reduce((sum, state) => sum + of[state], 0),
    of: all - of.waived,
  };
}

const late = (of: StateCounts): number => of.overdue + of.expired;

/** All lines of a report but those of evaluations, by section: the same for the page and the PDF. */
export function reviewLines(figures: ReviewFigures): Record<Section, ReviewLine[]> {
  const { requirements, expiring, completions, firstAttempts } = figures;
  const { actions, cases, concerns, acknowledgements, audit } = figures;
  const overdue = (when: "now" | "before"): LineValue =>
    count(requirements.reduce((sum, one) => sum + late(one.compared[when]), 0));
  const first = (when: "now" | "before"): LineValue => ({
    kind: "share",
    part: firstAttempts[when].passed,
    of: firstAttempts[when].n,
  });
  return {
    competence: [
      ...requirements.map(({ title, compared }) =>
        line(
          "coverage",
          { kind: "share", ...covered(compared.now) },
          { kind: "share", ...covered(compared.before) },
          title,
        ),
      ),
      line("overdue", overdue("now"), overdue("before")),
      ...expiring.map((one) => line("expiring", count(one.count), null, String(one.days))),
      line("completions", count(completions.now), count(completions.before)),
      line("firstAttempts", first("now"), first("before")),
    ],
    actions: actions
      ? [
          line("actionsOpened", count(actions.opened.now), count(actions.opened.before)),
          line("actionsClosed", count(actions.closed.now), count(actions.closed.before)),
          line("actionsOpen", count(actions.open), null),
          line("actionsOverdue", count(actions.overdue), null),
          line("actionsOfReviews", count(actions.ofReviews), null),
        ]
      : [],
    cases: [
      line("opened", count(cases.opened.now), count(cases.opened.before)),
      line("decided", count(cases.decided.now), count(cases.decided.before)),
      line(
        "medianHours",
        { kind: "hours", value: cases.medianHours.now },
        { kind: "hours", value: cases.medianHours.before },
      ),
      line("openCases", count(cases.open), null),
      line("overdueCases", count(cases.overdue), null),
    ],
    concerns: [
      line("reported", count(concerns.reported.now), count(concerns.reported.before)),
      line("openConcerns", count(concerns.open), null),
    ],
    policies: acknowledgements.map(({ title, version, people, acknowledged }) =>
      line("acknowledged", { kind: "share", part: acknowledged, of: people }, null, `${title} ${version}`),
    ),
    evidence: [
      line("events", count(audit.events.now), count(audit.events.before)),
      line("links", count(audit.links), null),
      line("sealed", count(audit.sealedUntil), null),
    ],
  };
}
