import { asc, eq } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { concern, concernEvent } from "#db/schema/concerns.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { certificateCode, codeBytes } from "../evidence/certificate.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import {
  type ConcernEventKind,
  type ConcernKind,
  type ConcernRefusal,
  mayHandle,
  reportText,
  statusAfter,
} from "./concern.ts";
import { masked } from "./masking.ts";

/**
 * Takes a report of an AI incident or concern, masked (ISO/IEC 42001 A.3.3; ai-incident-procedure 2). An anonymous one
 * is stored and logged as if the product had written it: no row, audit event or statement names the reporter, and `code`
 * is the only way back to it. `tool` is the tool it is about, kept as written. The code is answered here once; only its hash is kept. No report becomes a learning statement.
 */
export async function reportConcern(
  db: Db,
  actor: Actor,
  input: { text: string; kind: ConcernKind; anonymous: boolean; tool?: string | undefined },
  now: Date,
): Promise<{ concernId: string; number: number; code: string | null }> {
  allow(actor, "concern.report", { personId: actor.id });
  const { kind, anonymous, tool = "" } = input;
  const code = anonymous ? certificateCode(randomBytes(codeBytes)) : null;
  return db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(concern)
      .values({
        id: randomUUID(),
        reporterId: anonymous ? null : actor.id,
        followUpHash: code === null ? null : sha256(code),
        kind,
        text: masked(reportText(input.text, tool), { tools: [tool] }),
        status: "open",
        at: now,
      })
      .returning({ id: concern.id, number: concern.number });
    if (!stored) throw new Error("the report was not stored");
    const { id, number } = stored;
    const data = { number, kind, anonymous };
    await recordEvents(
      tx,
      anonymous ? system : actor,
      [{ type: "concern.reported", subjectType: "concern", subjectId: id, data }],
      now,
    );
    return { concernId: id, number, code };
  });
}

export type Handled = { ok: true } | { ok: false; reason: ConcernRefusal } | null;

/** Tells the reporter that the report has arrived. Null when there is no such report. */
export function acknowledgeConcern(
  db: Db,
  actor: Actor,
  input: { concernId: string },
  now: Date,
): Promise<Handled> {
  return take(db, actor, "acknowledged", { ...input, note: "" }, now);
}

/** Answers a report, or adds to an answer. Null when there is no such report. */
export function answerConcern(
  db: Db,
  actor: Actor,
  input: { concernId: string; note: string },
  now: Date,
): Promise<Handled> {
  return take(db, actor, "answered", input, now);
}

/** Closes a report for good and tells the reporter what has changed (ai-incident-procedure 4.1). Null when there is none. */
export function closeConcern(
  db: Db,
  actor: Actor,
  input: { concernId: string; note: string },
  now: Date,
): Promise<Handled> {
  return take(db, actor, "closed", input, now);
}

async function take(
  db: Db,
  actor: Actor,
  step: ConcernEventKind,
  input: { concernId: string; note: string },
  now: Date,
): Promise<Handled> {
  allow(actor, "concern.handle", {});
  return db.transaction(async (tx) => {
    const [about] = await tx.select().from(concern).where(eq(concern.id, input.concernId)).for("update");
    if (!about) return null;
    const taken = await tx
      .select({ kind: concernEvent.kind })
      .from(concernEvent)
      .where(eq(concernEvent.concernId, about.id))
      .orderBy(asc(concernEvent.position));
    const kinds = taken.map((event) => event.kind);
    const allowed = mayHandle(about, actor.id, step, kinds);
    if (!allowed.ok) return allowed;
    await tx.insert(concernEvent).values({
      id: randomUUID(),
      concernId: about.id,
      position: kinds.length + 1,
      kind: step,
      actorId: actor.id,
      at: now,
      // Whoever holds a code reads it, and the reporter of a colleague is no reader of their data.
      note: masked(input.note),
    });
    await tx
      .update(concern)
      .set({ status: statusAfter(step) })
      .where(eq(concern.id, about.id));
    const data = { number: about.number };
    await recordEvents(
      tx,
      actor,
      [{ type: `concern.${step}`, subjectType: "concern", subjectId: about.id, data }],
      now,
    );
    return { ok: true } as const;
  });
}
