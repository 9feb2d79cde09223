import { Link } from "@remix-run/react";
import { answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { clears } from "#app/domain/risk/outcome.ts";
import type { QuestionView } from "./route.tsx";

/** The tools to use where the asker named none. */
export function Tools({ view: { tools, language } }: { view: QuestionView }) {
  if (tools.length === 0) return null;
  return (
    <ul className="mt-4 flex flex-wrap gap-3">
      {tools.map(({ slug, name }) => (
        <li key={slug}>
          <Link
            to={`/register/${slug}`}
            className="bg-accent-soft text-accent-ink inline-flex min-h-11 items-center rounded-xl px-4 font-semibold underline underline-offset-4"
          >
            {fill(answerWords[language].page.next.use, { tool: name })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What would change a verdict that does not clear the use, and whom to ask about it. */
export function NextSteps({ view }: { view: QuestionView }) {
  if (clears(view.verdict.outcome)) return null;
  const { contact } = view;
  const { headings, page } = answerWords[view.language];
  const changes = changesOf(view);
  return (
    <>
      {changes.length > 0 ? (
        <>
          <h2 className="mt-6 text-lg">{headings.change}</h2>
          <ul className="mt-2 list-disc space-y-1.5 pl-5">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      ) : null}
      {contact ? (
        <>
          <h2 className="mt-6 text-lg">{page.next.whom}</h2>
          <p className="mt-2">
            <a
              href={`mailto:${contact.email}`}
              className="text-accent font-semibold underline underline-offset-4"
            >
              {contact.name}
            </a>
            , {contact.title}
          </p>
        </>
      ) : null}
    </>
  );
}

/** Changes that rules know of; else what there is to do for this outcome. */
function changesOf({ answer, verdict, mayOpen, case: opened, language }: QuestionView): string[] {
  const { next } = answerWords[language].page;
  if (answer.alternatives.length > 0) return answer.alternatives.map((a) => a.change);
  if (verdict.matter === "rules") return [];
  if (verdict.outcome === "not_allowed" && verdict.riskClass === "prohibited") return [next.nothing];
  if (answer.askBack.length > 0) return [next.answers];
  if (verdict.approvable && (mayOpen || opened)) return [next.reviewer];
  return [next.another];
}
