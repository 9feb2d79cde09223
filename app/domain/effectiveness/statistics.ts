import jstat from "jstat";
import { mean, sampleStandardDeviation, sum, sumSimple, variance } from "simple-statistics";

/** An estimate with its 95 % interval; the ends are null where too few values allow none. */
export type Estimate = { n: number; value: number | null; low: number | null; high: number | null };

/** Nothing to estimate from. */
export const noEstimate: Estimate = { n: 0, value: null, low: null, high: null };

/** Two scores of one person, in per cent. */
export type Pair = { pre: number; post: number };

/** Below this many people nothing about a group is shown, so that a figure leads back to nobody. */
export const smallestGroup = 5;

/** The mean with Student's t interval (Student 1908): honest for few values where a normal interval is too narrow. */
export function meanEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) return noEstimate;
  const value = mean([...values]);
  if (n < 2) return { n, value, low: null, high: null };
  const half = jstat.jStat.studentt.inv(0.975, n - 1) * (sampleStandardDeviation([...values]) / Math.sqrt(n));
  return { n, value, low: value - half, high: value + half };
}

/** The mean of post minus pre, person by person, in percentage points. */
export const gainEstimate = (pairs: readonly Pair[]): Estimate =>
  meanEstimate(pairs.map(({ pre, post }) => post - pre));

/**
 * Normalised gain of group means ⟨g⟩ = (post − pre) / (100 − pre): what was gained of what could be gained. Null where
 * nobody could gain. Source: R. R. Hake, "Interactive-engagement versus traditional methods", American Journal of
 * Physics 66 (1998) 64–74.
 */
export function normalisedGain(pairs: readonly Pair[]): number | null {
  if (pairs.length === 0) return null;
  const [pre, post] = [mean(pairs.map((one) => one.pre)), mean(pairs.map((one) => one.post))];
  return pre >= 100 ? null : (post - pre) / (100 - pre);
}

/** The mean of each person's own normalised gain; those who began with everything right have none. */
export function meanIndividualGain(pairs: readonly Pair[]): number | null {
  const gains = pairs.filter(({ pre }) => pre < 100).map(({ pre, post }) => (post - pre) / (100 - pre));
  return gains.length === 0 ? null : mean(gains);
}

/**
 * Standardised mean difference of pairs, d_z, with Hedges' correction for small samples, 1 − 3 / (4 (n − 1) − 1). Null
 * below two pairs and where all differences are equal. Source: D. Lakens, Frontiers in Psychology 4 (2013) 863.
 */
export function effectSize(pairs: readonly Pair[]): number | null {
  if (pairs.length < 2) return null;
  const differences = pairs.map(({ pre, post }) => post - pre);
  const spread = sampleStandardDeviation(differences);
  if (spread < 1e-9) return null;
  return (mean(differences) / spread) * (1 - 3 / (4 * (pairs.length - 1) - 1));
}

/**
 * Events per 100 people with the exact Poisson interval. Source: F. Garwood, "Fiducial limits for the Poisson
 * distribution", Biometrika 28 (1936) 437–442.
 */
export function ratePer100(events: number, people: number): Estimate {
  if (people === 0) return noEstimate;
  const scale = 100 / people;
  const { chisquare } = jstat.jStat;
  return {
    n: people,
    value: events * scale,
    low: events === 0 ? 0 : (chisquare.inv(0.025, 2 * events) / 2) * scale,
    high: (chisquare.inv(0.975, 2 * (events + 1)) / 2) * scale,
  };
}

/**
 * Internal consistency of a form: Cronbach's α, which for marks of 0 and 1 is KR-20 (Kuder and Richardson 1937). A row
 * for each person with the marks of the same items in the same order. Null where it cannot be said.
 */
export function reliability(rows: readonly (readonly number[])[]): number | null {
  const items = rows[0]?.length ?? 0;
  if (rows.length < 2 || items < 2) return null;
  const total = variance(rows.map((row) => sumSimple([...row])));
  if (total < 1e-12) return null;
  const ofItems = Array.from({ length: items }, (_, i) => variance(rows.map((row) => row[i] ?? 0)));
  return (items / (items - 1)) * (1 - sum(ofItems) / total);
}

/** How an item did: the share of its marks reached, and how it goes with the rest of the form. */
export type ItemStatistics = { item: string; n: number; p: number; discrimination: number | null };

/**
 * For each item the mean mark (p) and the correlation of its mark with the mean mark of the *other* items of the same
 * form: the point-biserial corrected for the item itself. Forms may ask different items. In the order of the items' ids.
 */
export function itemStatistics(forms: readonly { item: string; score: number }[][]): ItemStatistics[] {
  const by = new Map<string, { score: number; rest: number }[]>();
  for (const form of forms) {
    const all = sumSimple(form.map((one) => one.score));
    for (const { item, score } of form)
      if (form.length > 1)
        by.set(item, [...(by.get(item) ?? []), { score, rest: (all - score) / (form.length - 1) }]);
  }
  return [...by]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([item, marks]) => ({
      item,
      n: marks.length,
      p: mean(marks.map((one) => one.score)),
      discrimination: correlation(marks.map((one) => [one.score, one.rest])),
    }));
}

/** Pearson's r; null where one side does not vary. */
function correlation(points: readonly (readonly [number, number])[]): number | null {
  if (points.length < 3) return null;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = sum(points.map(([x, y]) => (x - mx) * (y - my)));
  const spread = Math.sqrt(sum(xs.map((x) => (x - mx) ** 2)) * sum(ys.map((y) => (y - my) ** 2)));
  return spread < 1e-12 ? null : covariance / spread;
}

/**
 * Which groups to hide, by their sizes: those under {@link smallestGroup}; and, because the total stands beside them, the
 * smallest further ones until what is hidden is two groups or more with at least {@link smallestGroup} people together.
 * Otherwise a subtraction would give away what was hidden. Answers one mark for each group; empty groups hide nothing.
 */
export function hiddenGroups(sizes: readonly number[]): boolean[] {
  const hidden = sizes.map((n) => n > 0 && n < smallestGroup);
  if (!hidden.includes(true)) return hidden;
  const rest = sizes
    .map((n, i) => ({ n, i }))
    .filter(({ n, i }) => n > 0 && !hidden[i])
    .toSorted((a, b) => a.n - b.n);
  const people = (): number => sum(sizes.filter((_, i) => hidden[i]));
  for (const { i } of rest) {
    if (hidden.filter(Boolean).length >= 2 && people() >= smallestGroup) break;
    hidden[i] = true;
  }
  return hidden;
}
