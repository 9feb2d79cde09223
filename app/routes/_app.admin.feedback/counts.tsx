import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { outcomes } from "#app/domain/risk/outcome.ts";
import type { FeedbackView } from "./route.tsx";

/** How often answers of each outcome helped, as their askers said last. */
export function Counts({ counts }: { counts: FeedbackView["counts"] }) {
  const of = (outcome: string, helpful: boolean): number =>
    counts.find((c) => c.outcome === outcome && c.helpful === helpful)?.n ?? 0;
  const sum = (helpful: boolean): number => outcomes.reduce((all, outcome) => all + of(outcome, helpful), 0);
  return (
    <Table
      caption="How often answers helped"
      head={
        <>
          <Th>Answer</Th>
          <Th>Helpful</Th>
          <Th>Not helpful</Th>
        </>
      }
    >
      {outcomes.map((outcome) => (
        <tr key={outcome}>
          <Td>
            <OutcomeBadge outcome={outcome} />
          </Td>
          <Td>{of(outcome, true)}</Td>
          <Td>{of(outcome, false)}</Td>
        </tr>
      ))}
      <tr className="font-semibold">
        <Td>All</Td>
        <Td>{sum(true)}</Td>
        <Td>{sum(false)}</Td>
      </tr>
    </Table>
  );
}
