import { Link } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { CourseView } from "#app/domain/competence/curriculum.server.ts";

/** The attempts so far, with links to their explanations. */
export function History({ history }: { history: CourseView["assessment"]["history"] }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-3 text-lg">
        Your attempts
      </h2>
      <Table
        caption="Your attempts"
        head={
          <>
            <Th>Attempt</Th>
            <Th>Date</Th>
            <Th>Score</Th>
            <Th>Outcome</Th>
          </>
        }
      >
        {history.map((attempt) => (
          <tr key={attempt.id}>
            <Td>
              <Link
                to={attempt.submittedAt ? `/attempts/${attempt.id}/result` : `/attempts/${attempt.id}`}
                className="text-accent font-medium underline underline-offset-4"
              >
                Attempt {attempt.number}
              </Link>
            </Td>
            <Td>
              <Day at={(attempt.submittedAt ?? attempt.startedAt).toISOString()} />
            </Td>
            <Td>{attempt.score === null ? "–" : `${Math.round(attempt.score * 100)} %`}</Td>
            <Td>
              {attempt.score === null ? (
                <Badge tone="info">
                  <Glyph name="half" className="size-3.5" />
                  Open
                </Badge>
              ) : (
                <Badge tone={attempt.passed ? "good" : "bad"}>
                  <Glyph name={attempt.passed ? "check" : "cross"} className="size-3.5" />
                  {attempt.passed ? "Passed" : "Not passed"}
                </Badge>
              )}
            </Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
