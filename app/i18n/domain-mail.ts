import { msg } from "./translate.ts";

/** Where a message stands. */
export const messageStateTexts = [
  msg("Waiting"),
  msg("Trying again"),
  msg("Sent"),
  msg("Given up"),
  msg("Replaced"),
  msg("Not sent: has left"),
];

/** What a message is about. */
export const noticeTopicTexts = [
  msg("Own training"),
  msg("Policies to acknowledge"),
  msg("Practice"),
  msg("Team"),
  msg("Organisation"),
  msg("Addresses that take no mail"),
];

/** What is wrong with hours. */
export const hoursTexts = [
  msg("Give a time as hours and minutes, such as 08:00."),
  msg("Leave at least an hour a day between the two times."),
];
