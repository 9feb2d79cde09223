import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { onBothEngines } from "#test/database.ts";
import { recordEvents, verifyChain } from "./event.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const actor = { id: "p-mila" };
const signedIn = { type: "person.signed_in", subjectType: "person", subjectId: "p-mila", data: {} } as const;

onBothEngines("audit chain", (database) => {
  it("links events without gaps and verifies", () =>
    database.rolledBack(async (tx) => {
      await recordEvents(tx, actor, [signedIn, signedIn], now);
      await recordEvents(tx, actor, [signedIn], now);
      expect(await verifyChain(tx)).toEqual({ links: 3, broken: null });
    }));

  it("names the link that was tampered with", () =>
    database.rolledBack(async (tx) => {
      await recordEvents(tx, actor, [signedIn, signedIn, signedIn], now);
      await tx.update(auditEvent).set({ actorId: "p-other" }).where(eq(auditEvent.seq, 2));
      expect(await verifyChain(tx)).toEqual({ links: 1, broken: 2 });
    }));

  it("notices that the end was cut off", () =>
    database.rolledBack(async (tx) => {
      await recordEvents(tx, actor, [signedIn, signedIn], now);
      await tx.delete(auditEvent).where(eq(auditEvent.seq, 2));
      expect((await verifyChain(tx)).broken).toBe(2);
    }));

  it("keeps one chain when many write at once", async () => {
    const writes = Array.from({ length: 12 }, () =>
      database.db.transaction((tx) => recordEvents(tx, actor, [signedIn], now)),
    );
    await Promise.all(writes);
    expect(await verifyChain(database.db)).toEqual({ links: 12, broken: null });
  });
});
