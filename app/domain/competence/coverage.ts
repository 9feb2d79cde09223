/** The most months that coverage is looked back over. */
export const longestSpan = 24;
export const spans = [6, 12, 24] as const;

/** How many of those who had to be competent were, at one moment. */
export type CoveragePoint = { on: string; standing: number; competent: number; waived: number };

/** Share in per cent of those who had to be competent; null when nobody had to. Who was waived does not count. */
export function sharePercent({ standing, competent, waived }: Omit<CoveragePoint, "on">): number | null {
  const asked = standing - waived;
  return asked <= 0 ? null : (competent / asked) * 100;
}

/** The points of several requirements as those of all together, in order. */
export function together(series: readonly (readonly CoveragePoint[])[]): CoveragePoint[] {
  const all = new Map<string, CoveragePoint>();
  for (const { on, standing, competent, waived } of series.flat()) {
    const sum = all.get(on) ?? { on, standing: 0, competent: 0, waived: 0 };
    all.set(on, {
      on,
      standing: sum.standing + standing,
      competent: sum.competent + competent,
      waived: sum.waived + waived,
    });
  }
  return [...all.values()].toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

/** The first moments of the last months, oldest first, and now. Months are months of UTC. */
export function monthsUntil(now: Date, months: number): Date[] {
  const count = Math.min(Math.max(months, 1), longestSpan);
  const firsts = Array.from(
    { length: count },
    (_, i) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - i), 1)),
  );
  return [...firsts.filter((one) => one < now), now];
}
