/** A share of `n` with its 95 % interval; `value` is null where there is nothing to count. All from 0 to 1. */
export type Proportion = { value: number | null; n: number; low: number; high: number };

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * `hits` of `n` with the 95 % Wilson score interval, which stays inside 0 and 1 and is honest for few cases and for
 * shares near the ends. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927) 209–212.
 */
export function proportion(hits: number, n: number): Proportion {
  if (n === 0) return { value: null, n, low: 0, high: 1 };
  const share = hits / n;
  const scale = 1 + z ** 2 / n;
  const centre = (share + z ** 2 / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  // Rounding must not push the end of an interval past the share it belongs to.
  const low = hits === 0 ? 0 : Math.min(share, centre - half);
  const high = hits === n ? 1 : Math.max(share, centre + half);
  return { value: share, n, low, high };
}

/** The share of `all` for which `holds`. */
export function shareOf<T>(all: readonly T[], holds: (one: T) => boolean): Proportion {
  return proportion(all.filter(holds).length, all.length);
}
