import { Link } from "@remix-run/react";
import { CaseBadge } from "#app/components/case-badge.tsx";
import { ClauseLink } from "#app/components/clause-link.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { ratingText } from "#app/components/rating-text.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { CaseView } from "./view.server.ts";

/** The decision, as the asker reads it: what, why, under which conditions and until when. */
export function Outcome({ view }: { view: CaseView }) {
  const t = useT();
  const { outcome, rating, titles } = view;
  if (!outcome) return null;
  const { likelihood, severity } = rating;
  const approved = outcome.decision === "approve_with_conditions";
  return (
    <Card as="section" className={`border-l-4 ${approved ? "border-l-good-ink" : "border-l-bad"}`}>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-xl">{t("Decision")}</h2>
        <CaseBadge pace="done" decision={outcome.decision} />
      </div>
      <p className="mt-3 text-pretty whitespace-pre-line wrap-anywhere">{outcome.reason}</p>
      {outcome.conditions.length > 0 ? (
        <>
          <h3 className="mt-4 text-base">{t("Conditions")}</h3>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {outcome.conditions.map((condition) => (
              <li key={condition} className="wrap-anywhere">
                {condition}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {outcome.reviewOn ? (
        <p className="mt-4">
          <Rich
            text={
              view.mine
                ? "You may use it exactly so until <day/>."
                : "{{name}} may use it exactly so until <day/>."
            }
            values={{ name: view.requester.name }}
            elements={{ day: <Day at={outcome.reviewOn} /> }}
          />{" "}
          <Link to={`/register/${outcome.systemSlug}`} className="text-accent underline underline-offset-4">
            {t("See the register entry")}
          </Link>
        </p>
      ) : null}
      {outcome.clauses.length > 0 ? (
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {outcome.clauses.map((clause) => (
            <li key={clause}>
              <ClauseLink clause={clause} titles={titles} />
            </li>
          ))}
        </ul>
      ) : null}
      <p className="text-muted mt-4 text-sm">
        {likelihood && severity
          ? `${t("Risk: {{rating}}.", { rating: ratingText(t, { likelihood, severity }) })} `
          : ""}
        <Rich
          text={
            outcome.with
              ? "Decided by {{name}} together with {{second}}, <moment/>."
              : "Decided by {{name}}, <moment/>."
          }
          values={{ name: outcome.by, second: outcome.with ?? "" }}
          elements={{ moment: <Moment at={outcome.at} /> }}
        />
      </p>
    </Card>
  );
}
