import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { mailing } from "#test/mailing.ts";
import { switchReminders } from "../communication/message-log.server.ts";
import { choosePreference } from "../communication/preference.server.ts";
import { system } from "../people/permission.ts";
import { openDuePeriods } from "./assignment.server.ts";
import { writeDigests } from "./digest.server.ts";
import { planReminders } from "./reminder.server.ts";
import { revokeCompetence } from "./revocation.server.ts";
import { acknowledgePolicies } from "./study.server.ts";

/** A Monday, ten in the morning in Rotterdam. */
const now = new Date("2026-11-23T09:00:00Z");
const day = 86_400_000;
const days = (n: number): Date => new Date(now.getTime() + n * day);
const baseUrl = "https://learn.aldermoor.example";

/** Mila, whose manager is Bo, and Ines of HR, with a course that has been assigned to none of them. */
async function aWorld(tx: Db, acknowledges: string[] = []) {
  await anOrganisation(tx);
  await aCourse(tx, now, { ...aModule(), acknowledges });
  const bo = await aPerson(tx, { id: "p-bo", name: "Bo", audiences: [], roles: ["employee", "manager"] });
  const ines = await aPerson(tx, { id: "p-ines", name: "Ines", audiences: [], roles: ["employee", "hr"] });
  const mila = await aPerson(tx, { id: "p-mila", name: "Mila", managerId: bo.id, language: "de-NL" });
  await tx.delete(period);
  return { bo, ines, mila };
}

async function assigned(tx: Db, personId: string, due: Date, overrides: object = {}): Promise<string> {
  const id = randomUUID();
  await tx.insert(period).values({
    id,
    personId,
    requirementSlug: aRequirement.slug,
    number: 1,
    assignedAt: days(-100),
    dueAt: due,
    graceUntil: due,
    ...overrides,
  });
  return id;
}

/** One turn of the schedule; the mails it wrote, by reader. */
async function turn(tx: Db, at: Date) {
  const planned = await planReminders(tx, mailing.reminders, at);
  const written = await writeDigests(tx, mailing, baseUrl, at);
  const mails = await tx.select().from(message).where(eq(message.createdAt, at)).orderBy(message.personId);
  return { planned, written, mails };
}

/** Lets a mail be taken, so that the next day brings another. */
const taken = (tx: Db) => tx.update(message).set({ outcome: "sent", endedAt: now });

onBothEngines("reminders", (database) => {
  it("climbs from the learner to the manager to HR while nothing happens, each step once", () =>
    database.rolledBack(async (tx) => {
      await aWorld(tx);
      await assigned(tx, "p-mila", days(2));
      const steps: [number, string[]][] = [
        [0, ["p-mila"]],
        [1, []],
        [2, ["p-bo", "p-mila"]],
        [9, ["p-bo", "p-mila"]],
        [16, ["p-bo", "p-ines", "p-mila"]],
        [23, []],
      ];
      for (const [at, readers] of steps) {
        const { mails } = await turn(tx, days(at));
        expect([at, mails.map((mail) => mail.personId)]).toEqual([at, readers]);
        expect(await turn(tx, days(at))).toMatchObject({ planned: 0, written: 0 });
        await taken(tx);
      }
      const [first, boss] = await tx.select().from(message).orderBy(message.createdAt, message.personId);
      expect(first).toMatchObject({ language: "de", topics: ["training"], optional: false });
      expect(first?.subject).toMatch(/ist am 25\. November 2026 fällig$/);
      expect(first?.text).toContain(`${baseUrl}/learn/${aRequirement.slug}`);
      expect(boss?.subject).toBe("Late in your team");
      expect(boss?.html).toContain(`<a href="${baseUrl}/records/p-mila">Mila</a>`);
      expect(boss?.text).toContain(`${baseUrl}/board?status=overdue`);
    }));

  it("asks for the acknowledgement of a policy likewise, until it is given", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx, ["ai-policy"]);
      await assigned(tx, mila.id, days(90), { assignedAt: now });
      const first = await turn(tx, now);
      expect(first.mails).toMatchObject([{ personId: "p-mila", topics: ["training", "policy"] }]);
      expect(first.mails[0]?.text).toContain(`${baseUrl}/policies/ai-policy`);
      await taken(tx);
      expect(await turn(tx, days(28))).toMatchObject({ mails: [{ topics: ["policy"], optional: false }] });
      await taken(tx);
      const late = await turn(tx, days(31));
      expect(late.mails.map((mail) => [mail.personId, mail.topics])).toEqual([
        ["p-bo", ["team"]],
        ["p-mila", ["policy"]],
      ]);
      expect(late.mails[0]?.text).toContain("Mila");
      await taken(tx);
      await planReminders(tx, mailing.reminders, days(45));
      const given = { requirement: aRequirement.slug, policies: ["ai-policy"] };
      await acknowledgePolicies(tx, actorFor(mila), given, days(45));
      expect(await writeDigests(tx, mailing, baseUrl, days(45))).toBe(0);
      expect(await planReminders(tx, mailing.reminders, days(60))).toBe(0);
    }));

  it("tells HR at once of somebody without a manager", () =>
    database.rolledBack(async (tx) => {
      const { bo, mila } = await aWorld(tx);
      await assigned(tx, mila.id, days(0));
      await tx.update(person).set({ leftOn: "2026-11-01" }).where(eq(person.id, bo.id));
      expect((await turn(tx, now)).mails.map((mail) => mail.personId)).toEqual(["p-ines", "p-mila"]);
    }));

  it("asks for no renewal once the certificate was revoked, though one had been announced", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const ines = await aPerson(tx, { id: "p-ines", audiences: [], roles: ["employee", "hr"] });
      const mila = await aPerson(tx);
      const module = aModule();
      await aCourse(tx, days(-1), module);
      await sitAssessment(tx, actorFor(mila), module, 1, now);
      const renewing = days(330);
      await openDuePeriods(tx, renewing);
      expect(await planReminders(tx, mailing.reminders, renewing)).toBe(1);
      const [issued] = await tx.select().from(certificate);
      await revokeCompetence(tx, actorFor(ines), issued?.id ?? "", "Taken by somebody else.", renewing);
      const { mails } = await turn(tx, renewing);
      const own = mails.find((mail) => mail.personId === mila.id);
      expect(own).toMatchObject({ topics: ["training"], optional: false });
      expect(own?.subject).toMatch(/^New training: /);
      expect(own?.text).not.toMatch(/Renew|counts until|are extra/);
    }));

  it("asks for no renewal of who left a requirement and is back in, with nothing ever proven", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await assigned(tx, mila.id, days(-60), { endedAt: days(-70), endedReason: "does_not_apply" });
      await assigned(tx, mila.id, days(40), { number: 2, assignedAt: now, graceUntil: days(54) });
      const { mails } = await turn(tx, now);
      expect(mails).toMatchObject([{ personId: mila.id, optional: false }]);
      expect(mails[0]?.text).not.toMatch(/Erneuern|gilt bis|zusätzlich/);
      await taken(tx);
      const late = await turn(tx, days(56));
      expect(late.mails[0]?.text).toContain(`${baseUrl}/board?status=overdue`);
      expect(late.mails[1]?.subject).toMatch(/^Überfällig/);
    }));

  it("tells nothing of who is waived, has left, or is not asked any more", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      const waived = await assigned(tx, mila.id, days(0));
      await tx.insert(waiver).values({
        id: randomUUID(),
        periodId: waived,
        reason: "On leave.",
        grantedBy: "p-ines",
        grantedAt: days(-1),
        until: days(30),
      });
      await assigned(tx, (await aPerson(tx, { leftOn: "2026-11-20" })).id, days(0));
      const ended = await assigned(tx, (await aPerson(tx)).id, days(0));
      await tx
        .update(period)
        .set({ endedAt: days(-1) })
        .where(eq(period.id, ended));
      expect(await turn(tx, now)).toMatchObject({ planned: 0, written: 0 });
    }));

  it("writes in the hours of each reader, once a local day, with what holds by then", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await assigned(tx, mila.id, days(20));
      const night = new Date("2026-11-23T02:00:00Z");
      expect(await turn(tx, night)).toMatchObject({ planned: 1, written: 0 });
      await tx.update(person).set({ timeZone: "Asia/Tokyo" }).where(eq(person.id, mila.id));
      expect(await writeDigests(tx, mailing, baseUrl, night)).toBe(1);
      await assigned(tx, mila.id, days(20), { number: 2, dueAt: days(5), graceUntil: days(5) });
      await taken(tx);
      expect(await turn(tx, new Date("2026-11-23T03:00:00Z"))).toMatchObject({ planned: 1, written: 0 });
      await tx.update(period).set({ completedAt: now }).where(eq(period.number, 2));
      const next = new Date("2026-11-24T03:00:00Z");
      expect(await writeDigests(tx, mailing, baseUrl, next)).toBe(0);
      expect(await tx.select().from(notice).where(eq(notice.droppedAt, next))).toHaveLength(1);
    }));

  it("replaces a mail that nobody has taken by one with all that is due", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await assigned(tx, mila.id, days(2));
      await turn(tx, now);
      await turn(tx, days(2));
      const mails = await tx
        .select()
        .from(message)
        .where(eq(message.personId, mila.id))
        .orderBy(message.createdAt);
      expect(mails.map((mail) => mail.outcome)).toEqual(["replaced", null]);
      const notices = await tx.select().from(notice).where(eq(notice.recipientId, mila.id));
      expect(notices.map((one) => one.messageId)).toEqual([mails[1]?.id, mails[1]?.id]);
    }));

  it("brings up a practice with a link for some days, unless it was switched off", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const mila = await aPerson(tx);
      const module = aModule();
      await aCourse(tx, days(-1), module);
      await sitAssessment(tx, actorFor(mila), module, 1, now);
      await tx.delete(notice);
      const at = new Date(days(3).getTime() + 3_600_000);
      const { mails } = await turn(tx, at);
      expect(mails).toMatchObject([{ topics: ["practice"], optional: true }]);
      expect(mails[0]?.text).toContain(`${baseUrl}/practice/${aRequirement.slug}`);
      expect(mails[0]?.text).toContain(`${baseUrl}/account/notices`);
      await taken(tx);
      const choice = { practice: false, early: true, hours: null };
      await choosePreference(tx, actorFor(mila), choice, at);
      expect(await turn(tx, new Date(days(10).getTime() + 3_600_000))).toMatchObject({
        planned: 1,
        written: 0,
      });
      await choosePreference(tx, actorFor(mila), { ...choice, practice: true }, at);
      expect(await turn(tx, days(50))).toMatchObject({ planned: 0, written: 0 });
    }));

  it("plans and writes nothing while reminders are paused", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await assigned(tx, mila.id, days(0));
      await switchReminders(tx, system, false, now);
      expect(await turn(tx, now)).toMatchObject({ planned: 0, written: 0 });
      await switchReminders(tx, system, true, now);
      expect(await turn(tx, now)).toMatchObject({ planned: 2, written: 2 });
    }));
});
