import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person, session } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "./permission.ts";

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
    const [who] = await tx.select().from(person).where(eq(person.email, input.email.trim().toLowerCase()));
    allow(actor, "person.leave", { personId: who?.id ?? null });
    if (!who || who.erasedAt) return null;
    await tx.update(person).set({ leftOn: input.leftOn }).where(eq(person.id, who.id));
    if (input.leftOn <= now.toISOString().slice(0, 10))
      await tx.delete(session).where(eq(session.personId, who.id));
    const data = { personId: who.id, leftOn: input.leftOn };
    await recordEvents(
      tx,
      actor,
      [{ type: "person.left", subjectType: "person", subjectId: who.id, data }],
      now,
    );
    return { ok: true };
  });
}
