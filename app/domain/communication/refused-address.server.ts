import { and, arrayContains, asc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { refusedAddress } from "#db/schema/mail.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";

/** An address that mails do not reach. */
export type RefusedAddress = {
  personId: string;
  name: string;
  /** What the mail server said of it. */
  answer: string;
  refusedAt: Date;
  messageId: string;
};

/** How the step of the notice to HR is called; it is told once of each mail that found an address refused. */
export const refusedStep = "address-refused";

/** Which of some people cannot be reached at the address they have now, and why; all people without ids. */
export async function refusedAddresses(db: Db, personIds?: readonly string[]): Promise<RefusedAddress[]> {
  if (personIds?.length === 0) return [];
  const { personId, answer, refusedAt, messageId } = refusedAddress;
  return db
    .select({ personId, answer, refusedAt, messageId, name: person.name })
    .from(refusedAddress)
    .innerJoin(person, and(eq(person.id, personId), eq(person.email, refusedAddress.address)))
    .where(personIds ? inArray(personId, [...personIds]) : undefined)
    .orderBy(asc(person.name), asc(person.id));
}

/** Everybody who works here and cannot be reached; for those who look after mails. */
export async function unreachablePeople(db: Db, actor: Actor, now: Date): Promise<RefusedAddress[]> {
  allow(actor, "message.read", {});
  const rows = await refusedAddresses(db);
  const here = new Set(
    (await db.select({ id: person.id }).from(person).where(present(now))).map((row) => row.id),
  );
  return rows.filter((one) => here.has(one.personId));
}

/**
 * Notes that a mail server refused an address for good, in the caller's transaction, and has HR told in their next mail. What is
 * known of the address already changes nothing.
 */
export async function noteRefusedAddress(
  tx: Db,
  input: { personId: string; address: string; answer: string; messageId: string },
  now: Date,
): Promise<void> {
  const { personId, ...set } = input;
  const [known] = await refusedAddresses(tx, [personId]);
  if (known) return;
  await tx
    .insert(refusedAddress)
    .values({ ...input, refusedAt: now })
    .onConflictDoUpdate({ target: refusedAddress.personId, set: { ...set, refusedAt: now } });
  const hr = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(arrayContains(person.roles, ["hr"]), present(now)));
  const told = { topic: "address", subjectId: input.messageId, step: refusedStep } as const;
  for (const { id } of hr)
    // Whom the refusal is about cannot be told by mail.
    if (id !== personId)
      await tx
        .insert(notice)
        .values({ ...told, recipientId: id, optional: false, createdAt: now })
        .onConflictDoNothing();
  await recordEvents(
    tx,
    system,
    [{ type: "address.refused", subjectType: "person", subjectId: personId, data: { personId } }],
    now,
  );
}

/**
 * Has the address of a person written to again, and the mail that found it refused with it. False where no refusal is known of
 * the address they have.
 */
export async function tryAddressAgain(db: Db, actor: Actor, personId: string, now: Date): Promise<boolean> {
  allow(actor, "message.manage", {});
  return db.transaction(async (tx) => {
    const [known] = await refusedAddresses(tx, [personId]);
    if (!known) return false;
    const set = { outcome: null, endedAt: null, attempts: 0, failure: null, queuedAt: now, nextTryAt: now };
    await tx
      .update(message)
      .set(set)
      .where(and(eq(message.id, known.messageId), eq(message.outcome, "gave_up")));
    await clearRefusedAddress(tx, actor, personId, now);
    return true;
  });
}

/** Forgets a refusal, in the caller's transaction, so that mails go out to the address again. */
export async function clearRefusedAddress(
  tx: Db,
  actor: Pick<Actor, "id">,
  personId: string,
  now: Date,
): Promise<void> {
  const gone = await tx
    .delete(refusedAddress)
    .where(eq(refusedAddress.personId, personId))
    .returning({ id: refusedAddress.personId });
  if (gone.length === 0) return;
  await recordEvents(
    tx,
    actor,
    [{ type: "address.cleared", subjectType: "person", subjectId: personId, data: { personId } }],
    now,
  );
}

const present = (now: Date) => or(isNull(person.leftOn), gt(person.leftOn, now.toISOString().slice(0, 10)));
