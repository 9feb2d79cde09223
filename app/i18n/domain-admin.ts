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
