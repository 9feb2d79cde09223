import { msg } from "./translate.ts";

/** Texts of the domain that the pages for HR, auditors and administrators show, as the domain has them. */
export const periodStateTexts = [
  msg("Not started"),
  msg("In progress"),
  msg("Competent"),
  msg("Expiring"),
  msg("Overdue"),
  msg("Expired"),
  msg("Waived"),
];

export const waiverTexts = [
  msg("Give the reason in at least ten characters; an auditor will read it."),
  msg("Keep the reason within 500 characters."),
  msg("Enter the last day as a date."),
  msg("The period has been completed in the meantime: there is nothing left to waive."),
  msg("The last day is over already. Enter today or a later day."),
  msg("A waiver lasts 366 days at most. Enter an earlier day; it can be prolonged later."),
];
