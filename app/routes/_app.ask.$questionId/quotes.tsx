import { Link } from "@remix-run/react";
import { answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import type { QuestionView } from "./route.tsx";

/**
 * What the answer rests on, in the language it is written in: clauses in force, word for word, each with its version and a
 * link to its place in the policy; for a question about the rules also what the register says.
 */
export function Quotes({ view: { answer, verdict, language } }: { view: QuestionView }) {
  const { quotes, entries = [] } = answer;
  if (quotes.length === 0 && entries.length === 0) return null;
  const { headings, version, page } = answerWords[language];
  return (
    <section aria-labelledby="clauses" lang={language}>
      <h2 id="clauses" className="mb-3 text-xl">
        {verdict.matter === "rules" ? page.clauses : headings.quotes}
      </h2>
      <ul className="space-y-4">
        {entries.map(({ slug, name, text }) => (
          <li key={slug}>
            <figure lang="en">
              <blockquote className="border-line bg-sunken rounded-r-xl border-l-4 px-5 py-4 text-pretty whitespace-pre-line">
                {text}
              </blockquote>
              <figcaption className="mt-2 text-sm">
                <Link to={`/register/${slug}`} className="text-accent underline underline-offset-4">
                  {name}
                </Link>{" "}
                <span lang={language} className="text-muted">
                  {headings.register}
                </span>
              </figcaption>
            </figure>
          </li>
        ))}
        {quotes.map((quote) => (
          <li key={quote.clauseId}>
            <figure>
              <blockquote
                lang="en"
                className="border-accent bg-accent-soft text-accent-ink rounded-r-xl border-l-4 px-5 py-4 text-pretty whitespace-pre-line"
              >
                {quote.quote}
              </blockquote>
              <figcaption className="mt-2 text-sm">
                <Link
                  lang="en"
                  to={`/policies/${quote.policySlug}?version=${quote.policyVersion}#c-${quote.number}`}
                  className="text-accent underline underline-offset-4"
                >
                  {quote.policyTitle}, {quote.number} {quote.heading}
                </Link>{" "}
                <span className="text-muted">{fill(version, { version: quote.policyVersion })}</span>
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </section>
  );
}
