import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { caseDecisionNames } from "#app/domain/cases/status.ts";
import type { CaseView } from "./view.server.ts";

const sources = {
  chosen: "chosen by the asker",
  stated: "said in the question",
  inferred: "read from the question",
  assumed: "normal for this purpose",
} as const;

/** What was asked about, fact by fact, each with where it comes from. */
export function CaseFacts({ view }: { view: CaseView }) {
  return (
    <Card as="section">
      <h2 className="text-xl">Facts</h2>
      {view.facts.length === 0 ? <p className="text-muted mt-3">The question named none.</p> : null}
      <dl className="mt-4 grid gap-4 sm:grid-cols-2">
        {view.facts.map((fact) => (
          <div key={fact.fact}>
            <dt className="text-muted text-sm">{fact.title}</dt>
            <dd className="mt-0.5">
              {fact.fact === "system" && view.system ? (
                <Link
                  to={`/register/${view.system.slug}`}
                  className="text-accent font-medium underline underline-offset-4"
                >
                  {fact.value}
                </Link>
              ) : (
                <span className="font-medium">{fact.value}</span>
              )}
              <span className="text-muted block text-sm">{sources[fact.source]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Earlier decisions on the same facts. */
export function Precedents({ view }: { view: CaseView }) {
  if (view.precedents.length === 0) return null;
  return (
    <section aria-labelledby="precedents">
      <h2 id="precedents" className="mb-2 text-base">
        Decided before on the same facts
      </h2>
      <ul className="space-y-2 text-sm">
        {view.precedents.map((precedent) => (
          <li key={precedent.caseId}>
            <Link
              to={`/cases/${precedent.caseId}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              Case {precedent.number}
            </Link>
            : {caseDecisionNames[precedent.decision].toLowerCase()}, <Day at={precedent.decidedOn} />
          </li>
        ))}
      </ul>
    </section>
  );
}
