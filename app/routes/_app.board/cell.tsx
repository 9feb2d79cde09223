import { StateBadge } from "#app/components/state-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import type { BoardCell } from "#app/domain/competence/board-row.server.ts";

/** Where one person stands in one requirement, and the date that matters there. */
export function CellState({ cell, now }: { cell: BoardCell; now: Date }) {
  return (
    <>
      <StateBadge state={cell.state} />
      <span className="text-muted block text-xs whitespace-nowrap tabular-nums">
        <CellDate cell={cell} now={now} />
      </span>
    </>
  );
}

function CellDate({ cell: { state, dueAt, expiresAt, waivedUntil }, now }: { cell: BoardCell; now: Date }) {
  const day = (word: string, at: Date) => (
    <>
      {word} <Day at={at.toISOString()} />
    </>
  );
  // A waiver ends with its last day: the moment after it is already the next.
  if (state === "waived" && waivedUntil) return day("Until", new Date(waivedUntil.getTime() - 1));
  if (state === "expired") return day("Since", expiresAt ?? dueAt);
  if ((state === "competent" || state === "expiring") && expiresAt) return day("Until", expiresAt);
  return day(dueAt < now ? "Was due" : "Due", dueAt);
}
