import type { XapiVersion } from "./request.ts";
import { mustBe } from "./shape.ts";

/** RFC 3339 §5.6, which xAPI 2.0 asks for. */
const rfc3339 = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/**
 * A date and a time of ISO 8601, extended or basic, which xAPI 1.0.3 part 2 §4.5 asks for: calendar, ordinal or week
 * date; the time as precise as one likes; the zone may be missing.
 */
const iso8601 =
  /^(?<year>\d{4})(?<dash>-?)(?:(?<month>\d\d)\k<dash>(?<day>\d\d)|(?<ordinal>\d{3})|W(?<week>\d\d)\k<dash>(?<weekday>[1-7]))T(?<hour>\d\d)(?:(?<colon>:?)(?<minute>\d\d)(?:\k<colon>(?<second>\d\d))?)?(?:[.,](?<fraction>\d+))?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?$/i;

type Parts = Record<string, string | undefined>;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The point in time that a timestamp of either version names, in milliseconds since 1970, what is finer cut off; null
 * where it is none. Without a zone it is taken as UTC. A leap second, which only the last minute of a day of UTC can
 * have, is taken as the second before it.
 */
export function instantOf(timestamp: string): number | null {
  const parts: Parts | undefined = iso8601.exec(timestamp)?.groups;
  if (!parts) return null;
  const date = dateOf(parts);
  const time = timeOf(parts);
  const offset = offsetOf(parts.zone);
  if (date === null || time === null || offset === null) return null;
  const instant = date + time - offset;
  if (parts.second !== "60") return instant;
  const before = instant - second;
  return minuteOfDay(before) === 23 * 60 + 59 ? before : null;
}

function minuteOfDay(instant: number): number {
  return Math.floor((((instant % day) + day) % day) / minute);
}

function dateOf(parts: Parts): number | null {
  const year = Number(parts.year);
  if (parts.month !== undefined) {
    const date = startOfDay(year, Number(parts.month), Number(parts.day));
    return new Date(date).getUTCMonth() + 1 === Number(parts.month) && Number(parts.day) > 0 ? date : null;
  }
  if (parts.ordinal !== undefined) {
    const date = startOfDay(year, 1, Number(parts.ordinal));
    return new Date(date).getUTCFullYear() === year && Number(parts.ordinal) > 0 ? date : null;
  }
  const monday = mondayOfWeekOne(year) + (Number(parts.week) - 1) * 7 * day;
  const inYear = Number(parts.week) > 0 && monday < mondayOfWeekOne(year + 1);
  return inYear ? monday + (Number(parts.weekday) - 1) * day : null;
}

/** `Date.UTC` would take the years 0 to 99 for 1900 to 1999. */
function startOfDay(year: number, month: number, dayOfMonth: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, dayOfMonth);
}

/** Week one of ISO 8601 is the week with the fourth of January. */
function mondayOfWeekOne(year: number): number {
  const fourth = startOfDay(year, 1, 4);
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * day;
}

function timeOf(parts: Parts): number | null {
  const hours = Number(parts.hour);
  const minutes = Number(parts.minute ?? 0);
  const seconds = Number(parts.second ?? 0);
  // A fraction belongs to the last part that is given.
  const unit = parts.second !== undefined ? second : parts.minute !== undefined ? minute : hour;
  const fraction = Math.floor(Number(`0.${(parts.fraction ?? "0").slice(0, 15)}`) * unit);
  const time = hours * hour + minutes * minute + seconds * second + fraction;
  return minutes < 60 && seconds <= 60 && (hours < 24 || time === day) ? time : null;
}

/** Milliseconds east of UTC. ISO 8601 knows no negative zero. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  if (hours > 23 || minutes > 59) return null;
  const offset = hours * hour + minutes * minute;
  if (zone.startsWith("+")) return offset;
  return offset === 0 ? null : -offset;
}

/**
 * xAPI 1.0.3 part 2 §4.5: ISO 8601. xAPI 2.0 makes the recommendations of 1.0.3 binding: RFC 3339 with a zone. Both
 * refuse an offset of minus zero.
 */
export function timestampFault(value: unknown, path: string, version: XapiVersion): string | null {
  const wellFormed =
    typeof value === "string" && (version === "1.0.3" || rfc3339.test(value)) && instantOf(value) !== null;
  if (wellFormed) return null;
  const format = version === "1.0.3" ? "ISO 8601" : "RFC 3339, with its time zone,";
  return mustBe(path, `a timestamp of ${format} such as "2026-11-24T09:30:00.000Z"`, value);
}
