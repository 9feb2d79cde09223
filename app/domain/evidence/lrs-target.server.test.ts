import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { lrsTarget } from "#db/schema/evidence.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { aWildStatement, store } from "#test/stored.ts";
import { Forbidden, system } from "../people/permission.ts";
import { sendNow, setTargetFilter, syncTargets, targetStates } from "./lrs-target.server.ts";
import { everything, type TargetFilter } from "./outbox.ts";

const now = new Date("2026-11-23T10:00:00Z");
const later = new Date("2026-11-23T11:00:00Z");
const central = { name: "central", endpoint: "https://lrs.example/xapi" };

const eventsOf = async (tx: Db, type: string) =>
  (await tx.select().from(auditEvent).where(eq(auditEvent.type, type))).map((event) => event.data);

onBothEngines("external LRSs", (database) => {
  it("follow the configuration, and keep their place while they rest", () =>
    database.rolledBack(async (tx) => {
      await store(tx, [aWildStatement(), aWildStatement()]);
      await syncTargets(tx, [central], now);
      await syncTargets(tx, [central], later);
      expect(await targetStates(tx, system)).toMatchObject([
        { target: "central", active: true, filter: everything, waiting: 2, oldest: now, delivered: 0 },
      ]);
      await tx.update(lrsTarget).set({ cursor: 1 });
      await syncTargets(tx, [], later);
      expect(await targetStates(tx, system)).toMatchObject([{ active: false, waiting: 1 }]);
      const moved = { ...central, endpoint: "https://other.example/xapi" };
      await syncTargets(tx, [moved, { ...central, name: "second" }], later);
      expect(await targetStates(tx, system)).toMatchObject([
        { target: "central", endpoint: moved.endpoint, active: true, waiting: 1 },
        { target: "second", waiting: 2 },
      ]);
      expect(await eventsOf(tx, "lrs_target.added")).toEqual([
        { endpoint: central.endpoint, backfilled: 2 },
        { endpoint: moved.endpoint, backfilled: 1 },
        { endpoint: central.endpoint, backfilled: 2 },
      ]);
    }));

  it("are added once when several processes start at once", async () => {
    const name = `late-${randomUUID()}`;
    const target = { ...central, name };
    await Promise.all(Array.from({ length: 4 }, () => syncTargets(database.db, [target], now)));
    const added = await database.db.select().from(auditEvent).where(eq(auditEvent.subjectId, name));
    expect(added).toHaveLength(1);
    await database.db.delete(lrsTarget).where(eq(lrsTarget.name, name));
  });

  it("get another filter, and are looked at again from the start when asked", () =>
    database.rolledBack(async (tx) => {
      await store(tx, [aWildStatement()]);
      await syncTargets(tx, [central], now);
      await tx.update(lrsTarget).set({ cursor: 1 });
      const filter: TargetFilter = { origin: "own", verbs: ["urn:v"], activities: ["urn:a"] };
      const set = (target: string, again: boolean) =>
        setTargetFilter(tx, system, { target, filter, again }, later);
      expect(await set("central", false)).toEqual({ ok: true });
      expect(await targetStates(tx, system)).toMatchObject([{ filter, waiting: 0, oldest: null }]);
      expect(await set("central", true)).toEqual({ ok: true });
      expect(await targetStates(tx, system)).toMatchObject([{ filter, waiting: 1 }]);
      expect(await set("nobody", true)).toEqual({ ok: false, reason: "unknown" });
      expect(await eventsOf(tx, "lrs_target.filter_set")).toEqual([
        { ...filter, again: false },
        { ...filter, again: true },
      ]);
    }));

  it("are tried at once on request", () =>
    database.rolledBack(async (tx) => {
      await syncTargets(tx, [central], now);
      await tx.update(lrsTarget).set({ attempts: 9, nextTryAt: later });
      expect(await sendNow(tx, system, "central", now)).toEqual({ ok: true });
      expect(await targetStates(tx, system)).toMatchObject([{ attempts: 9, nextTryAt: now }]);
      expect(await sendNow(tx, system, "nobody", now)).toEqual({ ok: false, reason: "unknown" });
      expect(await eventsOf(tx, "outbox.replayed")).toEqual([{ target: "central", rows: 0 }]);
    }));

  it("are seen by those who may see evidence, and managed by administrators alone", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      await syncTargets(tx, [central], now);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const employee = actorFor(await aPerson(tx));
      expect(await targetStates(tx, hr)).toHaveLength(1);
      await expect(targetStates(tx, employee)).rejects.toThrow(Forbidden);
      await expect(sendNow(tx, hr, "central", now)).rejects.toThrow(Forbidden);
      const input = { target: "central", filter: everything, again: false };
      await expect(setTargetFilter(tx, hr, input, now)).rejects.toThrow(Forbidden);
    }));
});
