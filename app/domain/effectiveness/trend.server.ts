import { and, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { type BoardFilter, stateCounts } from "../competence/board.ts";
import { peopleMatching } from "../competence/board-row.server.ts";
import { currentRequirements } from "../competence/requirement.server.ts";
import { type Actor, Forbidden, reach } from "../people/permission.ts";
import { coverageAt, expiringWithin } from "./coverage-series.server.ts";
import { type CoveragePoint, type ReviewFigures, seriesDays } from "./review.ts";

export type Trend = {
  requirements: { slug: string; title: string; series: CoveragePoint[] }[];
  expiring: ReviewFigures["expiring"];
};

/**
 * Coverage at the ends of the last twelve months and now, and what ends soon, of the people that the actor's board shows for
 * the filter. Throws Forbidden for those who have no board.
 */
export async function boardTrend(db: Db, actor: Actor, filter: BoardFilter, now: Date): Promise<Trend> {
  const far = reach(actor, "board.read");
  if (far === null || far === "own") throw new Forbidden("board.read");
  const people = and(peopleMatching(filter), far === "team" ? eq(person.managerId, actor.id) : undefined);
  const today = now.toISOString().slice(0, 10);
  const from = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), 1)).toISOString().slice(0, 10);
  const days = seriesDays({ from, until: today });
  const shown = (await currentRequirements(db)).filter(
    (one) => filter.requirement === null || one.slug === filter.requirement,
  );
  const scope = { people, requirements: shown.map((one) => one.slug) };
  const ends = days.map(
    (on) => new Date(Math.min(Date.parse(`${on}T00:00:00Z`) + 86_400_000, now.getTime())),
  );
  const found = await coverageAt(db, scope, ends);
  return {
    requirements: shown.map(({ slug, title }) => ({
      slug,
      title,
      series: days.map((on, i) => ({ on, counts: found.get(slug)?.[i] ?? stateCounts([]) })),
    })),
    expiring: scope.requirements.length === 0 ? [] : await expiringWithin(db, scope, now, [30, 60, 90]),
  };
}
