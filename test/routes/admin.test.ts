import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { outbox } from "#db/schema/evidence.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import { syncTargets } from "#app/domain/evidence/lrs-target.server.ts";
import { recordStatements, statementContext } from "#app/domain/evidence/statement.server.ts";
import { loader as auditLoader } from "#app/routes/_app.admin.audit.tsx";
import { action as replayAction, loader as outboxLoader } from "#app/routes/_app.admin.outbox.tsx";
import { loader as statementsLoader } from "#app/routes/_app.admin.statements.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
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

const central = { name: "central", endpoint: "https://lrs.example/xapi" };

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

  it("show what waits for each record store, and put it in line again for administrators alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type Page = Awaited<ReturnType<typeof outboxLoader>>;
      const page = async (as: string, search = "") =>
        (await open<Page>(outboxLoader, context, `/admin/outbox${search}`, { as })).body;
      expect((await page("p-sofia")).targets).toEqual([]);

      await syncTargets(tx, [central], now);
      await write(tx, "p-mila", 3);
      const later = new Date("2026-11-23T10:30:00Z");
      await tx.update(outbox).set({ attempts: 9, nextTryAt: later, lastError: "The LRS answered 503." });
      expect(await page("p-august")).toMatchObject({
        mayReplay: false,
        targets: [
          {
            target: "central",
            endpoint: central.endpoint,
            waiting: 3,
            oldest: now,
            nextTryAt: later,
            lastError: "The LRS answered 503.",
          },
        ],
      });

      const replay = (as: string, target: string) =>
        send(replayAction, context, "/admin/outbox", { target }, { as });
      expect(await replay("p-august", "central")).toMatchObject({ status: 403 });
      expect(await replay("p-sofia", "nobody")).toMatchObject({
        status: 409,
        form: { message: "There is no target nobody any more." },
      });
      expect(await replay("p-sofia", "")).toMatchObject({ status: 422 });
      expect(await replay("p-sofia", "central")).toMatchObject({
        status: 302,
        location: "/admin/outbox?again=central",
      });
      expect(await page("p-sofia", "?again=central")).toMatchObject({
        again: "central",
        targets: [{ nextTryAt: now }],
      });
      expect((await page("p-sofia", "?again=<b>nobody")).again).toBeNull();
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
      expect(first.entries[0]).toMatchObject({ verb: "asked", line: "Mila Óg asked May I use it?" });
      const second = await page(`?person=mila&verb=asked&before=${first.next}`);
      expect(second).toMatchObject({ next: null, filter: { person: "mila", verb: "asked" } });
      expect(second.entries).toHaveLength(10);
      expect((await page("?verb=passed")).entries).toEqual([]);
      expect((await page("?person=%25")).entries).toEqual([]);
      expect((await page("?verb=nonsense&before=-1")).entries).toHaveLength(50);
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
