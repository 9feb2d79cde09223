import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { period, waiver } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { type PeriodFacts, periodState, standing } from "../competence/assignment.ts";
import { stateCounts } from "../competence/board.ts";
import { publishRequirements } from "../competence/requirement.server.ts";
import { coverageAt, expiringWithin } from "./coverage-series.server.ts";

const begin = new Date("2026-02-01T00:00:00Z");
const on = (days: number): Date => new Date(begin.getTime() + days * 86_400_000);
const maybe = (days: number | null): Date | null => (days === null ? null : on(days));

type Course = [
  assigned: number,
  due: number,
  started: number | null,
  completed: number | null,
  renew: number | null,
  expires: number | null,
  superseded: number | null,
  ended?: number,
];
type Row = PeriodFacts & { id: string };
type Waived = { grantedAt: Date; until: Date };
/** What people did, in days after the beginning: one list of periods each. */
const courses: { periods: Course[]; waived?: [number, number] }[] = [
  { periods: [[0, 30, 5, 10, 60, 120, null]] },
  {
    periods: [
      [0, 30, 5, 10, 60, 120, 100],
      [60, 120, 90, 100, 200, 300, null],
    ],
  },
  {
    periods: [
      [0, 30, 5, 10, 60, 120, 120],
      [60, 120, null, null, null, null, null],
    ],
  },
  { periods: [[20, 50, null, null, null, null, null]] },
  { periods: [[20, 50, 25, null, null, null, null]] },
  { periods: [[0, 30, 40, null, null, null, null]], waived: [35, 80] },
  { periods: [[0, 30, 5, 10, 200, 300, null, 70]] },
  { periods: [[0, 30, null, null, null, null, null, 40]] },
];

onBothEngines("coverage at a date", (database) => {
  it("is what the rules say of every day", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const rule = aRequirement;
      await publishRequirements(tx, [rule], begin);
      const all: { rows: Row[]; waivers: Waived[] }[] = [];
      for (const { periods, waived } of courses) {
        const who = await aPerson(tx);
        const rows = periods.map(
          ([assigned, due, started, completed, renew, expires, superseded, ended], i) => ({
            id: randomUUID(),
            personId: who.id,
            requirementSlug: rule.slug,
            number: i + 1,
            assignedAt: on(assigned),
            dueAt: on(due),
            graceUntil: on(due + 14),
            startedAt: maybe(started),
            completedAt: maybe(completed),
            renewFrom: maybe(renew),
            expiresAt: maybe(expires),
            supersededAt: maybe(superseded),
            endedAt: maybe(ended ?? null),
          }),
        );
        await tx.insert(period).values(rows);
        const waivers = waived ? [{ grantedAt: on(waived[0]), until: on(waived[1]) }] : [];
        for (const one of waivers)
          await tx.insert(waiver).values({
            id: randomUUID(),
            periodId: rows[0]?.id ?? "",
            reason: "Leave",
            grantedBy: "p",
            ...one,
          });
        all.push({ rows, waivers });
      }
      const moments = Array.from({ length: 44 }, (_, i) => on(i * 5));
      const found = (await coverageAt(tx, {}, moments)).get(rule.slug);
      const expected = moments.map((at) =>
        stateCounts(
          all.flatMap(({ rows, waivers }) => {
            const stands = standing(rows, at);
            if (!stands) return [];
            const own = stands === rows[0] ? waivers : [];
            return [{ state: periodState(stands, own, at), count: 1 }];
          }),
        ),
      );
      expect(found).toEqual(expected);
      expect(
        new Set(
          expected.flatMap((one) =>
            Object.entries(one)
              .filter(([, n]) => n > 0)
              .map(([s]) => s),
          ),
        ),
      ).toHaveProperty("size", 7);
      // On day 95 three competences end on day 120: that one of them is renewed on day 100 is still to come.
      expect(await expiringWithin(tx, {}, on(95), [24, 25, 90])).toEqual([
        { days: 24, count: 0 },
        { days: 25, count: 3 },
        { days: 90, count: 3 },
      ]);
    }));
});
