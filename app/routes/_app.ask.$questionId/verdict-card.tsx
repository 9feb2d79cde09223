import { Form, useNavigation } from "@remix-run/react";
import { OutcomeSign } from "#app/components/outcome-badge.tsx";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { outcomeNames } from "#app/domain/risk/outcome.ts";
import { CaseLine } from "./case-line.tsx";
import type { QuestionView } from "./route.tsx";
import { Wording } from "./wording.tsx";

/** The decision, its conditions, and what to do next. */
export function VerdictCard({ view }: { view: QuestionView }) {
  const { verdict, answer } = view;
  const anchor = verdict.findings.find((f) => f.anchor !== "" && f.result !== "inform");
  const reviewOn = verdict.approvals.map((a) => a.reviewOn).toSorted()[0];
  return (
    <Card as="section">
      <div className="flex items-start gap-4">
        <OutcomeSign outcome={verdict.outcome} />
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-3xl">{outcomeNames[verdict.outcome]}</h1>
          <p className="mt-2 flex flex-wrap gap-2">
            {verdict.riskClass === "minimal" ? null : <RiskBadge riskClass={verdict.riskClass} />}
            {anchor ? <Badge tone="neutral">{anchor.anchor}</Badge> : null}
          </p>
        </div>
      </div>
      <p className="mt-4 text-lg text-pretty">{answer.lead}</p>
      {verdict.conditions.length > 0 ? (
        <>
          <h2 className="mt-6 text-lg">Conditions</h2>
          <ul className="mt-2 list-disc space-y-1.5 pl-5">
            {verdict.conditions.map((condition) => (
              <li key={condition} className="text-pretty">
                {condition}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {reviewOn ? (
        <p className="text-muted mt-4 text-sm">
          The approval counts until <Day at={reviewOn} />.
        </p>
      ) : null}
      {answer.alternatives.length > 0 ? (
        <>
          <h2 className="mt-6 text-lg">What would change it</h2>
          <ul className="mt-2 list-disc space-y-1.5 pl-5">
            {answer.alternatives.map(({ change }) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      ) : null}
      <Wording view={view} />
      {verdict.outcome === "not_covered" && view.contact ? (
        <p className="mt-4">
          <a
            href={`mailto:${view.contact.email}`}
            className="text-accent font-semibold underline underline-offset-4"
          >
            {view.contact.name}
          </a>
          , {view.contact.title}
        </p>
      ) : null}
      {view.case ? <CaseLine about={view.case} /> : null}
      {view.mayOpen ? <AskReviewer view={view} /> : null}
    </Card>
  );
}

function AskReviewer({ view }: { view: QuestionView }) {
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post" className="border-line mt-6 flex flex-wrap items-center gap-4 border-t pt-5">
      <input type="hidden" name="intent" value="open-case" />
      <Button look={view.verdict.outcome === "flagged" ? "primary" : "secondary"} disabled={busy}>
        Ask a reviewer
      </Button>
      <p className="text-muted max-w-md text-sm">
        Opens a case. By pressing it you agree that the reviewers see your question, your name and what was
        understood.
      </p>
    </Form>
  );
}
