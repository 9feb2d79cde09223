import { msg } from "./translate.ts";

/** What can be done to many periods at once, and what came of it for one. */
export const bulkTexts = [
  msg("Grant waivers"),
  msg("End waivers"),
  msg("Done"),
  msg("Nobody decides about their own record."),
  msg("Whoever asked for it may no longer do it."),
  msg("Completed in the meantime"),
  msg("The last day was over before its turn came."),
  msg("The waiver would last too long."),
  msg("No waiver counts any more."),
];

/** What is wrong with a view of the board. */
export const viewTexts = [
  msg("You have a view of this name already. Choose another name."),
  msg("You have as many views as can be kept. Delete one first."),
  msg("Give the view a name."),
  msg("Keep the name within 60 characters."),
];
