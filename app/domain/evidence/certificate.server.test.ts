import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, certificateInput } from "#test/factories.ts";
import { aModule } from "#test/course.ts";
import { newestModule, publishContent } from "../content/publish.server.ts";
import { type Actor, Forbidden } from "../people/permission.ts";
import { issuedEvent } from "./certificate.ts";
import {
  certificateFor,
  certificatesOf,
  issueCertificate,
  revokeCertificate,
  setCertificateDisplay,
} from "./certificate.server.ts";
import { verificationOf } from "./verification.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const expiresAt = new Date("2027-11-23T10:00:00Z");

async function people(tx: Db) {
  await anOrganisation(tx);
  const manager = await aPerson(tx, { roles: ["employee", "manager"] });
  const holder = await aPerson(tx, { name: "Zofia Łuczak", managerId: manager.id });
  const hr = await aPerson(tx, { roles: ["employee", "hr"] });
  const colleague = await aPerson(tx);
  return {
    holder,
    actors: {
      holder: actorFor(holder),
      manager: actorFor(manager),
      hr: actorFor(hr),
      colleague: actorFor(colleague),
    },
  };
}

onBothEngines("certificates", (database) => {
  it("are seen by holder, manager and HR, and by nobody else", () =>
    database.rolledBack(async (tx) => {
      const { holder, actors } = await people(tx);
      const { id } = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      for (const actor of [actors.holder, actors.manager, actors.hr]) {
        expect(await certificateFor(tx, actor, id, now)).toMatchObject({
          holderName: "Zofia Łuczak",
          status: "valid",
          organisation: "Aldermoor Instruments",
        });
        expect(await certificatesOf(tx, actor, holder.id, now)).toHaveLength(1);
      }
      await expect(certificateFor(tx, actors.colleague, id, now)).rejects.toThrow(Forbidden);
      await expect(certificatesOf(tx, actors.colleague, holder.id, now)).rejects.toThrow(Forbidden);
      expect(await certificateFor(tx, actors.holder, randomUUID(), now)).toBeNull();
    }));

  it("are issued once per period", () =>
    database.rolledBack(async (tx) => {
      const { holder } = await people(tx);
      const input = certificateInput(holder.id, { expiresAt });
      await issueCertificate(tx, input, now);
      await expect(tx.transaction((inner) => issueCertificate(inner, input, now))).rejects.toThrow();
    }));

  it("keep the name they were issued to", () =>
    database.rolledBack(async (tx) => {
      const { holder } = await people(tx);
      const issued = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      await tx.update(person).set({ name: "Zofia Nowak" }).where(eq(person.id, holder.id));
      await setCertificateDisplay(tx, actorFor(holder), issued.id, { showName: true, showScore: false }, now);
      expect((await verificationOf(tx, issued.code, now))?.holder.name).toBe("Zofia Łuczak");
      expect(issuedEvent(issued)).toMatchObject({ subjectId: issued.id, data: { personId: holder.id } });
    }));

  it("tell a verifier what is printed and how it stands, nothing else", () =>
    database.rolledBack(async (tx) => {
      const { holder } = await people(tx);
      const { code } = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      expect(await verificationOf(tx, code.toLowerCase(), now)).toEqual({
        status: "valid",
        code,
        title: "AI awareness",
        holder: { initials: "Z. Ł.", name: null },
        score: null,
        organisation: "Aldermoor Instruments",
        moduleVersion: "1.0.0",
        issuedAt: now,
        expiresAt,
        printedUntil: null,
        endsEarlyBy: null,
        days: { issued: "2026-11-23", last: "2027-11-23", printed: null },
        revokedAt: null,
        revocationCategory: null,
        successor: null,
      });
      expect((await verificationOf(tx, code, expiresAt))?.status).toBe("expired");
      expect(await verificationOf(tx, "0000-0000-0000-0000-0000", now)).toBeNull();
      expect(await verificationOf(tx, "nonsense", now)).toBeNull();
    }));

  it("show what the holder says, to be changed any time, and nobody else may say it", () =>
    database.rolledBack(async (tx) => {
      const { holder, actors } = await people(tx);
      const { id, code } = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      const set = (actor: Actor, showName: boolean, showScore: boolean) =>
        setCertificateDisplay(tx, actor, id, { showName, showScore }, now);
      for (const actor of [actors.hr, actors.manager, actors.colleague])
        await expect(set(actor, true, true)).rejects.toThrow(Forbidden);
      await set(actors.holder, true, true);
      expect(await verificationOf(tx, code, now)).toMatchObject({
        holder: { name: "Zofia Łuczak" },
        score: 92,
      });
      await set(actors.holder, false, false);
      expect(await verificationOf(tx, code, now)).toMatchObject({ holder: { name: null }, score: null });
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "certificate.display_set"));
      expect(events).toHaveLength(2);
    }));

  it("stay verifiable after a renewal, and say what followed", () =>
    database.rolledBack(async (tx) => {
      const { holder, actors } = await people(tx);
      await publishContent(tx, { modules: [aModule()], policies: [] }, now);
      const module = await newestModule(tx, "ai-awareness");
      const input = (at: Date, until: Date) =>
        issueCertificate(
          tx,
          certificateInput(holder.id, { moduleVersionId: module?.id ?? "", expiresAt: until }),
          at,
        );
      const first = await input(now, expiresAt);
      const [renewedAt, renewedUntil] = [new Date("2027-11-01T10:00:00Z"), new Date("2028-11-01T10:00:00Z")];
      const second = await input(renewedAt, renewedUntil);
      const later = new Date("2027-12-01T10:00:00Z");
      expect(await verificationOf(tx, first.code, later)).toMatchObject({
        status: "expired",
        successor: { issuedAt: renewedAt, expiresAt: renewedUntil, status: "valid" },
      });
      expect((await verificationOf(tx, second.code, later))?.successor).toBeNull();
      await revokeCertificate(tx, actors.hr, second.id, "issued in error", later);
      expect((await verificationOf(tx, first.code, later))?.successor).toBeNull();
    }));

  it("are revoked by HR with a reason, once", () =>
    database.rolledBack(async (tx) => {
      const { holder, actors } = await people(tx);
      const { id, code } = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      for (const actor of [actors.holder, actors.manager]) {
        await expect(revokeCertificate(tx, actor, id, "mine", now)).rejects.toThrow(Forbidden);
      }
      const revoke = () => revokeCertificate(tx, actors.hr, id, "issued in error", now, "error");
      expect(await revokeCertificate(tx, actors.hr, randomUUID(), "x", now)).toEqual({
        ok: false,
        reason: "unknown",
      });
      expect(await revoke()).toEqual({ ok: true });
      expect(await revoke()).toEqual({ ok: false, reason: "already_revoked" });
      expect(await verificationOf(tx, code, now)).toMatchObject({ status: "revoked", revokedAt: now });
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "certificate.revoked"));
      expect(events.map((e) => e.data)).toEqual([
        {
          personId: holder.id,
          reasonHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          category: "error",
        },
      ]);
    }));
});
