import type { StateCounts } from "#app/domain/competence/board.ts";
import { periodStateNames, type PeriodState } from "#app/domain/competence/period-state.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";

/** From what is well to what is not; who is waived comes last. */
export const statesInOrder: readonly PeriodState[] = [
  "competent",
  "expiring",
  "in_progress",
  "not_started",
  "overdue",
  "expired",
  "waived",
];

const fills: Record<PeriodState, string> = {
  competent: "fill-good",
  expiring: "fill-warn",
  in_progress: "fill-info",
  not_started: "fill-line-strong",
  overdue: "fill-bad",
  expired: "fill-bad-ink",
  waived: "fill-line",
};

/** The states of a requirement as one stacked bar. The counts beside it say the same in words. */
export function StateBar({ counts, title }: { counts: StateCounts; title: string }) {
  const t = useT();
  const number = useNumber();
  const taken = statesInOrder.filter((state) => counts[state] > 0);
  const words = taken.map((state) => `${t(periodStateNames[state])} ${number(counts[state])}`).join(", ");
  return (
    <svg
      role="img"
      aria-label={t("{{title}}: {{states}}", { title, states: words || t("nobody") })}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="h-3 w-full overflow-hidden rounded-full"
    >
      <rect width="100" height="10" className="fill-sunken" />
      {segments(counts).map(({ state, from, width }) => (
        <rect key={state} x={from} width={width} height="10" className={fills[state]} />
      ))}
    </svg>
  );
}

/** Where each state begins and how far it reaches, in hundredths of the bar. */
function segments(counts: StateCounts): { state: PeriodState; from: number; width: number }[] {
  const taken = statesInOrder.filter((state) => counts[state] > 0);
  const total = taken.reduce((sum, state) => sum + counts[state], 0);
  let from = 0;
  return taken.map((state, i) => {
    const start = from;
    const width = (counts[state] / total) * 100;
    from += width;
    // A thin gap between neighbours keeps them apart without colour.
    return { state, from: start, width: i === taken.length - 1 ? width : width - Math.min(0.6, width / 3) };
  });
}
