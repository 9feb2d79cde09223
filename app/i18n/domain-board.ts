import { msg } from "./translate.ts";

/** What can be done to many periods at once, and what came of it for one. */
export const bulkTexts = [
  msg("Remind now"),
  msg("Grant waivers"),
  msg("End waivers"),
  msg("Ask for training again"),
  msg("Assign a requirement by name"),
  msg("Call reminders back"),
  msg("Grant ended waivers anew"),
  msg("Take back that training is asked again"),
  msg("Withdraw assignments by name"),
  msg("Done"),
  msg("Nobody decides about their own record."),
  msg("Whoever asked for it may no longer do it."),
  msg("Completed in the meantime"),
  msg("The last day was over before its turn came."),
  msg("The waiver would last too long."),
  msg("No waiver counts any more."),
  msg("Skipped: reminded today"),
  msg("Has left"),
  msg("Has no address that mails can be sent to"),
  msg("Reminders are switched off for the whole organisation."),
  msg("Nothing of it is open any more."),
  msg("It was sent already."),
  msg("The training is before them already, or is due sooner in any case."),
  msg("There is nothing left of it to take back."),
  msg("Begun in the meantime: it stays asked."),
  msg("Its dates were changed again since."),
  msg("Asked of them already"),
  msg("The requirement asks nothing of anybody any more."),
];

/** What is wrong with what is asked for many at once, beside its reason and the last day. */
export const bulkFaultTexts = [
  msg("Keep the reason within 500 characters."),
  msg("Choose the cause."),
  msg("Enter a whole number from 1 to 999."),
  msg("Choose the requirement."),
  msg("Enter the last day as a date."),
];

/** What is wrong with a view of the board. */
export const viewTexts = [
  msg("You have a view of this name already. Choose another name."),
  msg("You have as many views as can be kept. Delete one first."),
  msg("Give the view a name."),
  msg("Keep the name within 60 characters."),
];
