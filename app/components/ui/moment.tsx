import { createContext, useContext } from "react";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage } from "#app/i18n/use-t.tsx";

const Zone = createContext("UTC");

/** The reader's time zone (IANA name) for every {@link Moment} inside. */
export const TimeZone = Zone.Provider;

/** The reader's time zone (IANA name). */
export const useTimeZone = (): string => useContext(Zone);

/**
 * A date without a time, in the reader's language or as `locale` has it. Takes a day (YYYY-MM-DD), or the ISO string of a
 * moment, of which it shows the day where the reader is, or in `zone`.
 */
export function Day({ at, zone, locale }: { at: string; zone?: string | undefined; locale?: string }) {
  const reader = useTimeZone();
  const own = localeOf(useLanguage());
  // Canada writes a date as ISO 8601 does.
  const there = { timeZone: zone ?? reader, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const day = at.length === 10 ? at : new Intl.DateTimeFormat("en-CA", there).format(new Date(at));
  const format = new Intl.DateTimeFormat(locale ?? own, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return <time dateTime={day}>{format.format(new Date(day))}</time>;
}

/** A moment to the minute, in the reader's time zone. Takes an ISO string. */
export function Moment({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(localeOf(useLanguage()), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  });
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
