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

export const keyTexts = [
  msg("Write what the key is for, in at most 60 characters."),
  msg("Write the name without control characters."),
  msg("Choose 30, 90 or 365 days."),
];

export const credentialTexts = [
  msg("Give the client a name."),
  msg("Write at most 100 characters as the name."),
  msg("Write the name without control characters."),
  msg(
    "Choose the scopes from: statements/write, statements/read/mine, statements/read, state, profile, all.",
  ),
  msg("Choose at least one scope."),
  msg("Write a whole number of requests from 1 to 1000000, or nothing for no limit."),
  msg("Write a whole number of bytes from 1000 to 100000000, or nothing for 10485760."),
];
