import { Link } from "@remix-run/react";
import { SystemStatus } from "#app/components/system-status.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { caseDecisionNames } from "#app/domain/cases/status.ts";
import type { QuestionView } from "./route.tsx";

const sources = {
  chosen: "your choice",
  stated: "your words",
  inferred: "read by the model",
  assumed: "taken for granted for this purpose",
} as const;

/** What was understood, the register entry, earlier decisions and whom to turn to. */
export function Aside({ view }: { view: QuestionView }) {
  const { facts, unknown, system, contact, answer } = view;
  return (
    <aside className="space-y-8">
      <section aria-labelledby="understood">
        <h2 id="understood" className="mb-3 text-lg">
          What was understood
        </h2>
        <dl className="space-y-4 text-sm">
          {facts.map((fact) => (
            <div key={fact.fact}>
              <dt className="text-muted">{fact.title}</dt>
              <dd className="mt-0.5 wrap-anywhere">
                <span className="font-medium">{fact.value}</span>
                <span className="text-muted block">
                  {fact.words ? `“${fact.words}”, ` : ""}
                  {sources[fact.source]}
                </span>
              </dd>
            </div>
          ))}
          {unknown.map(({ title, unsure }) => (
            <div key={title}>
              <dt className="text-muted">{title}</dt>
              <dd className="mt-0.5 font-medium">{unsure ? "You are not sure" : "Not known"}</dd>
            </div>
          ))}
        </dl>
      </section>
      {system ? (
        <section aria-labelledby="entry">
          <h2 id="entry" className="mb-3 text-lg">
            In the register
          </h2>
          <p className="flex flex-wrap items-center gap-2">
            <Link
              to={`/register/${system.slug}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              {system.name}
            </Link>
            <SystemStatus status={system.status} />
          </p>
        </section>
      ) : null}
      {answer.precedents.length > 0 ? (
        <section aria-labelledby="precedents">
          <h2 id="precedents" className="mb-3 text-lg">
            Decided before on the same facts
          </h2>
          <ul className="space-y-2 text-sm">
            {answer.precedents.map((precedent) => (
              <li key={precedent.caseId}>
                Case {precedent.number}: {caseDecisionNames[precedent.decision].toLowerCase()},{" "}
                <Day at={precedent.decidedOn} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {contact ? (
        <section aria-labelledby="contact">
          <h2 id="contact" className="mb-3 text-lg">
            Rather ask a person?
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
