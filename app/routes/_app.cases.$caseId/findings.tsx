import { ClauseLink } from "#app/components/clause-link.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { CaseView } from "./view.server.ts";

/** The rules that fired, each with its anchor in the law or in our policy, and since when it counts. */
export function Findings({ view }: { view: CaseView }) {
  const t = useT();
  const { findings, titles, soon, clauses } = view;
  return (
    <section aria-labelledby="rules">
      <h2 id="rules" className="mb-3 text-xl">
        {t("Why it came here")}
      </h2>
      {findings.length === 0 ? (
        <Card>
          <p>{t("No rule names this use. It was asked to be on the safe side.")}</p>
          <Clauses clauses={clauses} titles={titles} />
        </Card>
      ) : (
        <ul className="space-y-3">
          {findings.map((finding) => (
            <Card as="li" key={finding.rule}>
              <div className="flex flex-wrap items-center gap-2">
                <h3 className="text-base">{finding.title}</h3>
                <Badge tone={finding.result === "prohibit" ? "bad" : "neutral"}>
                  {finding.anchor || t("Our own rule")}
                </Badge>
              </div>
              <p className="mt-2 text-pretty">{finding.reason}</p>
              {finding.derogation ? (
                <p className="text-muted mt-2 text-sm">
                  {t("Possible exemption: {{exemption}}", { exemption: finding.derogation })}
                </p>
              ) : null}
              <p className="text-muted mt-2 text-sm">
                {finding.source ? `${finding.source}. ` : ""}
                <Rich
                  text={
                    finding.early
                      ? "Our policy applies it already; by law it applies from <day/> (checked <checked/>)."
                      : "Applies from <day/> (checked <checked/>)."
                  }
                  elements={{
                    day: <Day at={finding.appliesFrom} />,
                    checked: <Day at={finding.checkedOn} />,
                  }}
                />
              </p>
              <Clauses clauses={finding.clauses} titles={titles} />
            </Card>
          ))}
        </ul>
      )}
      {soon.length > 0 ? (
        <ul className="text-muted mt-3 space-y-1 text-sm">
          {soon.map((rule) => (
            <li key={rule.rule}>
              <Rich
                text="From <day/>: {{rule}}"
                values={{ rule: rule.anchor ? `${rule.title} (${rule.anchor})` : rule.title }}
                elements={{ day: <Day at={rule.appliesFrom} /> }}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Clauses({ clauses, titles }: { clauses: string[]; titles: CaseView["titles"] }) {
  if (clauses.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {clauses.map((clause) => (
        <li key={clause}>
          <ClauseLink clause={clause} titles={titles} />
        </li>
      ))}
    </ul>
  );
}
