import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { statement } from "#db/schema/lrs.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { certificateRevocation } from "#db/schema/evidence.ts";
import { credential, person, session } from "#db/schema/people.ts";
import { erasureRequest } from "#db/schema/privacy.ts";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { boardFilter } from "../competence/board.ts";
import { recordExport } from "../competence/board-export.server.ts";
import { changePerson } from "../competence/person-details.server.ts";
import { erasureCategories, type ErasureDecision } from "../people/erasure.ts";
import { importPeople } from "../people/import.server.ts";
import { recordLeaving } from "../people/leaving.server.ts";
import { versionsOf } from "../people/person-version.server.ts";
import { Forbidden } from "../people/permission.ts";
import { changedReasons } from "./audit-words.server.ts";
import { certificatesOf, revokeCertificate } from "./certificate.server.ts";
import {
  decideErasureRequest,
  endHold,
  erasureRequests,
  evidenceHolds,
  placeHold,
  requestErasure,
} from "./erasure-request.server.ts";
import { applyRetention } from "./retention.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const name = "Zofia Nowak-Testowa";
const email = "zofia.testowa@aldermoor.example";

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const zofia = await aPerson(tx, { id: "p-1f9c", name, email });
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  await aCourse(tx, now);
  await sitAssessment(tx, actorFor(zofia), aModule(), 1, now);
  await tx.insert(credential).values({ personId: zofia.id, passwordHash: "x", changedAt: now });
  const sessions = { personId: zofia.id, createdAt: now, lastSeenAt: now, expiresAt: later(1) };
  await tx.insert(session).values({ id: "s", ...sessions });
  return { zofia: actorFor(zofia), hr };
}

const leave = (tx: Db) => tx.update(person).set({ leftOn: "2026-11-20" }).where(eq(person.id, "p-1f9c"));

const decisions = (erase: boolean): ErasureDecision[] =>
  erasureCategories.map((category) => ({ category, erase, ground: erase ? "not_needed" : "legal_duty" }));

/** Tables whose rows hold a text anywhere. */
async function tablesHolding(tx: Db, text: string): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(
    tx,
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const holding: string[] = [];
  for (const { name: table } of tables) {
    const [row] = await rowsOf<{ n: number }>(
      tx,
      sql`select count(*)::int as n from ${sql.identifier(table)} t where t::text like ${`%${text}%`}`,
    );
    if ((row?.n ?? 0) > 0) holding.push(table);
  }
  return holding;
}

async function rowsOf<T>(tx: Db, query: ReturnType<typeof sql>): Promise<T[]> {
  const found = (await tx.execute(query)) as unknown as T[] | { rows: T[] };
  return Array.isArray(found) ? found : found.rows;
}

onBothEngines("an erasure", (database) => {
  it("takes a person's name out of every table and leaves every statement as it was", () =>
    database.rolledBack(async (tx) => {
      const { zofia, hr } = await aWorld(tx);
      const statements = () => tx.select().from(statement).orderBy(statement.seq);
      const before = await statements();
      expect(before.length).toBeGreaterThan(5);
      expect(await tablesHolding(tx, name)).toContain("certificate");
      const reason = `Please erase ${name}.`;
      expect(await requestErasure(tx, zofia, { personId: zofia.id, reason }, now)).toEqual({ ok: true });
      expect(await requestErasure(tx, zofia, { personId: zofia.id, reason }, now)).toMatchObject({
        reason: "open",
      });
      const [open] = await erasureRequests(tx, hr, now);
      const id = open?.id ?? "";
      expect(await decideErasureRequest(tx, hr, { id, decisions: decisions(true) }, now)).toEqual({
        ok: false,
        reason: "refused",
        refusals: { identity: "employed" },
      });
      expect(await recordLeaving(tx, hr, { email, leftOn: "2026-11-20" }, now)).toEqual({ ok: true });
      expect(await tablesHolding(tx, name)).toContain("person_version");
      expect(await decideErasureRequest(tx, hr, { id, decisions: decisions(true) }, now)).toEqual({
        ok: true,
      });
      expect(await tablesHolding(tx, name)).toEqual([]);
      expect(await tablesHolding(tx, email)).toEqual([]);
      expect(await statements()).toEqual(before);
      const [who] = await tx.select().from(person).where(eq(person.id, zofia.id));
      const versions = (await versionsOf(tx, [zofia.id])).get(zofia.id) ?? [];
      expect(versions.map((one) => [one.name, one.department, one.location, one.leftOn])).toEqual([
        [who?.name, "", "", null],
        [who?.name, "", "", "2026-11-20"],
      ]);
      expect(who).toMatchObject({ name: `Former employee ${who?.pseudonym.slice(0, 8)}`, roles: [] });
      expect([await tx.$count(session), await tx.$count(credential)]).toEqual([0, 0]);
      expect(await erasureRequests(tx, hr, now)).toMatchObject([{ outcome: "granted", decidedBy: "p-hr" }]);
    }));

  it("takes what was written of a person out of reach of the audit log, whose chain still holds", () =>
    database.rolledBack(async (tx) => {
      const { zofia, hr } = await aWorld(tx);
      const [issued] = await certificatesOf(tx, hr, zofia.id, now);
      const reason = `${name} had the answers from a colleague.`;
      await revokeCertificate(tx, hr, issued?.id ?? "", reason, now, "conduct");
      const details = {
        department: "Customer Support",
        location: "Austin",
        employmentType: "permanent",
        computerShare: 90,
        audiences: ["all-staff"],
      } as Parameters<typeof changePerson>[2]["details"];
      await changePerson(tx, hr, { personId: zofia.id, details }, now);
      const filter = boardFilter.parse({ q: name });
      await recordExport(tx, hr, { filter, asAt: null }, 1, now);
      expect(await tablesHolding(tx, name)).not.toContain("audit_event");
      expect(await tablesHolding(tx, encodeURIComponent("Nowak-Testowa"))).not.toContain("audit_event");

      // While it is kept it is held to what was recorded.
      expect(await changedReasons(tx)).toEqual([]);
      await tx.transaction(async (inner) => {
        await inner.update(certificateRevocation).set({ reason: "Nothing happened." });
        expect(await changedReasons(inner)).toEqual([issued?.id]);
        await inner.update(certificateRevocation).set({ reason });
      });

      await leave(tx);
      await requestErasure(tx, hr, { personId: zofia.id, reason: "By letter." }, now);
      const [open] = await erasureRequests(tx, hr, now);
      expect(open?.events).toHaveLength(1);
      const decide = { id: open?.id ?? "", decisions: decisions(true) };
      expect(await decideErasureRequest(tx, hr, decide, now)).toEqual({ ok: true });
      expect(await tablesHolding(tx, name)).toEqual([]);
      expect(await tablesHolding(tx, "answers from a colleague")).toEqual([]);
      expect(await changedReasons(tx)).toEqual([]);
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
      const [decided] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "erasure.decided"));
      expect(decided?.data).toMatchObject({ events: open?.events });
    }));

  it("is decided by somebody else, and not against a hold", () =>
    database.rolledBack(async (tx) => {
      const { zofia, hr } = await aWorld(tx);
      await leave(tx);
      await requestErasure(tx, hr, { personId: zofia.id, reason: "She asked by letter." }, now);
      await requestErasure(tx, hr, { personId: hr.id, reason: "My own data." }, now);
      const rows = await tx.select().from(erasureRequest);
      const of = (personId: string): string => rows.find((one) => one.personId === personId)?.id ?? "";
      const decide = (actor: typeof hr, personId: string) =>
        decideErasureRequest(tx, actor, { id: of(personId), decisions: decisions(true) }, now);
      await expect(decide(hr, hr.id)).rejects.toThrow(Forbidden);
      await expect(decide(zofia, zofia.id)).rejects.toThrow(Forbidden);
      const hold = { email, categories: ["answers" as const], reason: "Open audit.", until: "2026-12-31" };
      await placeHold(tx, hr, hold, now);
      expect(await decide(hr, zofia.id)).toMatchObject({ refusals: { answers: "held" } });
      const [placed] = await evidenceHolds(tx, hr);
      await endHold(tx, hr, placed?.id ?? "", now);
      expect(await decide(hr, zofia.id)).toEqual({ ok: true });
    }));
});

onBothEngines("what was kept long enough", (database) => {
  it("is deleted, unless a hold keeps it, and an erased person does not come back by an import", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const rules = [
        { kind: "leaver_answers" as const, days: 10 },
        { kind: "leaver_identity" as const, days: 30 },
      ];
      expect(await applyRetention(tx, rules, later(60))).toEqual({});
      await leave(tx);
      await placeHold(
        tx,
        hr,
        { email: null, categories: ["identity"], reason: "Open audit.", until: "2027-01-01" },
        now,
      );
      expect(await applyRetention(tx, rules, later(26))).toEqual({ leaver_answers: 1 });
      expect(await applyRetention(tx, rules, later(30))).toEqual({});
      expect(await applyRetention(tx, rules, later(60))).toEqual({ leaver_identity: 1 });
      expect(await applyRetention(tx, rules, later(60))).toEqual({});
      await importPeople(
        tx,
        [
          {
            id: "p-1f9c",
            name,
            email,
            department: "Sales",
            title: "Clerk",
            manager_id: null,
            location: "Rotterdam",
            time_zone: "Europe/Amsterdam",
            language: "en",
            employment_type: "permanent",
            hired_on: "2024-01-08",
            computer_share: 90,
            audiences: ["all-staff"],
            roles: ["employee"],
          },
        ],
        hr,
        later(60),
      );
      expect(await tablesHolding(tx, name)).toEqual([]);
    }));
});
