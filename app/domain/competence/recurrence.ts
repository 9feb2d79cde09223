import { Temporal } from "@js-temporal/polyfill";
import { localDay } from "../people/local-day.ts";
import type { Requirement } from "./requirement.ts";

/** Days on which the clock of due dates stands still; `until` is the last. */
export type Leave = { from: string; until: string };

/**
 * The last second of a day where the person is: dates are promised to people in days, and theirs are the days of their
 * own time zone. It is the last second, rather than the first moment after, so that every page names the day meant.
 */
export function endOfDay(day: string, timeZone: string): Date {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone);
  return new Date(next.epochMilliseconds - 1000);
}

/** The first moment of a day where the person is. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The day some days later; days of leave do not count, and none of them is answered. */
export function daysLater(day: string, days: number, leaves: readonly Leave[]): string {
  let at = Temporal.PlainDate.from(day);
  if (leaves.length === 0) return at.add({ days }).toString();
  const away = (one: Temporal.PlainDate): boolean =>
    leaves.some((leave) => leave.from <= one.toString() && one.toString() <= leave.until);
  for (let left = days; left > 0 || away(at);) {
    at = at.add({ days: 1 });
    if (!away(at)) left -= 1;
  }
  return at.toString();
}

/** When something assigned at a moment is due, and until when grace lasts. Leave within either puts both off. */
export function dueDates(
  of: { assignedAt: Date; dueDays: number; graceDays: number },
  timeZone: string,
  leaves: readonly Leave[] = [],
): { dueAt: Date; graceUntil: Date } {
  const due = daysLater(localDay(of.assignedAt, timeZone), of.dueDays, leaves);
  const grace = of.graceDays === 0 ? due : daysLater(due, of.graceDays, leaves);
  return { dueAt: endOfDay(due, timeZone), graceUntil: endOfDay(grace, timeZone) };
}

/**
 * The dates of a period that is open. A renewal is due when the competence before it ends (`endsWith`), to the moment,
 * unless leave puts it off.
 */
export function openDates(
  of: { assignedAt: Date; dueDays: number; graceDays: number; endsWith: Date | null },
  timeZone: string,
  leaves: readonly Leave[],
): { dueAt: Date; graceUntil: Date } {
  const dates = dueDates(of, timeZone, leaves);
  if (of.endsWith === null || dates.dueAt > dueDates(of, timeZone).dueAt) return dates;
  return { dueAt: of.endsWith, graceUntil: of.endsWith };
}

/** Whole days between the days of two moments. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
  const since = Date.parse(localDay(from, timeZone));
  return Math.max(0, Math.round((Date.parse(localDay(to, timeZone)) - since) / 86_400_000));
}

/** The competence that stands while the next is proven; `anchorOn` null: its end is the anniversary. */
export type Earlier = { anchorOn: string | null; renewFrom: Date; expiresAt: Date };

/**
 * How long a completion counts: to the end of a day where the person is. Anniversaries are always reckoned from the
 * anchor, never from each other, so that 29 February is the 28th in common years and the 29th again in leap years.
 *
 * Reckoned from completion: early within the window keeps the anniversary, so nobody loses days by being early; late
 * counts from its day; before the window it keeps the anniversary without adding a cycle, unless the rule restarts.
 * Reckoned from hire or a fixed day: to the next such day whose window has not opened yet.
 */
export function completionDates(
  requirement: Pick<
    Requirement,
    "validMonths" | "windowDays" | "anchor" | "anchorDay" | "earlyRestarts" | "effectiveFrom"
  >,
  person: { hiredOn: string; timeZone: string },
  earlier: Earlier | null,
  completedAt: Date,
): { anchorOn: string; expiresAt: Date; renewFrom: Date } {
  const { validMonths, windowDays, anchor = "completion" } = requirement;
  const { timeZone } = person;
  const done = localDay(completedAt, timeZone);
  const until = (anchorOn: string, expiry: string) => ({
    anchorOn,
    expiresAt: endOfDay(expiry, timeZone),
    renewFrom: startOfDay(daysBefore(expiry, windowDays), timeZone),
  });
  if (anchor !== "completion") {
    const anchorOn = anchor === "hire" ? person.hiredOn : fixedAnchor(requirement);
    return until(
      anchorOn,
      nextOccurrence(anchorOn, validMonths, (day) => done < daysBefore(day, windowDays)),
    );
  }
  if (earlier === null || earlier.expiresAt <= completedAt)
    return until(done, occurrence(done, validMonths, 1));
  const ends = localDay(earlier.expiresAt, timeZone);
  const anchorOn = earlier.anchorOn ?? ends;
  if (completedAt >= earlier.renewFrom)
    return until(
      anchorOn,
      nextOccurrence(anchorOn, validMonths, (day) => day > ends),
    );
  if (requirement.earlyRestarts) return until(done, occurrence(done, validMonths, 1));
  return until(anchorOn, ends);
}

/** The anniversary some cycles after the anchor; the last day of the month where it has no such day. */
function occurrence(anchorOn: string, validMonths: number, cycle: number): string {
  return Temporal.PlainDate.from(anchorOn)
    .add({ months: validMonths * cycle })
    .toString();
}

/** The first anniversary that fits; `fits` holds for all from some day on. */
function nextOccurrence(anchorOn: string, validMonths: number, fits: (day: string) => boolean): string {
  let cycle = 0;
  while (fits(occurrence(anchorOn, validMonths, cycle))) cycle -= 1;
  while (!fits(occurrence(anchorOn, validMonths, cycle))) cycle += 1;
  return occurrence(anchorOn, validMonths, cycle);
}

/** The fixed day in the year of the requirement's first; 29 February in the leap year at or before it. */
function fixedAnchor(requirement: Pick<Requirement, "anchorDay" | "effectiveFrom">): string {
  const day = requirement.anchorDay ?? "01-01";
  const year = Number(requirement.effectiveFrom.slice(0, 4));
  return `${day === "02-29" ? year - (year % 4) : year}-${day}`;
}

export const daysBefore = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).subtract({ days }).toString();

/** The same time of day some months later, in UTC; the last day of the month where it has no such day. */
export function addMonths(from: Date, months: number): Date {
  const at = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO("UTC");
  return new Date(at.add({ months }).epochMilliseconds);
}
