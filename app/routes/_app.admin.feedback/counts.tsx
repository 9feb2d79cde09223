import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { outcomes } from "#app/domain/risk/outcome.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { FeedbackView } from "./route.tsx";

/** How often answers of each outcome helped, as their askers said last. */
export function Counts({ counts }: { counts: FeedbackView["counts"] }) {
  const t = useT();
  const number = useNumber();
  const of = (outcome: string, helpful: boolean): number =>
    counts.find((c) => c.outcome === outcome && c.helpful === helpful)?.n ?? 0;
  const sum = (helpful: boolean): number => outcomes.reduce((all, outcome) => all + of(outcome, helpful), 0);
  return (
    <Table
      caption={t("How often answers helped")}
      head={
        <>
          <Th>{t("Answer")}</Th>
          <Th>{t("Helpful")}</Th>
          <Th>{t("Not helpful")}</Th>
        </>
      }
    >
      {outcomes.map((outcome) => (
        <tr key={outcome}>
          <Td>
            <OutcomeBadge outcome={outcome} />
          </Td>
          <Td>{number(of(outcome, true))}</Td>
          <Td>{number(of(outcome, false))}</Td>
        </tr>
      ))}
      <tr className="font-semibold">
        <Td>{t("All")}</Td>
        <Td>{number(sum(true))}</Td>
        <Td>{number(sum(false))}</Td>
      </tr>
    </Table>
  );
}
