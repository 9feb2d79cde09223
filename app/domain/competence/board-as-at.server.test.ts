import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { periodBefore } from "#db/schema/board.ts";
import { period } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { beginning, historyOf, steps } from "#test/history.ts";
import type { PersonRow } from "../people/import.ts";
import { recordLeaving } from "../people/leaving.server.ts";
import { type Actor, system } from "../people/permission.ts";
import { asAtOf, type Knowledge, periodsAsAt, type RecordedPeriod } from "./as-at.ts";
import { periodState, standing } from "./assignment.ts";
import { boardFilter } from "./board.ts";
import { board } from "./board.server.ts";
import { boardCsv } from "./board-export.server.ts";
import { importAndAssign } from "./person-details.server.ts";
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

onBothEngines("the people of a past day", (database) => {
  it("are those and where they were, as known then and now, in pages, filters, counts and exports", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await publishRequirements(tx, [{ ...aRequirement, effectiveFrom: "2025-01-01" }], beginning);
      const on = (day: string): Date => new Date(`${day}T09:00:00Z`);
      const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], department: "HR" }));
      const [first, second] = [
        actorFor(await aPerson(tx, { id: "m-one", name: "Maud", roles: ["employee", "manager"] })),
        actorFor(await aPerson(tx, { id: "m-two", name: "Milan", roles: ["employee", "manager"] })),
      ];
      const row = (id: string, set: Partial<PersonRow>): PersonRow => ({
        id,
        name: id,
        email: `${id}@aldermoor.example`,
        department: "Sales",
        title: "Clerk",
        manager_id: "m-one",
        location: "Rotterdam",
        time_zone: "Europe/Amsterdam",
        language: "en",
        employment_type: "permanent",
        hired_on: "2024-01-08",
        computer_share: 90,
        audiences: ["all-staff"],
        roles: ["employee"],
        ...set,
      });
      await importAndAssign(tx, system, [row("mover", {}), row("leaver", {})], on("2026-02-01"));
      // Came three weeks before anybody recorded it.
      await importAndAssign(tx, system, [row("comer", { hired_on: "2026-03-01" })], on("2026-03-20"));
      const moved = {
        department: "Support",
        manager_id: "m-two",
        location: "Austin",
        valid_from: "2026-04-01",
      };
      await importAndAssign(tx, system, [row("mover", moved)], on("2026-05-10"));
      await recordLeaving(
        tx,
        hr,
        { email: "leaver@aldermoor.example", leftOn: "2026-05-01" },
        on("2026-05-20"),
      );

      const seen = async (actor: Actor, day: string, known: Knowledge, filter: object = {}) => {
        const asAt = asAtOf({ at: day, known }, now);
        const of = boardFilter.parse(filter);
        const page = await board(tx, actor, { filter: of, asAt }, now);
        const ours = page.people.filter((one) => /^(mover|leaver|comer)$/.test(one.id));
        const counted = Object.values(page.summary[0]?.counts ?? {}).reduce((sum, n) => sum + n, 0);
        expect(counted, "counts").toBe(page.people.filter((one) => one.cells.length > 0).length);
        expect(page.total, "total").toBe(page.people.length);
        if (actor === hr) {
          let csv = "";
          for await (const piece of boardCsv(tx, actor, { filter: of, asAt }, now)) csv += piece;
          for (const { id, department, cells } of ours)
            expect(csv.includes(`${id}@aldermoor.example,${department},`), `${id} in CSV`).toBe(
              cells.length > 0,
            );
        }
        return ours.map((one) => `${one.id} ${one.department}`).toSorted();
      };
      const [sales, mover] = [{ department: "Sales" }, "mover Sales"];
      // Nobody knew of them before February, though they were here.
      expect(await seen(hr, "2026-01-20", "then")).toEqual([]);
      expect(await seen(hr, "2026-01-20", "now")).toEqual(["leaver Sales", mover]);
      expect(await seen(hr, "2026-03-10", "then")).toEqual(["leaver Sales", mover]);
      expect(await seen(hr, "2026-03-10", "now")).toEqual(["comer Sales", "leaver Sales", mover]);
      expect(await seen(hr, "2026-04-15", "then", sales)).toEqual(["comer Sales", "leaver Sales", mover]);
      expect(await seen(hr, "2026-04-15", "now", sales)).toEqual(["comer Sales", "leaver Sales"]);
      expect(await seen(hr, "2026-04-15", "now", { location: "Austin" })).toEqual(["mover Support"]);
      expect(await seen(hr, "2026-04-15", "then", { manager: "Milan" })).toEqual([]);
      expect(await seen(hr, "2026-04-15", "now", { manager: "Milan" })).toEqual(["mover Support"]);
      expect(await seen(hr, "2026-05-15", "then", sales)).toEqual(["comer Sales", "leaver Sales"]);
      expect(await seen(hr, "2026-05-15", "now", sales)).toEqual(["comer Sales"]);
      // Whose reports they were gives no right; whose they are does, and shows them as they were.
      expect(await seen(first, "2026-04-15", "then")).toEqual(["comer Sales", "leaver Sales"]);
      expect(await seen(second, "2026-04-15", "then")).toEqual([mover]);
      const seat = { departments: ["Sales"], requirements: null };
      const auditor: Actor = { id: "p-hr", name: "", roles: ["external_auditor"], scope: seat };
      expect(await seen(auditor, "2026-04-15", "then")).toEqual(["comer Sales", "leaver Sales", mover]);
      expect(await seen(auditor, "2026-04-15", "now")).toEqual(["comer Sales", "leaver Sales"]);
    });
  });
});
