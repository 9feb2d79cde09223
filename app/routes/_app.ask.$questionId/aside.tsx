import { Link } from "@remix-run/react";
import { SystemStatus } from "#app/components/system-status.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { clears } from "#app/domain/risk/outcome.ts";
import { answerWords } from "#app/domain/assistant/answer-words.ts";
import { Filled } from "./filled.tsx";
import type { QuestionView } from "./route.tsx";
import { originOf } from "./words.ts";

/** What was understood, the register entry, earlier decisions and whom to turn to where the card does not say it. */
export function Aside({ view }: { view: QuestionView }) {
  const { facts, unknown, suspected, system, contact, answer, viewer, verdict, language } = view;
  const words = answerWords[language];
  const { headings, sources, notKnown, systemStatuses, caseStates, card, locale, page } = words;
  return (
    <aside lang={language} className="space-y-8">
      <section aria-labelledby="understood">
        <h2 id="understood" className="mb-3 text-lg">
          {headings.understood}
        </h2>
        <dl className="space-y-4 text-sm">
          {facts.map((fact) => (
            <div key={fact.fact}>
              <dt className="text-muted">{fact.title}</dt>
              <dd className="mt-0.5 wrap-anywhere">
                <span className="font-medium">{fact.value}</span>
                <span className="text-muted block">
                  {fact.words && fact.words !== fact.value ? `“${fact.words}”, ` : ""}
                  {originOf(fact, view, words)}
                </span>
              </dd>
            </div>
          ))}
          {unknown.map(({ title, unsure }) => (
            <div key={title}>
              <dt className="text-muted">{title}</dt>
              <dd className="mt-0.5 font-medium">{unsure ? sources[viewer].unsure : notKnown}</dd>
            </div>
          ))}
          {suspected.length > 0 ? (
            <div>
              <dt className="text-muted">{page.suspected}</dt>
              {suspected.map(({ name, words: said }) => (
                <dd key={name} className="mt-0.5 wrap-anywhere">
                  <span className="font-medium">{name}</span>
                  {said ? <span className="text-muted block">“{said}”</span> : null}
                </dd>
              ))}
            </div>
          ) : null}
        </dl>
      </section>
      {system ? (
        <section aria-labelledby="entry">
          <h2 id="entry" className="mb-3 text-lg">
            {headings.register}
          </h2>
          <p className="flex flex-wrap items-center gap-2">
            <Link
              to={`/register/${system.slug}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              {system.name}
            </Link>
            <SystemStatus status={system.status} name={systemStatuses[system.status]} />
          </p>
        </section>
      ) : null}
      {answer.precedents.length > 0 ? (
        <section aria-labelledby="precedents">
          <h2 id="precedents" className="mb-3 text-lg">
            {headings.precedents}
          </h2>
          <ul className="space-y-2 text-sm">
            {answer.precedents.map((precedent) => (
              <li key={precedent.caseId}>
                <Filled
                  text={card.precedent}
                  by={{
                    number: precedent.number,
                    state: caseStates[precedent.decision],
                    day: <Day at={precedent.decidedOn} locale={locale} />,
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {contact && clears(verdict.outcome) ? (
        <section aria-labelledby="contact">
          <h2 id="contact" className="mb-3 text-lg">
            {headings.contact}
          </h2>
          <p className="text-sm">
            <span className="font-medium">{contact.name}</span>
            <span className="text-muted block">{contact.title}</span>
            <a
              href={`mailto:${contact.email}`}
              className="text-accent wrap-anywhere underline underline-offset-4"
            >
              {contact.email}
            </a>
          </p>
        </section>
      ) : null}
    </aside>
  );
}
