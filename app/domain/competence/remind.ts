/** Why nobody is reminded of something at once. */
export type ReminderRefusal =
  "reminded_today" | "left" | "no_address" | "reminders_off" | "nothing_open" | "sent";

export const reminderRefusalWords: Record<ReminderRefusal, string> = {
  reminded_today: "Skipped: reminded today",
  left: "Has left",
  no_address: "Has no address that mails can be sent to",
  reminders_off: "Reminders are switched off for the whole organisation.",
  nothing_open: "Nothing of it is open any more.",
  sent: "It was sent already.",
};

/** The step of notices that one go asks for by hand. */
export const stepOfAsking = (askId: string): string => `asked-${askId}`;

/** What a step is called among others: all that is asked for by hand is one. */
export const namedStep = (step: string): string => (step.startsWith("asked-") ? "asked" : step);

/** A notice of training as it bears on whether its reader is reminded again. */
export type ToldNotice = {
  subjectId: string;
  step: string;
  byHand: boolean;
  /** The day, at the reader's place, of the mail that told of it; null while none has gone out. */
  mailedOn: string | null;
};

/**
 * Whether a person has been reminded on a day already: by hand, in another go, with a mail of the day or one to come; or of
 * the same period in a mail of the day. What belongs to the same go goes into the same mail.
 */
export function isRemindedOn(
  day: string,
  of: { subjectId: string; step: string },
  told: readonly ToldNotice[],
): boolean {
  return told.some(
    (one) =>
      one.step !== of.step &&
      ((one.byHand && (one.mailedOn === null || one.mailedOn === day)) ||
        (one.subjectId === of.subjectId && one.mailedOn === day)),
  );
}
