import { msg } from "./translate.ts";

// Texts of the domain that the pages about effectiveness show, as the domain has them.

/** What can be measured. */
export const measureTexts = [
  msg("Gain from pre-test to first assessment"),
  msg("Mean of the first assessment"),
  msg("Share that passes at the first attempt"),
  msg("Mean of the retention check"),
  msg("Share that is overdue or expired"),
  msg("Reported concerns per 100 people"),
];

/** What each measure counts. */
export const measureDefinitionTexts = [
  msg(
    "Mean of post minus pre, in percentage points, of all who took both in the same period. Pre: the pre-test. Post: the first assessment, passed or not. 95 % interval by Student’s t.",
  ),
  msg(
    "Mean score, in per cent, of the first assessment of each person, passed or not. 95 % interval by Student’s t.",
  ),
  msg("Of all who submitted a first assessment, the share that passed it. 95 % interval by Wilson’s score."),
  msg(
    "Mean score, in per cent, of the checks taken 90 days or more after a completion. 95 % interval by Student’s t.",
  ),
  msg(
    "Of all who must be competent on the decision date and are not waived, the share that is overdue or expired. 95 % interval by Wilson’s score.",
  ),
  msg(
    "Concerns and incidents reported in the window, for every 100 people of the organisation. They may be reported without a name, so they cannot be narrowed to a group. 95 % interval by the exact Poisson method.",
  ),
];

/** When a criterion is met, where an evaluation stands, what it found and what was concluded. */
export const evaluationTexts = [
  msg("The estimate must reach the threshold"),
  msg("The whole 95 % interval must reach the threshold"),
  msg("Draft"),
  msg("Planned"),
  msg("Running"),
  msg("Due for decision"),
  msg("Decided"),
  msg("Criterion met"),
  msg("Criterion not met"),
  msg("Not determinable"),
  msg("Effective"),
  msg("Partly effective"),
  msg("Not effective"),
];

/** What is wrong with a criterion, a verdict or a review that was sent. */
export const effectivenessFaultTexts = [
  msg("Enter a title of 3 letters or more."),
  msg("Write at most 120 letters."),
  msg("Choose a requirement."),
  msg("Choose a measure."),
  msg("Enter a number."),
  msg("Enter a number from -100 to 100."),
  msg("Choose how it is confirmed."),
  msg("Enter a whole number."),
  msg("Ask for 5 people or more: fewer show nothing and could be recognised."),
  msg("Enter a smaller number."),
  msg("Enter a date."),
  msg("Choose who evaluates."),
  msg("Enter a day after the start."),
  msg("Concerns cannot be narrowed to a group. Choose all audiences and departments, or another measure."),
  msg("Write at most 1000 letters."),
  msg("Choose a verdict."),
  msg("Give your reasons in 20 letters or more: an auditor reads them."),
  msg("Write at most 4000 letters."),
  msg("Write at most 2000 letters."),
  msg("Say who does it."),
  msg("Say by when."),
  msg("Say what follows from it: anything but “effective” needs an action."),
  msg("Say in ten letters or more what was done."),
];

/** What writing or fixing a criterion, or concluding, is refused with. */
export const effectivenessRefusalTexts = [
  msg(
    "The start has passed. A criterion counts only if it was fixed before: choose a start that lies ahead.",
  ),
  msg(
    "People of this group have results since the start already. Choose a later start, so that nobody could have seen them.",
  ),
  msg("Who wrote a version of the criterion cannot evaluate by it. Name somebody else."),
  msg("This person may not evaluate. Name somebody of HR, a reviewer or an administrator."),
  msg("This requirement is not in force. Choose another."),
  msg("This criterion is fixed. Change it with a reason; what it was stays on record."),
  msg("The result is known. The criterion cannot change any more."),
  msg("There is no result yet. It is computed on the decision date."),
  msg("This evaluation is decided already."),
  msg("You wrote the criterion. Somebody else must evaluate by it."),
  msg("The criterion names somebody else as evaluator."),
  msg("Fewer people than the criterion asks for: only “not determinable” can be concluded."),
  msg("The criterion was not met, so “effective” would say more than the data."),
  msg("Choose somebody who is still here."),
  msg("Enter a day that lies ahead."),
  msg("Nothing followed from this verdict."),
  msg("This follow-up was closed in the meantime."),
];

/** Sections of a management review. */
export const reviewSectionTexts = [
  msg("Competence"),
  msg("Corrective actions"),
  msg("Cases"),
  msg("Concerns"),
  msg("Policies acknowledged"),
  msg("Evidence"),
];

/** Figures of a management review, and what each counts. */
export const reviewLineTexts = [
  msg("Coverage"),
  msg(
    "Of all whom a requirement in force asks at the end of the period and who are not waived, the share that is competent or expiring.",
  ),
  msg("Overdue or expired"),
  msg(
    "Standing periods of requirements in force, at the end of the period, whose grace is over without a completion or whose competence has ended.",
  ),
  msg("Competence that ends soon"),
  msg(
    "Competences that count at the end of the period and end within so many days after it, unless they are renewed.",
  ),
  msg("Completions"),
  msg("Periods completed in the period: lessons and acknowledgements done and the assessment passed."),
  msg("Passed at the first attempt"),
  msg("Of the first assessments and refreshers submitted in the period, those that passed."),
  msg("Actions opened"),
  msg("Corrective actions opened in the period, those that a review decided included."),
  msg("Actions closed"),
  msg("Corrective actions closed in the period, their effect verified."),
  msg("Actions open"),
  msg("Corrective actions opened before the end of the period and not closed by then."),
  msg("Actions overdue"),
  msg("Of the open actions those whose day had come by the end of the period."),
  msg("Open from reviews"),
  msg("Of the open actions those that a management review decided."),
  msg("Cases opened"),
  msg("Cases opened in the period, without those that came with the content."),
  msg("Cases decided"),
  msg("Cases decided in the period, without those that came with the content."),
  msg("Median time to a decision"),
  msg("Of the cases decided in the period, the middle of the times from opening to decision."),
  msg("Cases open"),
  msg("Cases opened before the end of the period and not decided by then."),
  msg("Cases overdue"),
  msg("Of the open cases those whose due date has passed and that do not wait for information."),
  msg("Concerns reported"),
  msg("Incidents, near misses, unapproved tools and worries reported in the period."),
  msg("Concerns open"),
  msg("Concerns reported before the end of the period and not closed by then."),
  msg("Acknowledged"),
  msg(
    "Of the people whom a requirement asks whose module has the policy acknowledged, those who have acknowledged the version that counts at the end of the period.",
  ),
  msg("Audit events"),
  msg("Events added to the audit chain in the period."),
  msg("Links of the audit chain"),
  msg("All events of the chain when this report was made."),
  msg("Links under a seal"),
  msg("Events of the chain up to the newest signed seal."),
];

/** What is wrong with a review that was sent. */
export const reviewFaultTexts = [
  msg("Enter a date."),
  msg("Say in which roles people took part."),
  msg("Write at most 1000 letters."),
  msg("Write at most 4000 letters."),
  msg("Say what was decided, even if it is that nothing needs to change."),
  msg("Write at most 500 letters."),
  msg("Give each action an owner and a day."),
  msg("Give each action a day on or after that of the review."),
];

/** What recording a review is refused with. */
export const reviewRefusalTexts = [
  msg("A review is recorded once it was held. Enter today or an earlier day."),
  msg("Choose somebody who is still here as the owner of each action."),
];
