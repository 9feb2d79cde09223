import { Link } from "@remix-run/react";
import { useWords } from "#app/components/words.ts";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { CaseView } from "./view.server.ts";

const sources = {
  chosen: msg("chosen by the asker"),
  stated: msg("said in the question"),
  inferred: msg("read from the question"),
  assumed: msg("normal for this purpose"),
} as const;

/** What was asked about, fact by fact, each with where it comes from. */
export function CaseFacts({ view }: { view: CaseView }) {
  const t = useT();
  return (
    <Card as="section">
      <h2 className="text-xl">{t("Facts")}</h2>
      {view.facts.length === 0 ? <p className="text-muted mt-3">{t("The question named none.")}</p> : null}
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
                <span lang={fact.fact === "task" ? view.language : undefined} className="font-medium">
                  {fact.value}
                </span>
              )}
              <span className="text-muted block text-sm">{t(sources[fact.source])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Earlier decisions on the same facts. */
export function Precedents({ view }: { view: CaseView }) {
  const t = useT();
  const { caseStates } = useWords();
  if (view.precedents.length === 0) return null;
  return (
    <section aria-labelledby="precedents">
      <h2 id="precedents" className="mb-2 text-base">
        {t("Decided before on the same facts")}
      </h2>
      <ul className="space-y-2 text-sm">
        {view.precedents.map((precedent) => (
          <li key={precedent.caseId}>
            <Rich
              text="<case>Case {{number}}</case>: {{decision}}, <day/>"
              values={{ number: precedent.number, decision: caseStates[precedent.decision] }}
              elements={{
                case: (
                  <Link
                    to={`/cases/${precedent.caseId}`}
                    className="text-accent font-medium underline underline-offset-4"
                  />
                ),
                day: <Day at={precedent.decidedOn} />,
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
