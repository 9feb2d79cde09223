import { lastDayUntil } from "#app/domain/people/local-day.ts";
import { Day, useTimeZone } from "./ui/moment.tsx";

/**
 * The day by which a due date, a grace or an end is called: the last one on which it has not come. It is a day of where its
 * person is: `zone`, or the reader's own where the reader is the person.
 */
export function LastDay({ at, zone }: { at: Date; zone?: string | undefined }) {
  const reader = useTimeZone();
  return <Day at={lastDayUntil(at, zone ?? reader)} />;
}
