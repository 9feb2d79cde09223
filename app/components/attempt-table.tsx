import { Link } from "@remix-run/react";
import type { AttemptKind } from "#app/domain/learning/attempt-kind.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { Moment } from "./ui/moment.tsx";
import { Badge } from "./ui/surface.tsx";
import { Table, Td, Th } from "./ui/table.tsx";

type Attempt = {
  id: string;
  kind: AttemptKind;
  number: number;
  startedAt: Date;
  submittedAt: Date | null;
  /** 0..1 */
  score: number | null;
  passed: boolean | null;
};

/** The attempts of a period. `linked` leads to each with its explanations, which only the learner may open. */
export function AttemptTable({
  caption,
  attempts,
  linked,
}: {
  caption: string;
  attempts: readonly Attempt[];
  linked: boolean;
}) {
  const t = useT();
  return (
    <Table
      caption={caption}
      head={
        <>
          <Th>{t("Attempt")}</Th>
          <Th>{t("Score")}</Th>
          <Th>{t("Outcome")}</Th>
        </>
      }
    >
      {attempts.map((attempt) => (
        <tr key={attempt.id}>
          <Td>
            {linked ? (
              <Link
                to={attempt.submittedAt ? `/attempts/${attempt.id}/result` : `/attempts/${attempt.id}`}
                className="text-accent font-medium whitespace-nowrap underline underline-offset-4"
              >
                {t("Attempt {{number}}", { number: attempt.number })}
              </Link>
            ) : (
              <span className="font-medium whitespace-nowrap">
                {t("Attempt {{number}}", { number: attempt.number })}
              </span>
            )}
            <span className="text-muted block">
              <Moment at={(attempt.submittedAt ?? attempt.startedAt).toISOString()} />
            </span>
          </Td>
          <Td className="whitespace-nowrap">
            {attempt.score === null ? "–" : `${Math.round(attempt.score * 100)} %`}
          </Td>
          <Td>
            <OutcomeOf attempt={attempt} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function OutcomeOf({ attempt: { kind, score, passed } }: { attempt: Attempt }) {
  const t = useT();
  if (score === null)
    return (
      <Badge tone="info">
        <Glyph name="half" className="size-3.5" />
        {t("Open")}
      </Badge>
    );
  if (kind === "refresher" && !passed)
    return (
      <Badge tone="warn">
        <Glyph name="half" className="size-3.5" />
        {t("Some to learn again")}
      </Badge>
    );
  return (
    <Badge tone={passed ? "good" : "bad"}>
      <Glyph name={passed ? "check" : "cross"} className="size-3.5" />
      {t(passed ? "Passed" : "Not passed")}
    </Badge>
  );
}
