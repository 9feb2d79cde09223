import type { MailBook } from "../communication/mail-text.ts";
import type { Reminders } from "./reminder.ts";

/** What mails rest on, from the content folder and the configuration. */
export type Mailing = {
  book: MailBook;
  reminders: Reminders;
  /** Address that mails come from; null: no mail server is configured, and what is written waits. */
  from: string | null;
};
