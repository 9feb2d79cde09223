import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { period, waiver } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { beginning, historyOf, steps } from "#test/history.ts";
import { system } from "../people/permission.ts";
import type { RecordedPeriod } from "./as-at.ts";
import { counts, periodState, standing } from "./assignment.ts";
import { boardFilter } from "./board.ts";
import { monthsUntil, sharePercent, together } from "./coverage.ts";
import { coverageOverTime } from "./coverage.server.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-30T10:00:00Z");

onBothEngines("coverage over time", (database) => {
  it("counts at every month what the rule says of each person then", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await publishRequirements(tx, [{ ...aRequirement, effectiveFrom: "2025-01-01" }], beginning);
      const people: { periods: RecordedPeriod[]; waivers: { grantedAt: Date; until: Date }[][] }[] = [];
      for (const all of fc.sample(steps, { numRuns: 30, seed: 42001 })) {
        const { id: personId } = await aPerson(tx);
        const periods = historyOf(all).at(-1)?.periods ?? [];
        const waivers = periods.map(({ number, assignedAt }) =>
          number % 2 === 0
            ? []
            : [40, 70].map((days) => ({ grantedAt: assignedAt, until: daysAfter(assignedAt, days) })),
        );
        people.push({ periods, waivers });
        for (const [i, { before: _, ...facts }] of periods.entries()) {
          const id = randomUUID();
          await tx.insert(period).values({ id, personId, requirementSlug: aRequirement.slug, ...facts });
          for (const one of waivers[i] ?? [])
            await tx
              .insert(waiver)
              .values({ id: randomUUID(), periodId: id, reason: "On leave.", grantedBy: "p-ines", ...one });
        }
      }
      const told = await coverageOverTime(tx, system, { filter: boardFilter.parse({}), months: 12 }, now);
      const expected = monthsUntil(now, 12).map((at) => {
        const states = people.flatMap(({ periods, waivers }) => {
          const stands = standing(periods, at);
          return stands ? [periodState(stands, waivers[periods.indexOf(stands)] ?? [], at)] : [];
        });
        return {
          on: at.toISOString().slice(0, 10),
          standing: states.length,
          competent: states.filter(counts).length,
          waived: states.filter((state) => state === "waived").length,
        };
      });
      expect(told.series[0]?.points).toEqual(expected);
      expect(together(told.series.map((one) => one.points))).toEqual(expected);
      expect(Math.max(...expected.map((point) => sharePercent(point) ?? 0))).toBeGreaterThan(0);
    });
  });
});

const daysAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);
