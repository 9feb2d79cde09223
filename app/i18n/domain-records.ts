import { msg } from "./translate.ts";

/** What is known of a person. */
export const personFieldTexts = [
  msg("Name"),
  msg("Department"),
  msg("Job title"),
  msg("Manager"),
  msg("Location"),
  msg("Time zone"),
  msg("Type of employment"),
  msg("First day of work"),
  msg("Left on"),
  msg("Share of work at a computer (%)"),
  msg("Audiences"),
  msg("Roles"),
];

/** Why a change cannot be true from a day on. */
export const dayRefusalTexts = [
  msg("Enter today or an earlier day: what is to come is recorded on its day."),
  msg("Enter the first day of work or a later day."),
];
