const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are kept: to make one costs more than all it formats. A zone that nobody knows is read as UTC. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat("en-CA", { ...options, timeZone });
  } catch {
    made = new Intl.DateTimeFormat("en-CA", { ...options, timeZone: "UTC" });
  }
  formats.set(timeZone, made);
  return made;
}

/** The calendar day of a moment at a place, YYYY-MM-DD. */
export function localDay(at: Date, timeZone: string): string {
  return formatIn(timeZone).format(at);
}

/**
 * The day by which a due date, a grace or an end is called where the person is: the last one on which it has not come yet.
 * Every page, mail and file names it by this.
 */
export function lastDayUntil(at: Date, timeZone: string): string {
  return localDay(new Date(at.getTime() - 1), timeZone);
}
