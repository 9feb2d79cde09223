import { StateBadge } from "#app/components/state-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import type { BoardCell } from "#app/domain/competence/board-row.server.ts";
import { Rich } from "#app/i18n/use-t.tsx";

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
  const on = (at: Date) => ({ day: <Day at={at.toISOString()} /> });
  // A waiver ends with its last day: the moment after it is already the next.
  if (state === "waived" && waivedUntil)
    return <Rich text="Until <day/>" elements={on(new Date(waivedUntil.getTime() - 1))} />;
  if (state === "expired") return <Rich text="Since <day/>" elements={on(expiresAt ?? dueAt)} />;
  if ((state === "competent" || state === "expiring") && expiresAt)
    return <Rich text="Until <day/>" elements={on(expiresAt)} />;
  return <Rich text={dueAt < now ? "Was due <day/>" : "Due <day/>"} elements={on(dueAt)} />;
}
