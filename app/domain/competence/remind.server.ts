import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { replaceWaiting } from "../communication/message.server.ts";
import { refusedAddresses } from "../communication/refused-address.server.ts";
import { localDay } from "../communication/sending-hours.ts";
import { mailSettings } from "../communication/switch-link.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { dayOf } from "./board-row.server.ts";
import { isRemindedOn, type ReminderRefusal, stepOfAsking } from "./remind.ts";
import { isOpenSubject, periodSubjects } from "./reminder.server.ts";

/** Mails older than this are not of today anywhere. */
const recentMs = 2 * 86_400_000;

/**
 * Has a person reminded of what is open of a requirement, in the mail of the day and at their hours: a required training can
 * be brought up whatever they switched off. What is asked under one `askId` goes into one mail, and nobody is reminded by
 * hand twice a day. Null when there is no such period.
 */
export async function askReminder(
  db: Db,
  actor: Actor,
  input: { periodId: string; askId: string },
  now: Date,
): Promise<{ ok: true; noticeId: number } | { ok: false; reason: ReminderRefusal } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ period, person })
      .from(period)
      .innerJoin(person, eq(person.id, period.personId))
      .where(eq(period.id, input.periodId));
    allow(actor, "reminder.send", { personId: row?.period.personId ?? null });
    if (!row) return null;
    const { id: personId, leftOn, email, erasedAt, timeZone } = row.person;
    if (leftOn !== null && leftOn <= dayOf(now)) return { ok: false, reason: "left" };
    const refused = await refusedAddresses(tx, [personId]);
    if (email === "" || erasedAt !== null || refused.length > 0) return { ok: false, reason: "no_address" };
    if (!(await mailSettings(tx)).reminders) return { ok: false, reason: "reminders_off" };
    const requirement = row.period.requirementSlug;
    const asked = and(
      eq(period.personId, personId),
      eq(period.requirementSlug, requirement),
      isNull(period.completedAt),
    );
    const open = (await periodSubjects(tx, asked, now)).find((one) => isOpenSubject(one, now));
    if (!open) return { ok: false, reason: "nothing_open" };
    const of = { subjectId: open.period.id, step: stepOfAsking(input.askId) };
    const told = await recentlyTold(tx, personId, timeZone, now);
    if (isRemindedOn(localDay(now, timeZone), of, told)) return { ok: false, reason: "reminded_today" };
    const [made] = await tx
      .insert(notice)
      .values({
        ...of,
        recipientId: personId,
        topic: "training",
        optional: false,
        askedBy: actor.id,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: notice.id });
    if (!made) return { ok: false, reason: "reminded_today" };
    const data = { personId, requirement };
    await recordEvents(
      tx,
      actor,
      [{ type: "reminder.asked", subjectType: "period", subjectId: open.period.id, data }],
      now,
    );
    return { ok: true, noticeId: made.id };
  });
}

async function recentlyTold(tx: Db, personId: string, timeZone: string, now: Date) {
  const rows = await tx
    .select({
      subjectId: notice.subjectId,
      step: notice.step,
      askedBy: notice.askedBy,
      mailed: message.createdAt,
      outcome: message.outcome,
    })
    .from(notice)
    .leftJoin(message, eq(message.id, notice.messageId))
    .where(
      and(
        eq(notice.recipientId, personId),
        eq(notice.topic, "training"),
        isNull(notice.droppedAt),
        or(isNull(notice.messageId), gt(message.createdAt, new Date(now.getTime() - recentMs))),
      ),
    );
  return rows.map(({ subjectId, step, askedBy, mailed, outcome }) => ({
    subjectId,
    step,
    byHand: askedBy !== null,
    // A mail that waits is written anew with what is asked now.
    mailedOn: mailed === null || outcome === null ? null : localDay(mailed, timeZone),
  }));
}

/**
 * Calls a reminder back that nobody has taken yet: the mail that tells of it is written anew without it. Null when there is
 * no such reminder.
 */
export async function callReminderBack(
  db: Db,
  actor: Actor,
  noticeId: number,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "sent" | "nothing_left" } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(notice).where(eq(notice.id, noticeId)).for("update");
    allow(actor, "reminder.send", { personId: row?.recipientId ?? null });
    if (!row) return null;
    if (row.droppedAt !== null) return { ok: false, reason: "nothing_left" };
    const { recipientId: personId, messageId } = row;
    if (messageId !== null) {
      const [mail] = await tx.select().from(message).where(eq(message.id, messageId)).for("update");
      const isSending = mail?.outcome === null && mail.sendingUntil !== null && mail.sendingUntil > now;
      if (!mail || mail.outcome === "sent" || isSending) return { ok: false, reason: "sent" };
      if (mail.outcome !== null) return { ok: false, reason: "nothing_left" };
      await replaceWaiting(tx, personId, now);
    }
    await tx.update(notice).set({ droppedAt: now }).where(eq(notice.id, noticeId));
    const about = { subjectType: "period", subjectId: row.subjectId };
    await recordEvents(tx, actor, [{ type: "reminder.called_back", ...about, data: { personId } }], now);
    return { ok: true };
  });
}
