import { msg } from "./translate.ts";

/** What a rule can be about. */
export const attributeTexts = [
  msg("Audience"),
  msg("Department"),
  msg("Location"),
  msg("Type of employment"),
  msg("Role in the management system"),
  msg("Uses an AI system"),
  msg("Oversees an AI system"),
  msg("Share of work at a computer"),
];

/** What is wrong with a row of a rule. */
export const rowFaultTexts = [
  msg("Choose at least one."),
  msg("Enter whole numbers from 0 to 100, the first not above the second."),
];

/** Anniversaries, and what asks again by itself. */
export const recurrenceTexts = [
  msg("From the last completion"),
  msg("From the day of hire"),
  msg("On a fixed day of the year"),
  msg("A material revision of a policy that the module has acknowledged"),
  msg("A retention check that was not passed"),
];

/** For what training is asked again. */
export const causeTexts = [
  msg("A new AI system in use"),
  msg("A material change of the module"),
  msg("A material revision of a policy"),
  msg("An incident"),
  msg("A retention check that was not passed"),
  msg("Another reason"),
];

/** The parts of a requirement. */
export const fieldTexts = [
  msg("Title"),
  msg("Module"),
  msg("Whom it asks"),
  msg("AI system it is about"),
  msg("Months it counts"),
  msg("Days before its end that renewal opens"),
  msg("Days to complete it"),
  msg("Days of grace"),
  msg("Anniversary"),
  msg("Day of the year"),
  msg("Early completion begins anew"),
  msg("Asked again after"),
  msg("First day"),
  msg("Last day"),
  msg("Basis"),
  msg("What else may prove it"),
  msg("Criteria of observed competence"),
  msg("Certified as"),
];

/** What is wrong with a certification. */
export const certificationTexts = [
  msg("Choose the authority."),
  msg("Say how the authority names it, in at most 200 characters."),
  msg("Enter the day as a date."),
  msg("The last day is before the first."),
];

/** Leave, and what people do with systems. */
export const personTexts = [
  msg("Parental leave"),
  msg("Sick leave"),
  msg("Sabbatical"),
  msg("Other leave"),
  msg("Uses it"),
  msg("Oversees it"),
];

/** What the details of a person and leave are refused with. */
export const detailsTexts = [
  msg("Enter the department."),
  msg("Enter the location."),
  msg("Enter the type of employment."),
  msg("Enter a whole number from 0 to 100."),
  msg("Write audiences in lower-case letters, digits and hyphens."),
  msg("Write at most 100 characters."),
  msg("Enter the day as a date."),
  msg("Choose the kind of leave."),
  msg("Enter the first day as a date."),
  msg("Enter the last day as a date."),
  msg("The last day is before the first."),
  msg("Record a leave of at most three years; it can be prolonged later."),
];

/** Why a period has ended. */
export const endReasonTexts = [
  msg("the person left"),
  msg("the requirement has ended"),
  msg("the requirement no longer asks it of the person"),
];

/** What people of a system are refused with. */
export const systemPeopleTexts = [
  msg("Choose what they do with it."),
  msg("Enter the day as a date."),
  msg("Paste at least one e-mail address, or choose a department."),
  msg("Either paste addresses or choose a department."),
];
