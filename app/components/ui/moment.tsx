const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A date without a time. Takes an ISO string; days are shown as stored, in UTC, the same on server and client. */
export function Day({ at }: { at: string }) {
  return <time dateTime={at}>{dayFormat.format(new Date(at))}</time>;
}

/** A moment to the minute, in the time zone given (the reader's own, from their record). */
export function Moment({ at, timeZone = "UTC" }: { at: string; timeZone?: string }) {
  const format = new Intl.DateTimeFormat("en-GB", {
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
