/** The calendar as the year's oracle knows it: a plain restatement, with the changes of the clocks written out. */

export type Zone = "Europe/Amsterdam" | "America/Chicago" | "UTC";

const dayMs = 86_400_000;

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day some days after a day, or before it. */
export const plusDays = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));

/** The day some months after a day; the last of the month where it has no such day. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dayOf(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last))));
}

/** Days on which clocks change: forward and back (Directive 2000/84/EC; 15 U.S.C. § 260a). */
const changes: Record<Exclude<Zone, "UTC">, Record<string, [string, string]>> = {
  "Europe/Amsterdam": {
    "2026": ["2026-03-29", "2026-10-25"],
    "2027": ["2027-03-28", "2027-10-31"],
    "2028": ["2028-03-26", "2028-10-29"],
    "2029": ["2029-03-25", "2029-10-28"],
    "2030": ["2030-03-31", "2030-10-27"],
    "2031": ["2031-03-30", "2031-10-26"],
    "2032": ["2032-03-28", "2032-10-31"],
    "2033": ["2033-03-27", "2033-10-30"],
  },
  "America/Chicago": {
    "2027": ["2027-03-14", "2027-11-07"],
    "2028": ["2028-03-12", "2028-11-05"],
    "2029": ["2029-03-11", "2029-11-04"],
  },
};

/** Hours that the clocks are ahead of UTC in the evening of a day. */
function ahead(day: string, zone: Zone): number {
  if (zone === "UTC") return 0;
  const [forward, back] = changes[zone][day.slice(0, 4)] ?? ["", ""];
  if (forward === "") throw new Error(`the clocks of ${zone} in ${day} are not written down`);
  const summer = forward <= day && day < back ? 1 : 0;
  return (zone === "Europe/Amsterdam" ? 1 : -6) + summer;
}

/** The last second of a day in a place. */
export const endOfDay = (day: string, zone: Zone): Date =>
  new Date(Date.parse(`${day}T23:59:59Z`) - ahead(day, zone) * 3_600_000);

/** The first moment of a day in a place. */
export const startOfDay = (day: string, zone: Zone): Date =>
  new Date(endOfDay(plusDays(day, -1), zone).getTime() + 1000);

/** The day it is in a place. */
export function localDay(at: Date, zone: Zone): string {
  const day = dayOf(at);
  if (at > endOfDay(day, zone)) return plusDays(day, 1);
  return at < startOfDay(day, zone) ? plusDays(day, -1) : day;
}
