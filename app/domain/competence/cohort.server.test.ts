import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { period, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { eq, isNull } from "drizzle-orm";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { beginning, historyOf, steps } from "#test/history.ts";
import { type PeriodFacts, periodState, standing } from "./assignment.ts";
import { stateCounts } from "./board.ts";
import { endingUntil, statesAt } from "./cohort.ts";
import { cohortsOf } from "./cohort.server.ts";
import { publishRequirements } from "./requirement.server.ts";

const daysAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

type Life = { left: boolean; periods: (PeriodFacts & { id: string })[]; waivers: Map<string, Waived[]> };
type Waived = { grantedAt: Date; until: Date };

onBothEngines("cohorts", (database) => {
  it("count at every moment what the rule says of each person, whatever the order of assignment", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await publishRequirements(tx, [aRequirement], beginning);
      const lives: Life[] = [];
      for (const [n, all] of fc.sample(steps, { numRuns: 60, seed: 42006 }).entries()) {
        const left = n % 5 === 0;
        const { id: personId } = await aPerson(tx, left ? { leftOn: "2026-03-01" } : {});
        const periods = (historyOf(all).at(-1)?.periods ?? []).map(({ before: _before, ...facts }) => ({
          ...facts,
          id: randomUUID(),
          personId,
          requirementSlug: aRequirement.slug,
        }));
        const waivers = new Map(
          periods.map(({ id, number, assignedAt }) => [
            id,
            // Two that overlap, one after the other, or none.
            (number % 3 === 0 ? [] : number % 3 === 1 ? [1, 20] : [1, 60]).map((days) => ({
              grantedAt: daysAfter(assignedAt, days),
              until: daysAfter(assignedAt, days + 30),
            })),
          ]),
        );
        if (periods.length > 0) await tx.insert(period).values(periods);
        for (const [periodId, own] of waivers)
          for (const one of own)
            await tx
              .insert(waiver)
              .values({ id: randomUUID(), periodId, reason: "On leave.", grantedBy: "p-ines", ...one });
        lives.push({ left, periods, waivers });
      }
      const moments = Array.from({ length: 50 }, (_, i) => daysAfter(beginning, i * 9));
      const visible = isNull(person.leftOn);
      const here = lives.filter((one) => !one.left);
      for (const [people, counted] of [
        [{}, lives],
        [{ visible }, here],
        [{ matching: visible }, here],
        [{ matching: eq(person.id, "nobody") }, []],
      ] as const) {
        const cohorts = await cohortsOf(tx, [aRequirement.slug, "other"], people, moments);
        const expected = moments.map((at) =>
          stateCounts(
            counted.flatMap(({ periods, waivers }) => {
              const stands = standing(periods, at);
              return stands
                ? [{ state: periodState(stands, waivers.get(stands.id) ?? [], at), count: 1 }]
                : [];
            }),
          ),
        );
        const found = statesAt(cohorts, moments).get(aRequirement.slug);
        expect(found ?? moments.map(() => stateCounts([]))).toEqual(expected);
        expect(endingUntil(cohorts, [21, 23, 30], 20)).toEqual(
          [21, 23, 30].map(
            (place) =>
              counted.filter(({ periods }) => {
                const [at, end] = [moments[20], moments[place]];
                if (!at || !end) return false;
                const { completedAt = null, expiresAt = null } = standing(periods, at) ?? {};
                return (
                  completedAt !== null &&
                  completedAt <= at &&
                  expiresAt !== null &&
                  expiresAt > at &&
                  expiresAt <= end
                );
              }).length,
          ),
        );
      }
    }));
});
