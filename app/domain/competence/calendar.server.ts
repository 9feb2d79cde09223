import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { mailIn, mailLanguage } from "../communication/mail-text.ts";
import { calendarOwner } from "../communication/preference.server.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type CalendarEntry, calendarFile } from "./calendar.ts";
import { organisationName } from "./digest.server.ts";
import type { Mailing } from "./mailing.ts";
import { isOpenSubject, periodSubjects } from "./reminder.server.ts";

type Setting = { mailing: Mailing; baseUrl: string };

/** The actor's due dates and expiries as a calendar file, in their language. */
export function ownCalendar(db: Db, actor: Actor, setting: Setting, now: Date): Promise<string> {
  allow(actor, "learning.take", { personId: actor.id });
  return calendarFor(db, actor.id, setting, now);
}

/** The same by the token of a private address, for a calendar that cannot sign in; null for one that opens nothing. */
export async function calendarByToken(
  db: Db,
  token: string,
  setting: Setting,
  now: Date,
): Promise<string | null> {
  const owner = await calendarOwner(db, token, now);
  return owner === null ? null : calendarFor(db, owner, setting, now);
}

async function calendarFor(
  db: Db,
  personId: string,
  { mailing, baseUrl }: Setting,
  now: Date,
): Promise<string> {
  const [reader] = await db
    .select({ language: person.language, timeZone: person.timeZone })
    .from(person)
    .where(eq(person.id, personId));
  const dayOf = (at: Date): string => lastDayUntil(at, reader?.timeZone ?? "UTC");
  const own = and(eq(period.personId, personId), or(isNull(period.completedAt), gt(period.expiresAt, now)));
  const subjects = await periodSubjects(db, own, now);
  const open = subjects.filter((one) => isOpenSubject(one, now));
  const renewed = new Set(open.map((one) => one.period.requirementSlug));
  const entries = subjects.flatMap((one): CalendarEntry[] => {
    const { id, dueAt, completedAt, expiresAt } = one.period;
    const { slug, title } = one.requirement;
    const renews = one.held !== null && one.held > now;
    if (open.includes(one)) return [{ id, kind: renews ? "renewal" : "due", day: dayOf(dueAt), slug, title }];
    // Once a renewal is open, its date is the same.
    if (completedAt === null || expiresAt === null || renewed.has(slug)) return [];
    return [{ id, kind: "expires", day: dayOf(expiresAt), slug, title }];
  });
  return calendarFile(entries, {
    words: mailIn(mailing.book, "calendar", mailLanguage(reader?.language ?? "")).texts,
    baseUrl,
    organisation: await organisationName(db),
  });
}
