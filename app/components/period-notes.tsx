import type { EndReason } from "#app/domain/competence/plan.ts";
import { endReasonNames } from "#app/domain/competence/plan.ts";
import type { PeriodState } from "#app/domain/competence/period-state.ts";
import { type RetrainingCause, retrainingCauseNames } from "#app/domain/competence/retraining.ts";
import { type RevocationCategory, revocationCategoryNames } from "#app/domain/evidence/certificate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { StateBadge } from "./state-badge.tsx";
import { Day } from "./ui/moment.tsx";
import { Badge } from "./ui/surface.tsx";

/** That a requirement stopped asking something of a person. */
export type Ended = { at: Date; reason: EndReason | null };
/** That the certificate of a competence was revoked, with what may be known of why. */
export type Revoked = { at: Date; category: RevocationCategory | null };
/** That training is asked again before its time. */
export type Asked = { cause: RetrainingCause; reason: string | null; at: Date | null };

/** Since when something is no longer asked, and why. */
export function NoLongerAsked({ ended: { at, reason } }: { ended: Ended }) {
  const t = useT();
  return (
    <Rich
      text={reason === null ? "No longer asked since <day/>" : "No longer asked since <day/>: {{reason}}"}
      values={{ reason: reason === null ? "" : t(endReasonNames[reason]) }}
      elements={{ day: <Day at={at.toISOString()} /> }}
    />
  );
}

/** When a certificate was revoked, and the kind of reason. */
export function RevokedOn({ revoked: { at, category } }: { revoked: Revoked }) {
  const t = useT();
  return (
    <Rich
      text={
        category === null
          ? "Certificate revoked on <day/>"
          : "Certificate revoked on <day/>. Kind of reason: {{category}}"
      }
      values={{ category: category === null ? "" : t(revocationCategoryNames[category]) }}
      elements={{ day: <Day at={at.toISOString()} /> }}
    />
  );
}

/** Why training is asked again, with the words of whoever asked. */
export function AskedBecause({ asked: { cause, reason } }: { asked: Asked }) {
  const t = useT();
  return (
    <>
      {t("Training asked again: {{cause}}", { cause: t(retrainingCauseNames[cause]) })}
      {reason === null ? null : <span className="block whitespace-pre-line wrap-anywhere">{reason}</span>}
    </>
  );
}

/** Why a learner has something to do that they had done: a revoked certificate, or training asked again. */
export function WhyAsked({ asked, revoked }: { asked: Asked | null; revoked: Revoked | null }) {
  if (!asked && !revoked) return null;
  return (
    <div className="space-y-1 text-sm font-medium">
      {revoked ? (
        <p>
          <RevokedOn revoked={revoked} />
        </p>
      ) : null}
      {asked ? (
        <p>
          <AskedBecause asked={asked} />
        </p>
      ) : null}
    </div>
  );
}

/** The state of a period, or that it is not asked any more, or that its certificate was revoked. */
export function StandingBadge({
  state,
  ended,
  revoked = null,
}: {
  state: PeriodState;
  ended: Ended | null;
  revoked?: Revoked | null;
}) {
  const t = useT();
  if (revoked) return <Badge tone="bad">{t("Revoked")}</Badge>;
  return ended ? <Badge>{t("No longer asked")}</Badge> : <StateBadge state={state} />;
}
