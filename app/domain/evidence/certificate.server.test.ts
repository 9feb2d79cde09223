import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, certificateInput } from "#test/factories.ts";
import { Forbidden } from "../people/permission.ts";
import { issuedEvent } from "./certificate.ts";
import {
  certificateFor,
  certificatesOf,
  issueCertificate,
  revokeCertificate,
  verificationOf,
} from "./certificate.server.ts";

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
      expect((await verificationOf(tx, issued.code, now))?.holderName).toBe("Zofia Łuczak");
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
        holderName: "Zofia Łuczak",
        organisation: "Aldermoor Instruments",
        moduleVersion: "1.0.0",
        issuedAt: now,
        expiresAt,
        printedUntil: null,
        revokedAt: null,
      });
      expect((await verificationOf(tx, code, expiresAt))?.status).toBe("expired");
      expect(await verificationOf(tx, "0000-0000-0000-0000-0000", now)).toBeNull();
      expect(await verificationOf(tx, "nonsense", now)).toBeNull();
    }));

  it("are revoked by HR with a reason, once", () =>
    database.rolledBack(async (tx) => {
      const { holder, actors } = await people(tx);
      const { id, code } = await issueCertificate(tx, certificateInput(holder.id, { expiresAt }), now);
      for (const actor of [actors.holder, actors.manager]) {
        await expect(revokeCertificate(tx, actor, id, "mine", now)).rejects.toThrow(Forbidden);
      }
      const revoke = () => revokeCertificate(tx, actors.hr, id, "issued in error", now);
      expect(await revokeCertificate(tx, actors.hr, randomUUID(), "x", now)).toEqual({
        ok: false,
        reason: "unknown",
      });
      expect(await revoke()).toEqual({ ok: true });
      expect(await revoke()).toEqual({ ok: false, reason: "already_revoked" });
      expect(await verificationOf(tx, code, now)).toMatchObject({ status: "revoked", revokedAt: now });
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "certificate.revoked"));
      expect(events.map((e) => e.data)).toEqual([{ personId: holder.id, reason: "issued in error" }]);
    }));
});
