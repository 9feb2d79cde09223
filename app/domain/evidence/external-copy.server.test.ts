import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { lrsAsker, lrsSender } from "#app/platform/lrs.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { type FakeLrs, startLrs } from "#test/fakes/lrs.ts";
import { aVoiding, aWildStatement, store, type Wild } from "#test/stored.ts";
import { Forbidden, system } from "../people/permission.ts";
import type { Ask } from "./external-copy.ts";
import { mendRecord, recordChecks } from "./external-copy.server.ts";
import { syncTargets } from "./lrs-target.server.ts";
import { everything } from "./outbox.ts";
import { deliverDue } from "./outbox.server.ts";
import { verbs } from "./statement.ts";

const now = new Date("2026-11-23T10:00:00Z");
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const running: FakeLrs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((lrs) => lrs.close()));
});

/** A configured LRS, with the means to send to it and to ask it. */
async function anLrs(tx: Db) {
  await anOrganisation(tx);
  const lrs = await startLrs();
  running.push(lrs);
  const target = { name: "central", endpoint: lrs.endpoint, key: lrs.key, secret: lrs.secret };
  await syncTargets(tx, [target], now);
  const send = lrsSender([target]);
  return {
    lrs,
    ask: lrsAsker([target]),
    deliver: (seconds: number) => deliverDue(tx, send, () => after(seconds)),
  };
}

/** Somebody's completed period with what was stated in it. */
async function aRecord(
  tx: Db,
  input: { name?: string; completedAt?: Date; statements?: (registration: string) => Wild[] } = {},
): Promise<{ registration: string; personId: string; statements: Wild[] }> {
  const { slug, title, audiences } = aRequirement;
  await tx
    .insert(requirement)
    .values({ slug, title, moduleSlug: aRequirement.module, audiences, position: 1, body: aRequirement })
    .onConflictDoNothing();
  const { id: personId } = await aPerson(tx, input.name ? { name: input.name } : {});
  const registration = randomUUID();
  const completedAt = input.completedAt ?? now;
  await tx.insert(period).values({
    id: registration,
    personId,
    requirementSlug: slug,
    number: 1,
    assignedAt: now,
    dueAt: now,
    graceUntil: now,
    completedAt,
  });
  const said = (verb: string) => aWildStatement({ verb: { id: verb }, context: { registration } });
  const statements = input.statements?.(registration) ?? [said(verbs.passed), said(verbs.completed)];
  await store(tx, statements);
  return { registration, personId, statements };
}

const copyOf = async (tx: Db, ask: Ask) => (await recordChecks(tx, system, ask, {})).checks[0]?.copies[0];

onBothEngines("copies of a record’s statements", (database) => {
  it("are there once they were sent, and on their way before", () =>
    database.rolledBack(async (tx) => {
      const { ask, deliver } = await anLrs(tx);
      const { registration, personId } = await aRecord(tx, { name: "Zofia Łuczak" });
      expect(await copyOf(tx, ask)).toMatchObject({
        tone: "warn",
        findings: [{ state: "waiting", count: 2 }],
        mendable: false,
      });
      await deliver(1);
      const { checks, targets } = await recordChecks(tx, system, ask, {});
      expect(targets).toEqual(["central"]);
      expect(checks).toMatchObject([
        {
          registration,
          personId,
          person: "Zofia Łuczak",
          requirement: aRequirement.title,
          completedAt: now,
          statements: 2,
          gaps: [
            { missing: "certificate" },
            { missing: "audit event period.completed" },
            { missing: "audit event certificate.issued" },
          ],
          copies: [
            { target: "central", tone: "good", findings: [{ state: "there", count: 2 }], mendable: false },
          ],
        },
      ]);
    }));

  it("that have gone there are sent again, under the same ids", () =>
    database.rolledBack(async (tx) => {
      const { lrs, ask, deliver } = await anLrs(tx);
      const { registration, statements } = await aRecord(tx);
      await deliver(1);
      lrs.statements.pop();
      expect(await copyOf(tx, ask)).toMatchObject({
        tone: "bad",
        findings: [
          { state: "missing", count: 1 },
          { state: "there", count: 1 },
        ],
        mendable: true,
      });
      const mend = () => mendRecord(tx, system, ask, { target: "central", registration }, after(2));
      expect(await mend()).toEqual({ ok: true, statements: 1 });
      expect(await copyOf(tx, ask)).toMatchObject({ tone: "warn", mendable: false });
      expect(await deliver(3)).toBe(1);
      expect(lrs.statements.map((s) => s.id)).toEqual(statements.map((s) => s.id));
      expect(await copyOf(tx, ask)).toMatchObject({ tone: "good" });
      expect(await mend()).toEqual({ ok: false, reason: "nothing" });
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "record.resent"));
      expect(events).toMatchObject([{ subjectId: registration, data: { target: "central", statements: 1 } }]);
    }));

  it("that were refused are sent again, and those that were dropped are not", () =>
    database.rolledBack(async (tx) => {
      const { lrs, ask, deliver } = await anLrs(tx);
      const { registration, statements } = await aRecord(tx);
      for (const { id } of statements) lrs.poison.add(id);
      await deliver(1);
      lrs.poison.clear();
      expect(await copyOf(tx, ask)).toMatchObject({ findings: [{ state: "refused" }], mendable: true });
      const [first] = await tx.select().from(deadLetter);
      await tx
        .update(deadLetter)
        .set({ outcome: "dropped", endedAt: now, endedBy: "p-sofia", reason: "A test." })
        .where(eq(deadLetter.id, first?.id ?? 0));
      const input = { target: "central", registration };
      expect(await mendRecord(tx, system, ask, input, after(2))).toEqual({ ok: true, statements: 1 });
      await deliver(3);
      expect(await copyOf(tx, ask)).toMatchObject({
        tone: "warn",
        findings: [
          { state: "dropped", count: 1 },
          { state: "there", count: 1 },
        ],
      });
    }));

  it("that are voided here and not there get their voiding sent", () =>
    database.rolledBack(async (tx) => {
      const { lrs, ask, deliver } = await anLrs(tx);
      const { registration, statements } = await aRecord(tx);
      const voided = statements[0]?.id ?? "";
      await store(tx, [aVoiding(voided)]);
      await deliver(1);
      expect(await copyOf(tx, ask)).toMatchObject({ tone: "good", findings: [{ state: "there", count: 2 }] });
      expect((await recordChecks(tx, system, ask, {})).checks[0]?.gaps).toContainEqual({
        missing: "statement passed",
      });
      lrs.statements.pop();
      expect(await copyOf(tx, ask)).toMatchObject({ tone: "bad", mendable: true });
      await mendRecord(tx, system, ask, { target: "central", registration }, after(2));
      await deliver(3);
      expect(await copyOf(tx, ask)).toMatchObject({ tone: "good" });
    }));

  it("that differ, are voided there, or are there alone are told and left", () =>
    database.rolledBack(async (tx) => {
      const { lrs, ask, deliver } = await anLrs(tx);
      const { registration, statements } = await aRecord(tx);
      await deliver(1);
      const [passed, completed] = statements;
      if (!passed || !completed) throw new Error("no statements");
      lrs.statements[0] = { ...passed, result: { success: false } };
      lrs.statements.push(aVoiding(completed.id), aWildStatement({ context: { registration } }));
      const copy = await copyOf(tx, ask);
      expect(copy).toMatchObject({ tone: "bad", mendable: false });
      expect(copy?.findings).toEqual([
        { state: "differs", count: 1 },
        { state: "voided there", count: 1 },
        { state: "stranger", count: 1 },
      ]);
    }));

  it("are not missed where the filter leaves them out", () =>
    database.rolledBack(async (tx) => {
      const { ask, deliver } = await anLrs(tx);
      await tx.update(lrsTarget).set({ filter: { ...everything, verbs: [verbs.passed] } });
      await aRecord(tx);
      await deliver(1);
      expect(await copyOf(tx, ask)).toMatchObject({
        tone: "good",
        findings: [
          { state: "there", count: 1 },
          { state: "filtered", count: 1 },
        ],
      });
    }));

  it("are unknown while the target gives no answer, and it is not asked again and again", () =>
    database.rolledBack(async (tx) => {
      const { lrs, ask } = await anLrs(tx);
      for (let i = 0; i < 10; i++) await aRecord(tx);
      lrs.mood = "down";
      const { checks } = await recordChecks(tx, system, ask, {});
      expect(checks.map((check) => check.copies[0])).toEqual(
        checks.map(() => ({
          target: "central",
          tone: null,
          findings: [],
          error: "The LRS answered 503.",
          mendable: false,
        })),
      );
      expect(lrs.requests).toBeLessThanOrEqual(4);
      const registration = checks[0]?.registration ?? "";
      expect(await mendRecord(tx, system, ask, { target: "central", registration }, now)).toEqual({
        ok: false,
        reason: "no answer",
        error: "The LRS answered 503.",
      });
    }));

  it("are listed newest first, a page at a time, for a person or a requirement", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const never: Ask = () => Promise.reject(new Error("nobody is to be asked"));
      for (let i = 0; i < 12; i++)
        await aRecord(tx, { name: i === 3 ? "Zofia 100%" : "Ann", completedAt: after(Math.floor(i / 3)) });
      const seen: string[] = [];
      for (let place: Parameters<typeof recordChecks>[3]["after"]; ;) {
        const { checks, next } = await recordChecks(tx, system, never, { after: place });
        seen.push(...checks.map((check) => check.registration));
        if (!next) break;
        place = next;
      }
      expect(new Set(seen).size).toBe(12);
      const found = async (search: string) =>
        (await recordChecks(tx, system, never, { search })).checks.map((check) => check.person);
      expect(await found("zofia")).toEqual(["Zofia 100%"]);
      expect(await found("0%")).toEqual(["Zofia 100%"]);
      expect(await found("n_n")).toEqual([]);
      expect(await found(aRequirement.title.slice(0, 5))).toHaveLength(10);
    }));

  it("are seen by those who may see evidence, and mended by administrators alone", () =>
    database.rolledBack(async (tx) => {
      const { ask } = await anLrs(tx);
      const { registration } = await aRecord(tx);
      const auditor = actorFor(await aPerson(tx, { roles: ["employee", "auditor"] }));
      const employee = actorFor(await aPerson(tx));
      expect((await recordChecks(tx, auditor, ask, {})).checks).toHaveLength(1);
      await expect(recordChecks(tx, employee, ask, {})).rejects.toThrow(Forbidden);
      const mend = (actor: typeof auditor, target: string, id: string) =>
        mendRecord(tx, actor, ask, { target, registration: id }, now);
      await expect(mend(auditor, "central", registration)).rejects.toThrow(Forbidden);
      expect(await mend(system, "nobody", registration)).toEqual({ ok: false, reason: "unknown" });
      expect(await mend(system, "central", randomUUID())).toEqual({ ok: false, reason: "unknown" });
    }));
});
