import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { lrsTarget, outbox, statement } from "#db/schema/evidence.ts";
import { lrsSender } from "#app/platform/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, aStatement } from "#test/factories.ts";
import { type FakeLrs, startLrs } from "#test/fakes/lrs.ts";
import { Forbidden, system } from "../people/permission.ts";
import { backlog, replay, syncTargets } from "./lrs-target.server.ts";
import { deliverDue } from "./outbox.server.ts";
import type { Send } from "./outbox.ts";
import { recordStatements, statementContext } from "./statement.server.ts";

const start = new Date("2026-11-23T10:00:00Z");
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const noJitter = (): number => 0;

const running: FakeLrs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((lrs) => lrs.close()));
});

/** A fake LRS that is configured, with the means to send to it. */
async function anLrs(
  tx: Db,
  name = "central",
  timeoutMs = 5000,
): Promise<{ lrs: FakeLrs; send: Send; name: string }> {
  const lrs = await startLrs();
  running.push(lrs);
  const target = { name, endpoint: lrs.endpoint, key: lrs.key, secret: lrs.secret };
  await syncTargets(tx, [target], start);
  return { lrs, send: lrsSender([target], timeoutMs), name };
}

/** Writes `count` statements of one new person, in one call. */
async function write(tx: Db, count: number, at = start): Promise<string[]> {
  await anOrganisation(tx);
  const who = await statementContext(tx, (await aPerson(tx)).id);
  const scope = randomUUID();
  const made = Array.from({ length: count }, (_, position) => aStatement(who, { scope, position, at }));
  await recordStatements(tx, made, at);
  return made.map((s) => s.id);
}

const ids = (lrs: FakeLrs): string[] => lrs.statements.map((s) => s.id);
const stored = async (tx: Db): Promise<string[]> =>
  (await tx.select({ id: statement.id }).from(statement).orderBy(asc(statement.seq))).map((s) => s.id);

onBothEngines("outbox", (database) => {
  it("delivers what was written, in order, once", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const written = await write(tx, 120);
      expect(await deliverDue(tx, send, after(1))).toBe(120);
      expect(ids(lrs)).toEqual(written);
      expect(await deliverDue(tx, send, after(2))).toBe(0);
      expect(lrs.requests).toBe(3);
    }));

  it("refuses to store a statement twice", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const who = await statementContext(tx, (await aPerson(tx)).id);
      const one = aStatement(who);
      await recordStatements(tx, [one], start);
      await expect(tx.transaction((inner) => recordStatements(inner, [one], start))).rejects.toThrow();
      expect(await stored(tx)).toEqual([one.id]);
    }));

  it("loses and doubles nothing while an LRS fails for an hour in every way", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx, "central", 50);
      const moods = ["down", "silent", "forgetful", "down"] as const;
      const written: string[] = [];
      for (let minute = 0; minute < 60; minute++) {
        lrs.mood = moods[Math.floor(minute / 15)] ?? "down";
        written.push(...(await write(tx, 2, after(minute * 60))));
        await deliverDue(tx, send, after(minute * 60 + 30), noJitter);
      }
      expect((await backlog(tx, system))[0]).toMatchObject({ waiting: 120, dead: 0, lastError: /503/ });
      lrs.mood = "strict";
      for (let hour = 2; hour < 4; hour++) await deliverDue(tx, send, after(hour * 3600), noJitter);
      expect(ids(lrs)).toEqual(written);
      expect((await backlog(tx, system))[0]).toMatchObject({ waiting: 0, dead: 0, lastError: null });
    }));

  it("waits longer after each failure and sends nothing before", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await write(tx, 1);
      lrs.mood = "down";
      for (const second of [0, 4, 5, 14, 15]) await deliverDue(tx, send, after(second), noJitter);
      expect(lrs.requests).toBe(3);
    }));

  it("sets a statement aside that will never be taken, and delivers the others", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [first, second, third] = await write(tx, 3);
      lrs.statements.push({ id: second ?? "", actor: {}, verb: {}, object: {} });
      expect(await deliverDue(tx, send, after(1))).toBe(2);
      expect(ids(lrs)).toEqual([second, first, third]);
      expect((await backlog(tx, system))[0]).toMatchObject({
        waiting: 0,
        dead: 1,
        lastError: /another statement/,
      });
      lrs.statements = lrs.statements.filter((s) => s.id !== second);
      expect(await replay(tx, system, "central", after(60))).toEqual({ ok: true, rows: 1 });
      expect(await deliverDue(tx, send, after(61))).toBe(1);
      expect(ids(lrs)).toContain(second);
    }));

  it("keeps everything while the key is wrong", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await write(tx, 2);
      lrs.key = "changed";
      await deliverDue(tx, send, after(1));
      expect((await backlog(tx, system))[0]).toMatchObject({ waiting: 2, dead: 0, lastError: /401/ });
    }));

  it("gives a new target all that was stored before, and rests one that is no longer configured", () =>
    database.rolledBack(async (tx) => {
      const written = await write(tx, 3);
      const { lrs, send } = await anLrs(tx);
      await deliverDue(tx, send, after(1));
      expect(ids(lrs)).toEqual(written);
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "lrs_target.added"));
      expect(event?.data).toEqual({ endpoint: lrs.endpoint, backfilled: 3 });

      await syncTargets(tx, [], after(2));
      const missed = await write(tx, 1, after(3));
      expect(await tx.select().from(outbox)).toHaveLength(3);
      await syncTargets(tx, [{ name: "central", endpoint: lrs.endpoint }], after(4));
      await deliverDue(tx, send, after(5));
      expect(ids(lrs)).toEqual([...written, ...missed]);
    }));

  it("does not send a batch that another process is sending", async () => {
    await database.db.transaction((tx) => write(tx, 5));
    const { lrs, send, name } = await anLrs(database.db);
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => deliverDue(database.db, send, after(1), noJitter)),
    );
    expect(counts.reduce((a, b) => a + b)).toBe(5);
    expect(lrs.requests).toBe(1);
    await database.db.update(lrsTarget).set({ active: false }).where(eq(lrsTarget.name, name));
  });

  it("gives a target every statement that is written while it is added", async () => {
    const writers = Array.from({ length: 6 }, () => database.db.transaction((tx) => write(tx, 3)));
    const [{ name }] = await Promise.all([anLrs(database.db, "late"), ...writers]);
    const rows = await database.db.select().from(outbox).where(eq(outbox.target, name));
    expect(rows.map((row) => row.statementId).toSorted()).toEqual((await stored(database.db)).toSorted());
    await database.db.update(lrsTarget).set({ active: false }).where(eq(lrsTarget.name, name));
  });

  it("shows its backlog to those who may see evidence, and lets only administrators replay", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const employee = actorFor(await aPerson(tx));
      expect(await backlog(tx, hr)).toBeInstanceOf(Array);
      await expect(backlog(tx, employee)).rejects.toThrow(Forbidden);
      await expect(replay(tx, hr, "central", start)).rejects.toThrow(Forbidden);
      expect(await replay(tx, system, "nobody", start)).toEqual({ ok: false, reason: "unknown" });
    }));

  it("leaves a failing target's troubles to itself", async () => {
    const good = await startLrs();
    const bad = await startLrs();
    running.push(good, bad);
    bad.mood = "down";
    const targets = [
      { name: "good", endpoint: good.endpoint, key: good.key, secret: good.secret },
      { name: "bad", endpoint: bad.endpoint, key: bad.key, secret: bad.secret },
    ];
    await syncTargets(database.db, targets, start);
    await database.db.transaction((tx) => write(tx, 2));
    const all = await stored(database.db);
    expect(await deliverDue(database.db, lrsSender(targets), after(1))).toBe(all.length);
    const waiting = (await backlog(database.db, system))
      .filter((b) => b.active)
      .map((b) => [b.target, b.waiting]);
    expect(waiting).toEqual([
      ["bad", all.length],
      ["good", 0],
    ]);
  });
});
