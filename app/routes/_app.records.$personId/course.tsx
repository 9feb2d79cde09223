import { AskedBecause, NoLongerAsked } from "#app/components/period-notes.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Period } from "./route.tsx";

/** What is out of the ordinary in how a period came about and went out, in words; nothing where nothing is. */
export function Course({ period }: { period: Period }) {
  const t = useT();
  const { carriedFrom, asked, endedAt, endedReason } = period;
  if (carriedFrom === null && !asked && endedAt === null) return null;
  return (
    <ul className="text-muted space-y-1 text-sm">
      {asked ? (
        <li>
          <AskedBecause asked={asked} />
        </li>
      ) : null}
      {carriedFrom !== null ? (
        <li>
          {t(
            "The requirement asks again; what was proven in period {{number}} still counts and is carried on.",
            {
              number: carriedFrom,
            },
          )}
        </li>
      ) : null}
      {endedAt !== null ? (
        <li>
          <NoLongerAsked ended={{ at: endedAt, reason: endedReason }} />
        </li>
      ) : null}
    </ul>
  );
}
