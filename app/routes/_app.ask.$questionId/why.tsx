import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import type { QuestionView } from "./route.tsx";

const results = {
  prohibit: "Prohibited",
  refuse: "Refused",
  review: "Review first",
  inform: "Duty",
} as const;
const tones = { prohibit: "bad", refuse: "bad", review: "warn", inform: "info" } as const;

/** The rules that fired, each with its anchor and since when it counts. */
export function Why({ verdict }: { verdict: QuestionView["verdict"] }) {
  const { findings } = verdict;
  const soon = verdict.soon.filter((s) => !findings.some((f) => f.rule === s.rule));
  if (findings.length === 0 && soon.length === 0) return null;
  return (
    <section aria-labelledby="why">
      <h2 id="why" className="mb-3 text-xl">
        Why
      </h2>
      {findings.length > 0 ? (
        <Card>
          <ul className="divide-line -my-4 divide-y">
            {findings.map((finding) => (
              <li key={finding.rule} className="py-4">
                <div className="flex flex-wrap items-center gap-2">
                  <h3 className="text-base">{finding.title}</h3>
                  <Badge tone={tones[finding.result]}>{results[finding.result]}</Badge>
                  {finding.anchor ? <Badge>{finding.anchor}</Badge> : null}
                </div>
                <p className="mt-1 text-pretty">{finding.reason}</p>
                {finding.derogation ? (
                  <p className="text-muted mt-1 text-sm">
                    {finding.derogation} A reviewer decides whether that is so.
                  </p>
                ) : null}
                <p className="text-muted mt-1 text-sm">
                  <Basis finding={finding} />
                </p>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {soon.length > 0 ? (
        <ul className="text-muted mt-3 space-y-1 text-sm">
          {soon.map((rule) => (
            <li key={rule.rule}>
              By law from <Day at={rule.appliesFrom} />: {rule.title}
              {rule.anchor ? ` (${rule.anchor})` : ""}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Where a rule is written, and since when it counts. */
function Basis({ finding }: { finding: QuestionView["verdict"]["findings"][number] }) {
  const { source, early, appliesFrom, checkedOn } = finding;
  if (source === "")
    return (
      <>
        Our own rule, since <Day at={appliesFrom} />.
      </>
    );
  return (
    <>
      {source}. {early ? "Our policy applies it already; by law it applies from " : "Applies since "}
      <Day at={appliesFrom} /> (checked <Day at={checkedOn} />
      ).
    </>
  );
}
