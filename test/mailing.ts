import { readFileSync } from "node:fs";
import { loadMails } from "#app/domain/communication/mail-book.server.ts";
import type { Mailing } from "#app/domain/competence/mailing.ts";
import { remindersFile } from "#app/domain/competence/reminder.ts";
import { parseYaml } from "#app/domain/content/source.ts";

const ladder = readFileSync("content/reminders.yaml", "utf8");

/** The mails and the ladder that come with the product, without a mail server. */
export const mailing: Mailing = {
  book: loadMails("content"),
  reminders: parseYaml(ladder, remindersFile, "reminders.yaml"),
  from: null,
};
