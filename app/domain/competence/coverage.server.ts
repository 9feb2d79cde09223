import { and } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { type Actor, reach } from "../people/permission.ts";
import { counts } from "./assignment.ts";
import { type BoardFilter, horizons } from "./board.ts";
import { peopleMatching, visiblePeople } from "./board-row.server.ts";
import { narrowedTo, type Titled } from "./board.server.ts";
import { endingUntil, statesAt } from "./cohort.ts";
import { cohortsOf } from "./cohort.server.ts";
import { type CoveragePoint, monthsUntil } from "./coverage.ts";
import { periodStates } from "./period-state.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";
import { inTurn } from "./turn.server.ts";

export type CoverageOverTime = {
  series: (Titled & { points: CoveragePoint[] })[];
  /** How many competences end within so many days; those within 30 are among those within 60. */
  expiring: { days: string; count: number }[];
};

const day = 86_400_000;

/**
 * How coverage went, at the first moment of each month and now, and what expires soon, for the people and the requirement
 * that a filter leaves: one statement reads both. By what is known now of the people who are here now. Throws Forbidden
 * as the board does.
 */
export async function coverageOverTime(
  db: Db,
  actor: Actor,
  { filter, months }: { filter: BoardFilter; months: number },
  now: Date,
): Promise<CoverageOverTime> {
  const visible = visiblePeople(actor, "board.read", now, null, filter.team);
  const requirements = narrowedTo(await requirementsAsAt(db, null, now), filter);
  const past = monthsUntil(now, months);
  const ahead = horizons.map((days) => new Date(now.getTime() + Number(days) * day));
  const moments = [...past, ...ahead];
  const narrowed = peopleMatching(filter);
  const everybody = narrowed === undefined && reach(actor, "board.read") === "any";
  const people = everybody ? { visible } : { matching: and(visible, narrowed) };
  const slugs = requirements.map((one) => one.slug);
  const cohorts = await inTurn(() => cohortsOf(db, slugs, people, moments));
  const states = statesAt(cohorts, past);
  const ending = endingUntil(
    cohorts,
    ahead.map((_, i) => past.length + i),
    past.length - 1,
  );
  return {
    series: requirements.map(({ slug, title }) => ({
      slug,
      title,
      points: past.map((at, i) => {
        const of = states.get(slug)?.[i];
        const sum = (which: (typeof periodStates)[number][]): number =>
          which.reduce((n, state) => n + (of?.[state] ?? 0), 0);
        return {
          on: at.toISOString().slice(0, 10),
          standing: sum([...periodStates]),
          competent: sum(periodStates.filter(counts)),
          waived: sum(["waived"]),
        };
      }),
    })),
    expiring: horizons.map((days, i) => ({ days, count: ending[i] ?? 0 })),
  };
}
