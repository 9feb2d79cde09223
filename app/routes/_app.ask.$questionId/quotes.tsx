import { Link } from "@remix-run/react";
import type { QuestionView } from "./route.tsx";

/** Clauses in force, word for word, each with its version and a link to its place in the policy. */
export function Quotes({ quotes }: { quotes: QuestionView["answer"]["quotes"] }) {
  if (quotes.length === 0) return null;
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses" className="mb-3 text-xl">
        What the policies say
      </h2>
      <ul className="space-y-4">
        {quotes.map((quote) => (
          <li key={quote.clauseId}>
            <figure>
              <blockquote className="border-accent bg-accent-soft text-accent-ink rounded-r-xl border-l-4 px-5 py-4 text-pretty whitespace-pre-line">
                {quote.quote}
              </blockquote>
              <figcaption className="mt-2 text-sm">
                <Link
                  to={`/policies/${quote.policySlug}?version=${quote.policyVersion}#c-${quote.number}`}
                  className="text-accent underline underline-offset-4"
                >
                  {quote.policyTitle}, {quote.number} {quote.heading}
                </Link>{" "}
                <span className="text-muted">version {quote.policyVersion}</span>
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </section>
  );
}
