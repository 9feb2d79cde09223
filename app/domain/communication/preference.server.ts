import { eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { noticePreference } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { SendingHours } from "./hours.ts";
import type { NoticeChoice } from "./notice.ts";
import { switchBehind } from "./switch-link.server.ts";

/** What a person chose; `hours` null: as the organisation has it. */
export type Preference = NoticeChoice & { hours: SendingHours | null; calendarSince: Date | null };

const untold: Preference = { practice: true, early: true, hours: null, calendarSince: null };

type Row = typeof noticePreference.$inferSelect;

function preferenceOf(row: Row | undefined): Preference {
  if (!row) return untold;
  const { practice, early, hoursFrom: from, hoursUntil: until, weekends, calendarSince } = row;
  const hours = from !== null && until !== null && weekends !== null ? { from, until, weekends } : null;
  return { practice, early, hours, calendarSince };
}

/** The choices of people, by id; whoever chose nothing has those of everybody. */
export async function preferencesOf(db: Db, ids: readonly string[]): Promise<(id: string) => Preference> {
  if (ids.length === 0) return () => untold;
  const rows = await db
    .select()
    .from(noticePreference)
    .where(inArray(noticePreference.personId, [...ids]));
  const known = new Map(rows.map((row) => [row.personId, preferenceOf(row)]));
  return (id) => known.get(id) ?? untold;
}

/** The actor's own choices. */
export async function ownPreference(db: Db, actor: Actor): Promise<Preference> {
  allow(actor, "notice.choose", { personId: actor.id });
  return (await preferencesOf(db, [actor.id]))(actor.id);
}

/** Stores the actor's choices about notices and hours. */
export async function choosePreference(
  db: Db,
  actor: Actor,
  input: NoticeChoice & { hours: SendingHours | null },
  now: Date,
): Promise<void> {
  allow(actor, "notice.choose", { personId: actor.id });
  const { practice, early, hours } = input;
  const set = {
    practice,
    early,
    hoursFrom: hours?.from ?? null,
    hoursUntil: hours?.until ?? null,
    weekends: hours?.weekends ?? null,
  };
  await db.transaction(async (tx) => {
    await tx
      .insert(noticePreference)
      .values({ personId: actor.id, ...set })
      .onConflictDoUpdate({ target: noticePreference.personId, set });
    await recordEvents(
      tx,
      actor,
      [{ type: "notices.chosen", ...subject(actor.id), data: { practice, early } }],
      now,
    );
  });
}

/**
 * Switches off what a link of a mail stands for, without sign-in: holding the link is the permission. Answers which, or null
 * for a link that is not ours. Repeating changes nothing.
 */
export async function switchOff(
  db: Db,
  token: string,
  now: Date,
): Promise<{ by: "practice" | "early" } | null> {
  const behind = await switchBehind(db, token);
  if (!behind) return null;
  const { personId, by } = behind;
  return db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: person.id })
      .from(person)
      .where(eq(person.id, personId))
      .for("update");
    if (!known) return null;
    const before = (await preferencesOf(tx, [personId]))(personId);
    if (!before[by]) return { by };
    const { practice, early }: NoticeChoice = { ...before, [by]: false };
    await tx
      .insert(noticePreference)
      .values({ personId, practice, early })
      .onConflictDoUpdate({ target: noticePreference.personId, set: { practice, early } });
    await recordEvents(
      tx,
      { id: personId },
      [{ type: "notices.chosen", ...subject(personId), data: { practice, early } }],
      now,
    );
    return { by };
  });
}

/** A source of random bytes that nobody can guess, such as that of `node:crypto`. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * Makes the address of the actor's calendar for programs that cannot sign in; the one before opens nothing any more. The token
 * is not kept: this is the only time it is told.
 */
export async function openCalendar(
  db: Db,
  actor: Actor,
  now: Date,
  randomBytes: RandomBytes,
): Promise<{ token: string }> {
  const token = Buffer.from(randomBytes(32)).toString("base64url");
  await setCalendar(db, actor, { calendarHash: sha256(token), calendarSince: now }, now);
  return { token };
}

/** Ends the address of the actor's calendar at once. */
export function closeCalendar(db: Db, actor: Actor, now: Date): Promise<void> {
  return setCalendar(db, actor, { calendarHash: null, calendarSince: null }, now);
}

async function setCalendar(
  db: Db,
  actor: Actor,
  set: Pick<Row, "calendarHash" | "calendarSince">,
  now: Date,
): Promise<void> {
  allow(actor, "notice.choose", { personId: actor.id });
  await db.transaction(async (tx) => {
    await tx
      .insert(noticePreference)
      .values({ personId: actor.id, ...set })
      .onConflictDoUpdate({ target: noticePreference.personId, set });
    const type = set.calendarHash === null ? "calendar.closed" : "calendar.opened";
    await recordEvents(tx, actor, [{ type, ...subject(actor.id), data: {} }], now);
  });
}

/** Whose calendar a token opens; null for an unknown or ended one, or when its person has left. */
export async function calendarOwner(db: Db, token: string, now: Date): Promise<string | null> {
  const [row] = await db
    .select({ id: person.id, leftOn: person.leftOn })
    .from(noticePreference)
    .innerJoin(person, eq(person.id, noticePreference.personId))
    .where(eq(noticePreference.calendarHash, sha256(token)));
  if (!row || (row.leftOn !== null && row.leftOn <= now.toISOString().slice(0, 10))) return null;
  return row.id;
}

const subject = (id: string) => ({ subjectType: "person", subjectId: id }) as const;
