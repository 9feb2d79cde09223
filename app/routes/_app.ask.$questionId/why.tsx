import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { type AnswerWords, answerWords } from "#app/domain/assistant/answer-words.ts";
import { Filled } from "./filled.tsx";
import type { QuestionView } from "./route.tsx";

const tones = { prohibit: "bad", refuse: "bad", review: "warn", inform: "info" } as const;

/** The rules that fired, each with its anchor and since when it counts. */
export function Why({ verdict, language }: Pick<QuestionView, "verdict" | "language">) {
  const words = answerWords[language];
  const { findings } = verdict;
  const soon = verdict.soon.filter((s) => !findings.some((f) => f.rule === s.rule));
  if (findings.length === 0 && soon.length === 0) return null;
  return (
    <section aria-labelledby="why" lang={language}>
      <h2 id="why" className="mb-3 text-xl">
        {words.headings.why}
      </h2>
      {findings.length > 0 ? (
        <Card>
          <ul className="divide-line -my-4 divide-y">
            {findings.map((finding) => (
              <li key={finding.rule} className="py-4">
                <div className="flex flex-wrap items-center gap-2">
                  <h3 className="text-base">{finding.title}</h3>
                  <Badge tone={tones[finding.result]}>{words.results[finding.result]}</Badge>
                  {finding.anchor ? <Badge>{finding.anchor}</Badge> : null}
                </div>
                <p className="mt-1 text-pretty">{finding.reason}</p>
                {finding.derogation ? (
                  <p className="text-muted mt-1 text-sm">
                    {finding.derogation} {words.why.derogation}
                  </p>
                ) : null}
                <p className="text-muted mt-1 text-sm">
                  <Basis finding={finding} words={words} />
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
              <Filled
                text={words.why.byLawFrom}
                by={{
                  day: <Day at={rule.appliesFrom} locale={words.locale} />,
                  rule: rule.anchor ? `${rule.title} (${rule.anchor})` : rule.title,
                }}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

type Of = { finding: QuestionView["verdict"]["findings"][number]; words: AnswerWords };

/** Where a rule is written, and since when it counts. */
function Basis({ finding, words: { why, locale } }: Of) {
  const { source, early, appliesFrom, checkedOn } = finding;
  const text = source === "" ? why.ownRule : early ? why.early : why.since;
  const day = <Day at={appliesFrom} locale={locale} />;
  return <Filled text={text} by={{ source, day, checked: <Day at={checkedOn} locale={locale} /> }} />;
}
