import { Link } from "@remix-run/react";
import { Moment } from "#app/components/ui/moment.tsx";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { Period } from "./route.tsx";

/** The bodies of one period's statements by id, for those who may read them. */
export type Bodies = { periodId: string; byId: Record<string, string> };

/** What was recorded step by step for a period. In full only on request: bodies are long and hold answer keys. */
export function Statements({
  period,
  about,
  mayReadEvidence,
  bodies,
}: {
  period: Period;
  about: string;
  mayReadEvidence: boolean;
  bodies: Bodies | null;
}) {
  const t = useT();
  const number = useNumber();
  const { id, statements } = period;
  if (statements.length === 0)
    return <p className="text-muted text-sm">{t("No statement yet: nothing was opened.")}</p>;
  const full = bodies?.periodId === id ? bodies.byId : null;
  return (
    <details id={`statements-${id}`} open={full ? true : undefined}>
      <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
        {t("Statements behind this entry ({{number}})", { number: number(statements.length) })}
        <span className="sr-only">: {about}</span>
      </summary>
      {mayReadEvidence && !full ? (
        <p className="text-sm">
          <Link
            to={`?full=${id}#statements-${id}`}
            className="text-accent inline-flex min-h-11 items-center font-medium underline underline-offset-4"
          >
            {t("Show them in full (JSON)")}
          </Link>
        </p>
      ) : null}
      <ol className="border-line mt-2 ml-2 space-y-4 border-l-2 pl-4 text-sm">
        {statements.map((statement) => (
          <li key={statement.id} className="min-w-0">
            <p lang="en" className="text-pretty wrap-anywhere">
              {statement.line}
            </p>
            <p className="text-muted text-xs wrap-anywhere">
              <Moment at={statement.at.toISOString()} /> · <span className="font-mono">{statement.id}</span>
            </p>
            {full ? (
              <details>
                <summary className="text-muted hover:text-ink w-fit cursor-pointer py-1 text-xs">
                  {t("In full")}
                  <span className="sr-only">
                    : <span lang="en">{statement.line}</span>
                  </span>
                </summary>
                <pre className="bg-sunken mt-1 rounded-lg p-3 text-xs whitespace-pre-wrap wrap-anywhere">
                  {full[statement.id]}
                </pre>
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
