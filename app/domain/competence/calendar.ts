import { createEvents, type DateArray, type EventAttributes } from "ics";
import { fill, type MailText } from "../communication/mail-text.ts";

/** A date of somebody's training. */
export type CalendarEntry = {
  /** The period it belongs to. */
  id: string;
  kind: "due" | "renewal" | "expires";
  /** YYYY-MM-DD, where the person is. */
  day: string;
  slug: string;
  title: string;
};

/**
 * A calendar file (RFC 5545) with an all-day entry for each date, each with a link. The name of an entry stays the same, so
 * that a calendar which fetches it again moves what has moved and loses what is done.
 */
export function calendarFile(
  entries: readonly CalendarEntry[],
  of: { words: MailText<"calendar">["texts"]; baseUrl: string; organisation: string },
): string {
  const { words, baseUrl } = of;
  const host = new URL(baseUrl).hostname;
  const head = {
    productId: "-//Clause7//Training//EN",
    calName: fill(words.name, { organisation: of.organisation }),
  };
  const events = entries
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map(({ id, kind, day, slug, title }): EventAttributes => {
      const url = `${baseUrl}/learn/${slug}`;
      return {
        uid: `${kind}-${id}@${host}`,
        start: dateOf(new Date(day)),
        // The end of an all-day entry is the day after it (RFC 5545 §3.6.1).
        end: dateOf(new Date(Date.parse(day) + 86_400_000)),
        title: fill(words[kind], { title }),
        description: url,
        url,
        // Whoever has to learn something on a day is not away on it.
        busyStatus: "FREE",
        transp: "TRANSPARENT",
        categories: ["Training"],
      };
    });
  const { error, value } = createEvents(events, head);
  if (error || !value) throw error ?? new Error("the calendar is empty");
  return value;
}

const dateOf = (at: Date): DateArray => [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
