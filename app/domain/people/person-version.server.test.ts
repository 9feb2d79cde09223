import { eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { aPerson } from "#test/factories.ts";
import { came, changeSteps, hired, newcomer, recordedSteps } from "#test/person-history.ts";
import { peopleAsOf, recordChanges, versionsOf } from "./person-version.server.ts";
import { factsOf, type LookBack, type PersonVersion, versionOn } from "./person-version.ts";

const lookBack = (day: string, known: LookBack["known"]): LookBack => ({
  day,
  at: new Date(`${day}T23:59:59.999Z`),
  known,
});

onBothEngines("versions of people", (database) => {
  it("say in SQL what the rule says", () =>
    database.rolledBack(async (tx) => {
      const people = new Map<string, PersonVersion[]>();
      for (const steps of fc.sample(changeSteps, { numRuns: 40, seed: 42001 })) {
        const { id } = await aPerson(tx, newcomer);
        const all = recordedSteps(steps);
        for (const [i, { at, from, set }] of all.entries()) {
          const [row] = await tx.select().from(person).where(eq(person.id, id));
          const before = i === 0 ? null : (row ?? null);
          const after = { ...newcomer, ...before, ...set };
          await tx.update(person).set(after).where(eq(person.id, id));
          await recordChanges(tx, [{ personId: id, before, after: factsOf(after), from }], "p-hr", at);
        }
        people.set(id, all.at(-1)?.versions ?? []);
      }
      for (const day of ["2025-12-15", hired, "2026-02-01", "2026-03-15", "2026-06-01", "2026-11-01"])
        for (const known of ["then", "now"] as const) {
          const view = lookBack(day, known);
          const { id, name, department, title, managerId, location, timeZone, employmentType } = person;
          const { hiredOn, leftOn, computerShare, audiences, roles } = person;
          const facts = { name, department, title, managerId, location, timeZone, employmentType };
          const rows = await tx
            .select({ id, ...facts, hiredOn, leftOn, computerShare, audiences, roles })
            .from(peopleAsOf(view));
          const got = new Map(rows.map(({ id: personId, ...of }) => [personId, of]));
          for (const [personId, versions] of people) {
            const version = versionOn(versions, view);
            expect(got.get(personId) ?? null, `${day} ${known}`).toEqual(version && factsOf(version));
          }
        }
    }));

  it("take somebody without versions to have been known as they are since they came, until they change", () =>
    database.rolledBack(async (tx) => {
      const bo = await aPerson(tx, newcomer);
      const department = async (day: string, known: LookBack["known"]): Promise<string | undefined> => {
        const [row] = await tx
          .select({ department: person.department })
          .from(peopleAsOf(lookBack(day, known)))
          .where(eq(person.id, bo.id));
        return row?.department;
      };
      expect([await department("2026-02-01", "then"), await department("2026-02-01", "now")]).toEqual([
        "Sales",
        "Sales",
      ]);
      const now = new Date("2026-03-20T10:00:00Z");
      const change = { personId: bo.id, before: bo, after: { ...bo, department: "Support" } };
      await tx.update(person).set({ department: "Support" }).where(eq(person.id, bo.id));
      await recordChanges(tx, [{ ...change, from: "2026-02-01" }], "p-hr", now);
      const told = [];
      for (const day of [hired, "2026-01-31", "2026-02-01", "2026-03-19", "2026-03-20"])
        told.push([day, await department(day, "then"), await department(day, "now")]);
      expect(told).toEqual([
        [hired, "Sales", "Sales"],
        ["2026-01-31", "Sales", "Sales"],
        ["2026-02-01", "Sales", "Support"],
        ["2026-03-19", "Sales", "Support"],
        ["2026-03-20", "Support", "Support"],
      ]);
      expect((await versionsOf(tx, [bo.id])).get(bo.id)).toMatchObject([
        { validFrom: hired, recordedAt: new Date(`${hired}T00:00:00Z`), recordedBy: null },
        { validFrom: "2026-02-01", recordedAt: now, recordedBy: "p-hr" },
      ]);
    }));

  it("write nothing where nothing changes", () =>
    database.rolledBack(async (tx) => {
      const bo = await aPerson(tx, newcomer);
      await recordChanges(tx, [{ personId: bo.id, before: bo, after: bo, from: hired }], "p-hr", came);
      expect(await versionsOf(tx, [bo.id])).toEqual(new Map());
    }));
});
