import { type PeriodFacts, periodState, standing, type WaiverFacts } from "./assignment.ts";
import { type StateCounts, stateCounts } from "./board.ts";

/**
 * Periods of one requirement that went the same way as seen at certain moments: each fact as the place of the first moment
 * from which it counts (see `placeOf`), null where there is none.
 */
export type Cohort = {
  slug: string;
  count: number;
  /** Whether it is a later cycle. */
  renewal: boolean;
  /** From where on no earlier period stands before it. */
  stands: number;
  left: number | null;
  started: number | null;
  completed: number | null;
  renew: number | null;
  expires: number | null;
  grace: number;
  /** From which place until before which each waiver counts. */
  waivers: readonly (readonly [from: number, until: number])[];
};

/** The place of the first of the moments, in order, at which something of `at` has happened; their number when none. */
export const placeOf = (at: Date, moments: readonly Date[]): number =>
  moments.filter((moment) => moment < at).length;

/** Whether a period was assigned before an earlier one of the same person was; `periods` in the order of their numbers. */
const isOutOfOrder = (period: PeriodFacts, periods: readonly PeriodFacts[]): boolean =>
  periods.some((other) => other.number < period.number && other.assignedAt > period.assignedAt);

/**
 * The periods of one person for one requirement that were assigned out of order, as cohorts of one: one for each stretch of
 * moments at which such a period stands, for an earlier one may stand in between.
 */
export function cohortsOutOfOrder<P extends PeriodFacts & { id: string }>(
  slug: string,
  periods: readonly P[],
  waivers: ReadonlyMap<string, readonly WaiverFacts[]>,
  moments: readonly Date[],
): Cohort[] {
  const places = moments.map((at) => standing(periods, at));
  return periods
    .filter((one) => isOutOfOrder(one, periods))
    .flatMap((one) =>
      places.flatMap((stands, i): Cohort[] => {
        if (stands !== one) return [];
        const place = (at: Date | null): number | null => (at === null ? null : placeOf(at, moments));
        return [
          {
            slug,
            count: 1,
            renewal: one.number > 1,
            stands: i,
            left: i + 1,
            started: place(one.startedAt),
            completed: place(one.completedAt),
            renew: place(one.renewFrom),
            expires: place(one.expiresAt),
            grace: placeOf(one.graceUntil, moments),
            waivers: (waivers.get(one.id) ?? []).map(({ grantedAt, until }) => [
              placeOf(grantedAt, moments),
              placeOf(until, moments),
            ]),
          },
        ];
      }),
    );
}

/**
 * For each requirement how many stood in each state at each of the moments. A fact moved to the first moment at which it
 * counts leaves every state at every moment as it is, so the rule is asked once for a whole cohort.
 */
export function statesAt(cohorts: readonly Cohort[], moments: readonly Date[]): Map<string, StateCounts[]> {
  const all = new Map<string, StateCounts[]>();
  for (const cohort of cohorts) {
    const counts = all.get(cohort.slug) ?? moments.map(() => stateCounts([]));
    all.set(cohort.slug, counts);
    const facts = factsOf(cohort, moments);
    const waivers = cohort.waivers.map(([from, until]) => ({
      grantedAt: momentAt(from, moments),
      until: momentAt(until, moments),
    }));
    for (let i = cohort.stands; i < (cohort.left ?? moments.length); i++) {
      const [at, of] = [moments[i], counts[i]];
      if (at && of) of[periodState(facts, waivers, at)] += cohort.count;
    }
  }
  return all;
}

/** How many competences that stand and count at the first of the moments end until each of the later ones. */
export function endingUntil(cohorts: readonly Cohort[], places: readonly number[], from: number): number[] {
  const counting = cohorts.filter(
    ({ stands, left, completed, expires }) =>
      stands <= from &&
      (left === null || left > from) &&
      completed !== null &&
      completed <= from &&
      expires !== null &&
      expires > from,
  );
  return places.map((place) =>
    counting.reduce((sum, { expires, count }) => sum + ((expires ?? place + 1) <= place ? count : 0), 0),
  );
}

/** A moment later than all others stands for what comes after them. */
const momentAt = (place: number, moments: readonly Date[]): Date => moments[place] ?? new Date(8.64e15);

function factsOf(cohort: Cohort, moments: readonly Date[]): PeriodFacts {
  const maybe = (place: number | null): Date | null => (place === null ? null : momentAt(place, moments));
  const grace = momentAt(cohort.grace, moments);
  return {
    number: cohort.renewal ? 2 : 1,
    assignedAt: momentAt(cohort.stands, moments),
    dueAt: grace,
    graceUntil: grace,
    startedAt: maybe(cohort.started),
    completedAt: maybe(cohort.completed),
    renewFrom: maybe(cohort.renew),
    expiresAt: maybe(cohort.expires),
    supersededAt: maybe(cohort.left),
    endedAt: null,
  };
}
