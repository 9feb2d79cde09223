import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person, session } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "./permission.ts";
import { recordChanges } from "./person-version.server.ts";

/**
 * Records that a person has left, or will: from that day on nothing opens for them, and on the day itself their sessions end
 * at once. Their record stays. Null when nobody has the e-mail.
 */
export async function recordLeaving(
  db: Db,
  actor: Actor,
  input: { email: string; leftOn: string },
  now: Date,
): Promise<{ ok: true } | null> {
  return db.transaction(async (tx) => {
    const [who] = await tx
      .select()
      .from(person)
      .where(eq(person.email, input.email.trim().toLowerCase()))
      .for("update");
    allow(actor, "person.leave", { personId: who?.id ?? null });
    if (!who || who.erasedAt) return null;
    const { leftOn } = input;
    const today = now.toISOString().slice(0, 10);
    await tx.update(person).set({ leftOn }).where(eq(person.id, who.id));
    const change = { personId: who.id, before: who, after: { ...who, leftOn }, from: today };
    await recordChanges(tx, [change], actor.id, now);
    if (leftOn <= today) await tx.delete(session).where(eq(session.personId, who.id));
    const data = { personId: who.id, leftOn };
    await recordEvents(
      tx,
      actor,
      [{ type: "person.left", subjectType: "person", subjectId: who.id, data }],
      now,
    );
    return { ok: true };
  });
}
