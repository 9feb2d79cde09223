import { Temporal } from "@js-temporal/polyfill";
import type { SendingHours } from "./hours.ts";

const fallback = "UTC";

/** The time zone if there is one of this name, else UTC: a wrong one in an import must hold up nobody's mail. */
function knownZone(name: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return fallback;
  }
}

function localTime(now: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(knownZone(timeZone));
}

/**
 * When a mail may go out that is ready at `now`: at once within the hours of its reader, else when they next begin, by the
 * clock and calendar of the reader's place (a change to or from summer time included).
 */
export function nextSending(now: Date, timeZone: string, hours: SendingHours): Date {
  const at = localTime(now, timeZone);
  const time = at.toPlainTime().toString({ smallestUnit: "minute" });
  const open = (day: Temporal.PlainDate): boolean => hours.weekends || day.dayOfWeek < 6;
  const today = at.toPlainDate();
  if (open(today) && time >= hours.from && time < hours.until) return now;
  let day = open(today) && time < hours.from ? today : today.add({ days: 1 });
  while (!open(day)) day = day.add({ days: 1 });
  const start = day.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: hours.from });
  return new Date(start.epochMilliseconds);
}

/** When the next day begins at a place. */
export function startOfNextDay(now: Date, timeZone: string): Date {
  return new Date(localTime(now, timeZone).add({ days: 1 }).startOfDay().epochMilliseconds);
}
