import { and, asc, eq, isNull } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { bulkItem } from "#db/schema/board.ts";
import { message, notice } from "#db/schema/communication.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { naming } from "#db/schema/naming.ts";
import { person } from "#db/schema/people.ts";
import { retraining } from "#db/schema/requirements.ts";
import { aCourse, aModule, aRequirement, sitAssessment, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { mailing } from "#test/mailing.ts";
import { noteRefusedAddress } from "../communication/refused-address.server.ts";
import { switchReminders } from "../communication/message-log.server.ts";
import { verificationOf } from "../evidence/verification.server.ts";
import { type Actor, Forbidden, system } from "../people/permission.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { boardFilter } from "./board.ts";
import type { BulkInput, BulkOutcome } from "./bulk.ts";
import { previewBulk, startBulk, undoBulk } from "./bulk.server.ts";
import { bulkView, workBulkActions } from "./bulk-work.server.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { writeDigests } from "./digest.server.ts";
import { planReminders } from "./reminder.server.ts";
import { publishRequirements } from "./requirement.server.ts";
import { startAssessment } from "./sitting.server.ts";

/** A Monday, ten in the morning in Rotterdam. */
const now = new Date("2026-06-01T08:00:00Z");
const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
const days = (n: number): Date => hours(n * 24);
const reason = "The auditor asked for it by name.";
const module = aModule();
const engineers = { ...aRequirement, slug: "ai-engineering", audiences: ["engineers"] };
const baseUrl = "https://learn.aldermoor.example";

async function aWorld(tx: Db, people: readonly string[]) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  const made: Record<string, Actor> = {};
  for (const id of people) made[id] = actorFor(await aPerson(tx, { id, name: id }));
  await aCourse(tx, now, module);
  await publishRequirements(tx, [aRequirement, engineers], now);
  await assignRequirements(tx, system, {}, now);
  return { hr, of: (id: string): Actor => made[id] ?? hr };
}

/** Asks for something for everybody or those named, and has it done; answers the action's id. */
async function bulk(tx: Db, actor: Actor, input: BulkInput, at: Date, personIds: string[] = []) {
  const requirement = input.kind === "assign" ? input.requirement : undefined;
  const chosen = { kind: input.kind, filter: boardFilter.parse({}), personIds, requirement };
  const { periods, already } = await previewBulk(tx, actor, chosen, at);
  const id = randomUUID();
  expect(await startBulk(tx, actor, { ...chosen, id, expected: periods, input }, at)).toEqual({ ok: true });
  await workBulkActions(tx, () => at);
  return { id, periods, already };
}

async function undone(tx: Db, actor: Actor, id: string, at: Date): Promise<Outcome[]> {
  const undoId = randomUUID();
  expect(await undoBulk(tx, actor, { id, undoId, reason }, at)).toEqual({ ok: true });
  await workBulkActions(tx, () => at);
  return outcomes(tx, undoId);
}

type Outcome = BulkOutcome | null;
async function outcomes(tx: Db, id: string): Promise<Outcome[]> {
  const rows = await tx
    .select()
    .from(bulkItem)
    .where(eq(bulkItem.actionId, id))
    .orderBy(asc(bulkItem.position));
  return rows.map((row) => row.outcome);
}

const events = (tx: Db, type: string) => tx.$count(auditEvent, eq(auditEvent.type, type));

const aMail: Omit<typeof message.$inferInsert, "personId" | "createdAt" | "queuedAt" | "nextTryAt"> = {
  id: randomUUID(),
  topics: ["training"],
  language: "en",
  subject: "Due",
  text: "Due",
  html: "Due",
  optional: false,
  dedupeKey: "earlier",
  outcome: "gave_up",
};

onBothEngines("reminding many now", (database) => {
  const remind = { kind: "remind", reason: "" } as const;

  it("sends each one mail of all that is open, not twice a day, and says who was left out", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx, ["p-ann", "p-bo", "p-cy"]);
      await tx
        .update(person)
        .set({ audiences: ["all-staff", "engineers"] })
        .where(eq(person.id, "p-ann"));
      await assignRequirements(tx, system, {}, now);
      const { id, periods } = await bulk(tx, hr, remind, hours(1));
      expect(periods).toBe(4);
      expect(await outcomes(tx, id)).toEqual(["done", "done", "done", "done"]);
      // The ladder says it too; both go into one mail.
      await planReminders(tx, mailing.reminders, hours(1));
      expect(await writeDigests(tx, mailing, baseUrl, hours(1))).toBe(3);
      const [ann] = await tx.select().from(message).where(eq(message.personId, "p-ann"));
      expect(ann).toMatchObject({ topics: ["training", "policy"], optional: false });
      expect(ann?.text.match(/\/learn\/ai-/g)).toHaveLength(2);
      expect(await tx.select().from(notice).where(eq(notice.askedBy, "p-hr"))).toHaveLength(4);
      await tx.update(message).set({ outcome: "sent", endedAt: hours(1) });
      const again = await bulk(tx, hr, remind, hours(2));
      expect(new Set(await outcomes(tx, again.id))).toEqual(new Set(["reminded_today"]));
      await tx.update(person).set({ leftOn: "2026-06-02" }).where(eq(person.id, "p-bo"));
      await switchReminders(tx, hr, false, days(1));
      const off = await bulk(tx, hr, remind, days(1));
      expect(await outcomes(tx, off.id)).toEqual(["reminders_off", "reminders_off", "reminders_off"]);
      expect(await events(tx, "reminder.asked")).toBe(4);
    }));

  it("waits for the hours of its reader, and is called back until it is sent", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx, ["p-ann", "p-bo", "p-cy"]);
      const night = hours(12);
      const [mail] = await tx
        .insert(message)
        .values({ ...aMail, personId: "p-cy", createdAt: days(-9), queuedAt: days(-9), nextTryAt: days(-9) })
        .returning();
      const refused = { address: "p-cy@aldermoor.example", answer: "550", messageId: mail?.id ?? "" };
      await noteRefusedAddress(tx, { ...refused, personId: "p-cy" }, days(-9));
      await tx.delete(notice);
      const { id } = await bulk(tx, hr, remind, night);
      expect(await outcomes(tx, id)).toEqual(["done", "done", "no_address"]);
      expect(await writeDigests(tx, mailing, baseUrl, night)).toBe(0);
      const morning = days(1);
      expect(await writeDigests(tx, mailing, baseUrl, morning)).toBe(2);
      await tx.update(message).set({ outcome: "sent", endedAt: morning }).where(eq(message.personId, "p-bo"));
      expect(await undone(tx, hr, id, morning)).toEqual(["done", "sent"]);
      await writeDigests(tx, mailing, baseUrl, morning);
      expect(await tx.$count(message, and(eq(message.personId, "p-ann"), isNull(message.outcome)))).toBe(0);
      const employee = actorFor(await aPerson(tx));
      const chosen = { kind: "remind", filter: boardFilter.parse({}), personIds: [] } as const;
      await expect(previewBulk(tx, employee, chosen, now)).rejects.toThrow(Forbidden);
    }));
});

onBothEngines("asking many again", (database) => {
  const retrain = { kind: "retrain", reason, cause: "incident", dueDays: 14 } as const;
  const periods = (tx: Db, personId: string) =>
    tx.select().from(period).where(eq(period.personId, personId)).orderBy(asc(period.number));

  it("asks those who have proven it, and gives back what nobody began", () =>
    database.rolledBack(async (tx) => {
      const { hr, of } = await aWorld(tx, ["p-ann", "p-bo", "p-idle"]);
      for (const id of ["p-ann", "p-bo"]) await sitAssessment(tx, of(id), module, 1, days(1));
      const [before] = await periods(tx, "p-ann");
      const { id, periods: asked } = await bulk(tx, hr, retrain, days(10));
      expect(asked).toBe(2);
      expect((await periods(tx, "p-ann")).at(-1)).toMatchObject({ openedBy: "incident", dueAt: days(24) });
      const [proof] = await tx.select().from(certificate).where(eq(certificate.personId, "p-ann"));
      const validUntil = async (at: Date) => (await verificationOf(tx, proof?.code ?? "", at))?.status;
      expect(await validUntil(days(25))).toBe("expired");
      await startedBy(tx, of("p-bo"), days(11));
      expect(await undone(tx, hr, id, days(12))).toEqual(["done", "begun"]);
      const [stands, next] = await periods(tx, "p-ann");
      expect(stands).toEqual(before);
      expect(next).toMatchObject({ dueAt: before?.expiresAt, startedAt: null, endedAt: null });
      expect(await validUntil(days(25))).toBe("valid");
      expect(await learnerRequirements(tx, of("p-ann"), days(25))).toMatchObject([{ state: "competent" }]);
      expect(await learnerRequirements(tx, of("p-bo"), days(25))).toMatchObject([{ state: "expired" }]);
      // Nothing is planned anew, and the renewal comes when it would have.
      await assignRequirements(tx, system, {}, days(13));
      await openDuePeriods(tx, days(25));
      expect(await periods(tx, "p-ann")).toHaveLength(2);
      expect(await events(tx, "retraining.withdrawn")).toBe(1);
      const again = await bulk(tx, hr, retrain, days(30), ["p-ann"]);
      expect(await outcomes(tx, again.id)).toEqual(["done"]);
      expect(await undone(tx, hr, again.id, days(31))).toEqual(["done"]);
      expect((await periods(tx, "p-ann"))[0]).toEqual(before);
    }));

  async function startedBy(tx: Db, learner: Actor, at: Date): Promise<void> {
    await takeAllLessons(tx, learner, module, at);
    await startAssessment(tx, learner, { requirement: aRequirement.slug, seed: 1 }, at);
  }
});

onBothEngines("granting ended waivers anew", (database) => {
  it("gives each its reason and its end back, where that is ahead", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx, ["p-ann", "p-bo"]);
      const why = "On leave until the summer.";
      const grant = { kind: "grant_waiver", reason: why } as const;
      await bulk(tx, hr, { ...grant, until: "2026-08-31" }, now, ["p-ann"]);
      await bulk(tx, hr, { ...grant, until: "2026-06-03" }, now, ["p-bo"]);
      const { id } = await bulk(tx, hr, { kind: "end_waiver", reason }, days(1));
      expect(await undone(tx, hr, id, days(3))).toEqual(["done", "past"]);
      const granted = await tx
        .select()
        .from(waiver)
        .where(eq(waiver.grantedAt, days(3)));
      expect(granted).toMatchObject([
        { reason: why, until: new Date("2026-09-01T00:00:00Z"), endedAt: null },
      ]);
      expect(await events(tx, "waiver.granted")).toBe(3);
    }));
});

onBothEngines("assigning by name", (database) => {
  const assign = { kind: "assign", reason, requirement: engineers.slug, lastDay: null } as const;
  const open = (tx: Db) =>
    tx
      .select({ id: period.personId, by: period.openedBy })
      .from(period)
      .where(and(eq(period.requirementSlug, engineers.slug), isNull(period.endedAt)))
      .orderBy(asc(period.personId));

  it("asks people whom no rule asks, keeps it over later runs, and withdraws it", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx, ["p-ann", "p-bo"]);
      await tx
        .update(person)
        .set({ audiences: ["all-staff", "engineers"] })
        .where(eq(person.id, "p-bo"));
      await assignRequirements(tx, system, {}, now);
      const { id, periods, already } = await bulk(tx, hr, assign, days(1));
      expect([periods, already]).toEqual([2, 1]);
      // HR is among all people of the board, and names nobody who would decide about themselves.
      expect(await outcomes(tx, id)).toEqual(["own", "done"].toSorted().toReversed());
      await assignRequirements(tx, system, {}, days(2));
      expect(await open(tx)).toEqual([
        { id: "p-ann", by: "named" },
        { id: "p-bo", by: "rule" },
      ]);
      expect(await undone(tx, hr, id, days(3))).toEqual(["done"]);
      expect(await open(tx)).toEqual([{ id: "p-bo", by: "rule" }]);
      expect(await tx.select().from(naming)).toMatchObject([{ endReason: reason, endedBy: "p-hr" }]);
      expect([await events(tx, "naming.made"), await events(tx, "naming.ended")]).toEqual([1, 1]);
    }));

  it("asks until the last day, and stays with the rule where that asks as well", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx, ["p-ann"]);
      await bulk(tx, hr, { ...assign, lastDay: "2026-06-10" }, now, ["p-ann"]);
      await assignRequirements(tx, system, {}, days(9));
      expect(await open(tx)).toHaveLength(1);
      await assignRequirements(tx, system, {}, days(10));
      expect(await open(tx)).toEqual([]);
    }));
});

onBothEngines("what is done for many, cut off", (database) => {
  const kinds: BulkInput[] = [
    { kind: "remind", reason: "" },
    { kind: "retrain", reason, cause: "incident", dueDays: 14 },
    { kind: "assign", reason, requirement: engineers.slug, lastDay: null },
  ];

  it("goes on with the rest, once each, and is one asking however many batches it takes", () =>
    database.rolledBack(async (tx) => {
      const people = Array.from({ length: 60 }, (_, i) => `p-${100 + i}`);
      const { hr } = await aWorld(tx, people);
      for (const input of kinds) {
        const proven = { completedAt: now, renewFrom: days(300), expiresAt: days(365) };
        const requirement = input.kind === "assign" ? input.requirement : undefined;
        if (input.kind === "retrain") await tx.update(period).set(proven);
        const chosen = { kind: input.kind, filter: boardFilter.parse({}), personIds: people, requirement };
        const id = randomUUID();
        await startBulk(tx, hr, { ...chosen, id, expected: 60, input }, days(1));
        const first = and(eq(bulkItem.actionId, id), eq(bulkItem.position, 1));
        await tx
          .update(bulkItem)
          .set({ outcome: "done", at: days(1) })
          .where(first);
        expect([input.kind, await workBulkActions(tx, () => days(1))]).toEqual([input.kind, 59]);
        expect(await workBulkActions(tx, () => days(1))).toBe(0);
        expect(await bulkView(tx, hr, id)).toMatchObject({ done: 60, refused: 0, finishedAt: days(1) });
      }
      expect([await events(tx, "reminder.asked"), await events(tx, "naming.made")]).toEqual([59, 59]);
      expect(await tx.$count(period, eq(period.openedBy, "incident"))).toBe(59);
      expect(await tx.select().from(retraining)).toHaveLength(1);
    }));
});
