import { msg } from "./translate.ts";

/** Words of the domain that learners and visitors read, where nothing else names them for the catalogues. */
export const periodStateWords = [
  msg("Not started"),
  msg("In progress"),
  msg("Competent"),
  msg("Expiring"),
  msg("Overdue"),
  msg("Expired"),
  msg("Waived"),
];

export const roleWords = [
  msg("Employee"),
  msg("Manager"),
  msg("HR"),
  msg("Reviewer"),
  msg("Author"),
  msg("Auditor"),
  msg("Administrator"),
  msg("External auditor"),
];

/** What a follow-up code is refused with. */
export const followUpWords = [
  msg("Enter the code you were given with your report."),
  msg("A code has five groups of four."),
  msg("No report has this code. Compare it letter by letter."),
];
