import { msg } from "./translate.ts";

/** Texts of the domain about packs, samples and seats. */
export const packStatusTexts = [
  msg("Waiting"),
  msg("Being built"),
  msg("Ready"),
  msg("Failed"),
  msg("Deleted"),
];

export const seatStateTexts = [msg("Invited"), msg("Not begun"), msg("Open"), msg("Ended"), msg("Revoked")];

export const readPlaceTexts = [
  msg("Record"),
  msg("Certificate"),
  msg("Board"),
  msg("Random sample"),
  msg("Audit pack"),
  msg("Proof of competence"),
];

export const sampleTexts = [
  msg("Nobody matches this. Widen the choice."),
  msg("This lies outside what you may see."),
  msg("This day has not come yet. Enter today or an earlier day."),
];

export const seatTexts = [
  msg("This auditor has a seat already. Revoke it first, or wait until it has ended."),
  msg("This e-mail address belongs to a colleague. A seat is for people from outside."),
  msg("The last day is over already. Enter today or a later day."),
];

/** What the schemas of the inputs say. */
export const auditInputTexts = [
  msg("Enter a day."),
  msg("The last day is before the first. Enter the same or a later day."),
  msg("Say what the sample is for, so that others understand it later."),
  msg("Keep it within 300 characters."),
  msg("Enter a whole number from 1 to 1000."),
  msg("Use letters, digits, hyphens, dots and underscores, 64 at most."),
  msg("Enter the auditor’s name."),
  msg("Enter an e-mail address such as name@company.example."),
  msg("Enter whom they audit for."),
  msg("A seat lasts 180 days at most. Enter an earlier day."),
];
