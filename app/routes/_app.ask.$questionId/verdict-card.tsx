import { Form, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { OutcomeSign } from "#app/components/outcome-badge.tsx";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { headingOf } from "#app/domain/assistant/answer.ts";
import { type AnswerWords, answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { maskedWords } from "#app/domain/assistant/masked-words.ts";
import { CaseLine } from "./case-line.tsx";
import { Filled } from "./filled.tsx";
import { NextSteps, Tools } from "./next-steps.tsx";
import { Path } from "./path.tsx";
import type { QuestionView } from "./route.tsx";
import { riskFlagOf } from "./words.ts";
import { Wording } from "./wording.tsx";

/** The decision, its conditions, and what to do next, in the language of the question. */
export function VerdictCard({ view }: { view: QuestionView }) {
  const { verdict, answer, language } = view;
  const words = answerWords[language];
  const { headings, card, locale, page } = words;
  const reviewOn = verdict.approvals.map((a) => a.reviewOn).toSorted()[0];
  return (
    <Card as="section" lang={language}>
      <div className="flex items-start gap-4">
        <OutcomeSign outcome={verdict.outcome} />
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-3xl">{headingOf(verdict, words)}</h1>
          <Badges verdict={verdict} words={words} />
        </div>
      </div>
      <p className="mt-4 text-lg text-pretty">{answer.lead}</p>
      <Tools view={view} />
      <Path view={view} />
      {view.masked.length > 0 ? (
        <p className="text-muted mt-4 flex items-start gap-2 text-sm">
          <Glyph name="seal" className="mt-0.5 size-4" />
          {fill(page.masked, { values: maskedWords(view.masked, words) })}
        </p>
      ) : null}
      {view.conditions.length > 0 ? (
        <>
          <h2 className="mt-6 text-lg">{headings.conditions}</h2>
          <ul className="mt-2 list-disc space-y-1.5 pl-5">
            {view.conditions.map((condition) => (
              <li key={condition.text} lang={condition.language} className="text-pretty">
                {condition.text}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {reviewOn ? (
        <p className="text-muted mt-4 text-sm">
          <Filled text={card.approvalUntil} by={{ day: <Day at={reviewOn} locale={locale} /> }} />
        </p>
      ) : null}
      <NextSteps view={view} />
      <Wording view={view} />
      {view.case ? <CaseLine about={view.case} language={language} /> : null}
      {view.mayOpen ? <AskReviewer view={view} /> : null}
    </Card>
  );
}

/** Risk class, risk flag with its area, and warnings: as words, the colour only helps. */
function Badges({ verdict, words }: { verdict: QuestionView["verdict"]; words: AnswerWords }) {
  const { riskClass, flagged, area, findings, signals } = verdict;
  const anchor = findings.find((f) => f.anchor !== "" && f.result !== "inform")?.anchor;
  return (
    <ul className="mt-2 flex flex-wrap gap-2 empty:hidden">
      {riskClass === "minimal" ? null : (
        <li>
          <RiskBadge riskClass={riskClass} name={words.riskClasses[riskClass]} />
        </li>
      )}
      {flagged ? (
        <li>
          <Badge tone="warn">
            <Glyph name="alert" className="size-3.5" />
            {riskFlagOf(area, anchor, words)}
          </Badge>
        </li>
      ) : null}
      {anchor ? (
        <li>
          <Badge tone="neutral">{anchor}</Badge>
        </li>
      ) : null}
      {signals.map((signal) => (
        <li key={signal}>
          <Badge tone="info">
            <Glyph name="alert" className="size-3.5" />
            {words.page.signals[signal]}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function AskReviewer({ view }: { view: QuestionView }) {
  const busy = useNavigation().state !== "idle";
  const { askReviewer, consent } = answerWords[view.language].card;
  return (
    <Form method="post" className="border-line mt-6 flex flex-wrap items-center gap-4 border-t pt-5">
      <input type="hidden" name="intent" value="open-case" />
      <Button look={view.verdict.outcome === "flagged" ? "primary" : "secondary"} disabled={busy}>
        {askReviewer}
      </Button>
      <p className="text-muted max-w-md text-sm">{consent}</p>
    </Form>
  );
}
