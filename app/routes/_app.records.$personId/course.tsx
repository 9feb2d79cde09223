import { Moment } from "#app/components/ui/moment.tsx";
import { endReasonNames } from "#app/domain/competence/plan.ts";
import { retrainingCauseNames, retrainingCauses } from "#app/domain/competence/retraining.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { Period } from "./route.tsx";

/** What is out of the ordinary in how a period came about and went out, in words; nothing where nothing is. */
export function Course({ period }: { period: Period }) {
  const t = useT();
  const { carriedFrom, openedBy, endedAt, endedReason } = period;
  const cause = retrainingCauses.find((one) => one === openedBy);
  if (carriedFrom === null && !cause && endedAt === null) return null;
  return (
    <ul className="text-muted space-y-1 text-sm">
      {cause ? (
        <li>{t("Training asked again: {{cause}}", { cause: t(retrainingCauseNames[cause]) })}</li>
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
          <Rich
            text={
              endedReason === null
                ? "Ended <moment/>"
                : "Ended <moment/>: {{reason}}. What was proven stays on record."
            }
            values={{ reason: endedReason === null ? "" : t(endReasonNames[endedReason]) }}
            elements={{ moment: <Moment at={endedAt.toISOString()} /> }}
          />
        </li>
      ) : null}
    </ul>
  );
}
