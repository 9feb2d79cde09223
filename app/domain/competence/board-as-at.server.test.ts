import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { periodBefore } from "#db/schema/board.ts";
import { period } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { beginning, historyOf, steps } from "#test/history.ts";
import { system } from "../people/permission.ts";
import { asAtOf, type Knowledge, periodsAsAt, type RecordedPeriod } from "./as-at.ts";
import { periodState, standing } from "./assignment.ts";
import { boardFilter } from "./board.ts";
import { board } from "./board.server.ts";
import { periodStates } from "./period-state.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-30T10:00:00Z");

onBothEngines("the board of a past day", (database) => {
  it("says in SQL what the rule says, as known then and now, and filters and counts by it", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await publishRequirements(tx, [{ ...aRequirement, effectiveFrom: "2025-01-01" }], beginning);
      const people = new Map<string, RecordedPeriod[]>();
      for (const all of fc.sample(steps, { numRuns: 24, seed: 42001 })) {
        const { id } = await aPerson(tx, { hiredOn: "2020-01-01" });
        const periods = historyOf(all).at(-1)?.periods ?? [];
        people.set(id, periods);
        for (const { before, ...facts } of periods) {
          const row = { id: randomUUID(), personId: id, requirementSlug: aRequirement.slug, ...facts };
          await tx.insert(period).values(row);
          for (const one of before) await tx.insert(periodBefore).values({ periodId: row.id, ...one });
        }
      }
      for (const day of ["2026-02-01", "2026-03-15", "2026-05-01", "2026-08-01"]) {
        for (const known of ["then", "now"] satisfies Knowledge[]) {
          const asAt = asAtOf({ at: day, known }, now);
          if (!asAt) throw new Error("not past");
          const expected = [...people].map(([id, periods]) => {
            const stands = standing(periodsAsAt(periods, asAt), asAt.at);
            return [id, stands ? periodState(stands, [], asAt.at) : null] as const;
          });
          const open = (filter: object) =>
            board(tx, system, { filter: boardFilter.parse(filter), asAt }, now);
          const page = await open({});
          const got = page.people.map((one) => [one.id, one.cells[0]?.state ?? null] as const);
          expect(new Map(got), `${day} ${known}`).toEqual(new Map(expected));
          for (const status of periodStates) {
            const those = expected.filter(([, state]) => state === status).map(([id]) => id);
            const { people: found } = await open({ status });
            expect(found.map((one) => one.id).toSorted()).toEqual(those.toSorted());
            expect(page.summary[0]?.counts[status]).toBe(those.length);
          }
        }
      }
    });
  });
});
