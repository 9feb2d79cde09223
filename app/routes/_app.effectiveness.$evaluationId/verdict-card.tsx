import { useLoaderData } from "@remix-run/react";
import { VerdictBadge } from "#app/components/evaluation-words.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { FollowUp } from "./follow-up.tsx";
import type { loader } from "./route.tsx";

/** What was concluded, why, and what follows. */
export function VerdictCard({ sent }: { sent: FormState }) {
  const t = useT();
  const { verdict } = useLoaderData<typeof loader>();
  if (!verdict) return null;
  const { evaluator, reasoning, followUp, followUpOwner, followUpOn, recheckOn } = verdict;
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Verdict")}</h2>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <VerdictBadge verdict={verdict.verdict} />
        <span className="text-muted text-sm">{t("by {{name}}", { name: evaluator })}</span>
      </p>
      <p className="mt-3 max-w-[65ch] whitespace-pre-line wrap-anywhere">{reasoning}</p>
      {followUp ? (
        <>
          <h3 className="mt-5 text-base">{t("What follows")}</h3>
          <p className="mt-1 max-w-[65ch] whitespace-pre-line wrap-anywhere">{followUp}</p>
          {followUpOwner && followUpOn ? (
            <p className="text-muted mt-1 text-sm">
              <Rich
                text="{{name}}, by <day/>"
                values={{ name: followUpOwner }}
                elements={{ day: <Day at={followUpOn} /> }}
              />
            </p>
          ) : null}
        </>
      ) : null}
      <FollowUp sent={sent} />
      {recheckOn ? (
        <p className="mt-3 text-sm">
          <Rich text="To be checked again on <day/>" elements={{ day: <Day at={recheckOn} /> }} />
        </p>
      ) : null}
    </Card>
  );
}
