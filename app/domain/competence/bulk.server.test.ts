import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { bulkItem } from "#db/schema/board.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { Forbidden, system } from "../people/permission.ts";
import { assignRequirements } from "./assignment.server.ts";
import { boardFilter } from "./board.ts";
import { board } from "./board.server.ts";
import { bulkView, workBulkActions } from "./bulk-work.server.ts";
import { previewBulk, startBulk, undoBulk } from "./bulk.server.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-30T10:00:00Z");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const reason = "The site is closed for a month.";
const grant = { kind: "grant_waiver", reason, until: "2026-12-31" } as const;
const everybody = { kind: "grant_waiver", filter: boardFilter.parse({}), personIds: [] } as const;

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await publishRequirements(tx, [aRequirement], now);
  const hr = actorFor(await aPerson(tx, { id: "p-ines", name: "Inês", roles: ["employee", "hr"] }));
  for (let i = 0; i < 60; i++) await aPerson(tx, { id: `p-${100 + i}`, name: `Sam ${100 + i}` });
  await assignRequirements(tx, system, {}, now);
  const waived = async (at: Date) =>
    (await board(tx, hr, { filter: boardFilter.parse({ status: "waived" }) }, at)).total;
  return { hr, waived };
}

onBothEngines("doing something for many", (database) => {
  it("grants waivers once each, tells what was not done and why, and takes them back", () =>
    database.rolledBack(async (tx) => {
      const { hr, waived } = await aWorld(tx);
      const preview = await previewBulk(tx, hr, everybody, now);
      expect(preview).toMatchObject({
        periods: 61,
        first: [{ name: "Inês" }, { name: "Sam 100" }, {}, {}, {}, {}, {}, {}],
      });
      const ask = { ...everybody, id: randomUUID(), expected: 61, input: grant };
      expect(await startBulk(tx, hr, { ...ask, expected: 60 }, now)).toMatchObject({
        ok: false,
        reason: "changed",
      });
      expect(await startBulk(tx, hr, ask, now)).toEqual({ ok: true });
      // The form sent twice asks once.
      expect(await startBulk(tx, hr, ask, now)).toEqual({ ok: true });
      await tx.update(period).set({ completedAt: now }).where(eq(period.personId, "p-105"));
      expect(await workBulkActions(tx, () => later(1))).toBe(61);
      expect(await workBulkActions(tx, () => later(2))).toBe(0);
      const view = await bulkView(tx, hr, ask.id);
      expect(view).toMatchObject({ total: 61, done: 59, refused: 2, finishedAt: later(1) });
      expect(view?.refusals.map((one) => [one.personId, one.outcome])).toEqual([
        ["p-ines", "own"],
        ["p-105", "completed"],
      ]);
      expect(await waived(later(3))).toBe(59);
      expect(await tx.$count(auditEvent, eq(auditEvent.type, "waiver.granted"))).toBe(59);
      expect(await tx.$count(auditEvent, eq(auditEvent.type, "bulk.finished"))).toBe(1);
      const undo = { id: ask.id, undoId: randomUUID(), reason };
      expect(await undoBulk(tx, hr, undo, later(4))).toEqual({ ok: true });
      expect(await undoBulk(tx, hr, { ...undo, undoId: randomUUID() }, later(4))).toEqual({ ok: false });
      await workBulkActions(tx, () => later(5));
      expect(await waived(later(6))).toBe(0);
      expect(await tx.$count(waiver)).toBe(59);
      expect((await bulkView(tx, hr, ask.id))?.undoneBy).toBe(undo.undoId);
    }));

  it("goes on where it was cut off, and stops where whoever asked may no longer", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const ask = {
        ...everybody,
        id: randomUUID(),
        expected: 2,
        input: grant,
        personIds: ["p-101", "p-102"],
      };
      expect(await startBulk(tx, hr, ask, now)).toEqual({ ok: true });
      await tx.update(bulkItem).set({ outcome: "done", at: now }).where(eq(bulkItem.position, 1));
      await tx
        .update(person)
        .set({ roles: ["employee"] })
        .where(eq(person.id, "p-ines"));
      expect(await workBulkActions(tx, () => later(1))).toBe(1);
      const items = await tx.select().from(bulkItem).orderBy(asc(bulkItem.position));
      expect(items.map((item) => item.outcome)).toEqual(["done", "not_permitted"]);
      const employee = actorFor(await aPerson(tx));
      await expect(previewBulk(tx, employee, everybody, now)).rejects.toThrow(Forbidden);
      await expect(startBulk(tx, employee, ask, now)).rejects.toThrow(Forbidden);
    }));
});
