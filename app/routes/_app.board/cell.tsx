import { StateBadge } from "#app/components/state-badge.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import type { BoardCell } from "#app/domain/competence/board-row.server.ts";
import { Rich } from "#app/i18n/use-t.tsx";

/** Where one person stands in one requirement, and the date that matters there, in the zone where they are. */
export function CellState({ cell, zone, now }: { cell: BoardCell; zone: string; now: Date }) {
  return (
    <>
      <StateBadge state={cell.state} />
      <span className="text-muted block text-xs whitespace-nowrap tabular-nums">
        <CellDate cell={cell} zone={zone} now={now} />
      </span>
    </>
  );
}

function CellDate({ cell, zone, now }: { cell: BoardCell; zone: string; now: Date }) {
  const { state, dueAt, expiresAt, waivedUntil } = cell;
  const on = (at: Date) => ({ day: <LastDay at={at} zone={zone} /> });
  // A waiver ends with its last day, which is one of UTC.
  if (state === "waived" && waivedUntil)
    return <Rich text="Until <day/>" elements={{ day: <LastDay at={waivedUntil} zone="UTC" /> }} />;
  if (state === "expired") return <Rich text="Since <day/>" elements={on(expiresAt ?? dueAt)} />;
  if ((state === "competent" || state === "expiring") && expiresAt)
    return <Rich text="Until <day/>" elements={on(expiresAt)} />;
  return <Rich text={dueAt < now ? "Was due <day/>" : "Due <day/>"} elements={on(dueAt)} />;
}
