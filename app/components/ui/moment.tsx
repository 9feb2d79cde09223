import { createContext, useContext } from "react";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage } from "#app/i18n/use-t.tsx";

const dayFormat = (locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const Zone = createContext("UTC");

/** The reader's time zone (IANA name) for every {@link Moment} inside. */
export const TimeZone = Zone.Provider;

/**
 * A date without a time, in the reader's language or as `locale` has it. Takes an ISO string; days are shown as stored, in UTC,
 * the same on server and client.
 */
export function Day({ at, locale }: { at: string; locale?: string }) {
  const own = localeOf(useLanguage());
  const format = dayFormat(locale ?? own);
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}

/** A moment to the minute, in the reader's time zone. Takes an ISO string. */
export function Moment({ at }: { at: string }) {
  const timeZone = useContext(Zone);
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
