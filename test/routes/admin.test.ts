import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import { recordStatements, statementContext } from "#app/domain/evidence/statement.server.ts";
import { loader as auditLoader } from "#app/routes/_app.admin.audit/route.tsx";
import { loader as outboxLoader } from "#app/routes/_app.admin.outbox/route.tsx";
import { loader as statementsLoader } from "#app/routes/_app.admin.statements/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { anOrganisation, aPerson, aStatement } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", name: "Mila Óg", roles: ["employee", "manager", "reviewer", "author"] });
  await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"] });
  await aPerson(tx, { id: "p-august", name: "August Lind", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-sofia", roles: ["employee", "admin"] });
  return services(tx, now);
}

/** Stores `count` statements of somebody. */
async function write(tx: Db, personId: string, count: number): Promise<void> {
  const who = await statementContext(tx, personId);
  const scope = randomUUID();
  const made = Array.from({ length: count }, (_, position) => aStatement(who, { scope, position }));
  await recordStatements(tx, made, now);
}

onBothEngines("the pages for administrators and auditors", (database) => {
  it("are closed to others, and to visitors", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const statusOf = async (loader: Parameters<typeof open>[0], as: string | null) =>
        (await open(loader, context, "/admin/x", { as })).status;
      expect(await statusOf(statementsLoader, "p-mila")).toBe(403);
      expect(await statusOf(outboxLoader, "p-mila")).toBe(403);
      expect(await statusOf(auditLoader, "p-mila")).toBe(403);
      expect(await statusOf(auditLoader, "p-dana")).toBe(403);
      for (const loader of [statementsLoader, outboxLoader, auditLoader]) {
        expect(await statusOf(loader, null)).toBe(302);
        for (const as of ["p-august", "p-sofia"]) expect(await statusOf(loader, as)).toBe(200);
      }
    }));

  it("page through the statements of one person and verb", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await write(tx, "p-mila", 60);
      await write(tx, "p-dana", 5);
      type Page = Awaited<ReturnType<typeof statementsLoader>>;
      const page = async (search: string) =>
        (await open<Page>(statementsLoader, context, `/admin/statements${search}`, { as: "p-dana" })).body;
      const first = await page("?person=mila&verb=asked");
      expect(first.entries).toHaveLength(50);
      expect(first.entries[0]).toMatchObject({
        line: "Mila Óg asked May I use it?",
        parts: { verb: "asked" },
      });
      const second = await page(`?person=mila&verb=asked&before=${first.next}`);
      expect(second).toMatchObject({ next: null, filter: { person: "mila", verb: "asked" } });
      expect(second.entries).toHaveLength(10);
      expect((await page("?verb=passed")).entries).toEqual([]);
      expect((await page("?person=%25")).entries).toEqual([]);
      expect((await page("?verb=nonsense")).entries).toEqual([]);
      expect((await page("?since=yesterday&before=-1")).entries).toHaveLength(50);
    }));

  it("show the audit log in words and say whether the chain holds", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const event = { type: "record.read", subjectType: "person", subjectId: "p-mila" } as const;
      const events = Array.from({ length: 55 }, () => ({ ...event, data: { personId: "p-mila" } }));
      await recordEvents(tx, { id: "p-august" }, events, now);
      type Page = Awaited<ReturnType<typeof auditLoader>>;
      const page = async (search = "") =>
        (await open<Page>(auditLoader, context, `/admin/audit${search}`, { as: "p-august" })).body;
      const first = await page();
      expect(first.verification).toBeNull();
      expect(first.entries[0]).toMatchObject({ actorName: "August Lind", what: "Read a person’s record" });
      expect(first.entries).toHaveLength(50);
      const second = await page(`?before=${first.next}`);
      expect(second.entries.map((e) => e.seq)).toEqual([5, 4, 3, 2, 1]);
      expect(second.next).toBeNull();
      expect((await page("?verify")).verification).toEqual({ links: 55, broken: null });
      await tx
        .update(auditEvent)
        .set({ data: { personId: "p-dana" } })
        .where(eq(auditEvent.seq, 30));
      expect((await page("?verify")).verification).toEqual({ links: 29, broken: 30 });
    }));
});
