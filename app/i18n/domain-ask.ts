import { msg } from "./translate.ts";

/*
 * What the domain says on the pages for questions, cases and concerns; the test beside this file holds it to the domain.
 */

export const questionRefusals = [
  msg("Write what you want to do: which tool, what for, with which data."),
  msg(
    "A question has at most 150,000 characters, about fifty pages. Describe one use and leave the rest out.",
  ),
];

export const useFormRefusals = [
  msg("Choose fewer."),
  msg("Choose yes, no or not sure."),
  msg("The name of a tool has at most 80 characters."),
  msg("Choose a place from the list."),
  msg("Write what the tool is called, or choose another answer above."),
];

export const purposeGroups = [msg("Everyday"), msg("Needs care")];

export const feedbackRefusals = [
  msg("Reason: say in a few words what was wrong or missing, so that it can be put right."),
  msg("Reason: use at most 1000 characters."),
];

export const shareRefusals = [
  msg("Colleague: this is you. Choose somebody else."),
  msg("Colleague: this person does not work here any more. Choose somebody else."),
  msg("Colleague: an answer is shared with at most 20 people. Take it back from somebody first."),
];

export const modelFailures = [
  msg("The language model did not answer in time."),
  msg("The language model could not be reached."),
  msg("The language model answered with something that could not be used."),
  msg("The language model has failed several times and is left alone for a minute."),
  msg("Your share of the language model is used up for today (until midnight, UTC)."),
];

export const caseViews = [msg("To decide"), msg("Asked by me"), msg("Decided")];

export const caseDecisions = [msg("Approved with conditions"), msg("Rejected")];

export const caseEvents = [
  msg("Case opened"),
  msg("Information requested"),
  msg("Information given"),
  msg("Risk rated"),
  msg("Case decided"),
];

export const caseRefusals = [
  msg("The case has changed since you opened it. Read what is new, then decide again; your text is kept."),
  msg("This case is already decided."),
  msg("You asked for this yourself. Someone else decides it (four eyes)."),
  msg("You are the owner of this tool. Someone else decides it (four eyes)."),
  msg("A prohibited practice cannot be approved. It can only be rejected."),
  msg(
    "A rule stands against this use that no reviewer can set aside. The case can only be rejected, or ask for information.",
  ),
  msg("Add the tool to the register first: an approval hangs on an entry that is in use or in pilot."),
  msg("Name the purpose, the data and the people affected that you approve."),
  msg("Approve only what was asked for, or less of it. Anything wider is a case of its own."),
  msg("Name at least one condition."),
  msg(
    "Two people decide this together. Name the second reviewer: not yourself, not the asker, not the owner of the tool.",
  ),
  msg("Nobody waits for information on this case at the moment."),
];

export const likelihoods = [
  msg("Rare"),
  msg("Unlikely"),
  msg("Possible"),
  msg("Likely"),
  msg("Almost certain"),
];

export const likelihoodHints = [
  msg("not expected to happen here"),
  msg("may happen once in several years"),
  msg("may happen within a year"),
  msg("expected several times a year"),
  msg("expected in ordinary use"),
];

export const severities = [msg("Negligible"), msg("Minor"), msg("Moderate"), msg("Major"), msg("Severe")];

export const severityHints = [
  msg("no noticeable effect on anybody"),
  msg("an annoyance, put right at once"),
  msg("a disadvantage that can be put right with effort"),
  msg("work, money, rights or health noticeably harmed"),
  msg("lasting harm, or harm to many people"),
];

export const ratingLevels = [msg("Low"), msg("Moderate"), msg("High"), msg("Critical")];

export const concernKinds = [msg("Incident"), msg("Near miss"), msg("Tool nobody approved"), msg("Worry")];

export const concernKindHints = [
  msg("Something went wrong: harm was done, data went where it should not, or a rule was broken."),
  msg("It could have gone wrong, and was caught in time."),
  msg("AI is used at work that is not on the register."),
  msg("Nothing has happened, but you fear it could."),
];

export const concernEvents = [msg("Receipt confirmed"), msg("Answered"), msg("Closed")];

export const concernViews = [msg("To answer"), msg("Answered"), msg("Closed"), msg("Sent by me")];

export const concernRefusals = [
  msg("You sent this report yourself. Someone else handles it."),
  msg("This report is closed. Nothing can be added to it."),
  msg("Receipt is confirmed already."),
];
