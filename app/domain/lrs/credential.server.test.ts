import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { lrsCredential } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, aPerson } from "#test/factories.ts";
import { Forbidden, system } from "../people/permission.ts";
import { type CredentialInput, secretHash } from "./credential.ts";
import {
  clientOf,
  createCredential,
  credentials,
  revokeCredential,
  rotateCredential,
} from "./credential.server.ts";

const now = new Date("2026-12-01T10:00:00Z");
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const baseIri = "https://learn.aldermoor.example";
const input: CredentialInput = {
  name: "Kiosk",
  scopes: ["statements/write", "state"],
  ratePerMinute: 60,
  bodyLimitBytes: 2_000_000,
};
const basic = (key: string, secret: string): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;

onBothEngines("credentials of the record store", (database) => {
  const created = (tx: Db, fields: Partial<CredentialInput> = {}) =>
    createCredential(tx, system, { ...input, ...fields }, now, randomBytes);

  it("are told once, need no quoting and are stored as a hash", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      expect(key).toMatch(/^lrs_[0-9a-f]{16}$/);
      expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      const [row] = await tx.select().from(lrsCredential);
      expect(row).toMatchObject({ id, ...input, secretHash: secretHash(secret), createdBy: "system" });
      const events = await tx.select().from(auditEvent);
      expect(events).toMatchObject([{ type: "lrs_credential.created", actorId: "system", subjectId: id }]);
      expect(JSON.stringify([row, events])).not.toContain(secret);
    }));

  it("prove a client, which signs its statements with the organisation and its key", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      expect(await clientOf(tx, baseIri, basic(key, secret), now)).toEqual({
        credentialId: id,
        name: "Kiosk",
        scopes: ["statements/write", "state"],
        authority: { objectType: "Agent", name: "Kiosk", account: { homePage: baseIri, name: key } },
        ratePerMinute: 60,
        bodyLimitBytes: 2_000_000,
      });
    }));

  it("prove nobody when key, secret or scheme is wrong, also after they were right", () =>
    database.rolledBack(async (tx) => {
      const { key, secret } = await created(tx);
      const other = await created(tx);
      const wrong = [
        null,
        "",
        `Bearer ${secret}`,
        basic(key, ""),
        basic(key, `${secret}x`),
        basic(key, other.secret),
        basic(key.toUpperCase(), secret),
        basic("", ""),
        basic("lrs_0000000000000000", secret),
      ];
      const tried = async () => Promise.all(wrong.map((header) => clientOf(tx, baseIri, header, now)));
      expect((await tried()).filter(Boolean)).toEqual([]);
      expect(await clientOf(tx, baseIri, basic(key, secret), now)).not.toBeNull();
      expect((await tried()).filter(Boolean)).toEqual([]);
    }));

  it("get a new secret, which opens at once while the old one stops within a second", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      expect(await clientOf(tx, baseIri, basic(key, secret), now)).not.toBeNull();
      const rotated = await rotateCredential(tx, system, id, now, randomBytes);
      if (!rotated?.ok) throw new Error("not rotated");
      expect(rotated).toMatchObject({ id, key });
      expect(await clientOf(tx, baseIri, basic(key, rotated.secret), now)).not.toBeNull();
      expect(await clientOf(tx, baseIri, basic(key, secret), later(1))).toBeNull();
      expect(await clientOf(tx, baseIri, basic(key, rotated.secret), later(1))).not.toBeNull();
    }));

  it("stop within a second of being revoked, and cannot be rotated or revoked again", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      expect(await clientOf(tx, baseIri, basic(key, secret), now)).not.toBeNull();
      expect(await revokeCredential(tx, system, id, now)).toEqual({ ok: true, name: "Kiosk" });
      expect(await clientOf(tx, baseIri, basic(key, secret), later(1))).toBeNull();
      expect(await clientOf(tx, baseIri, basic(key, secret), later(3600))).toBeNull();
      const refused = { ok: false, reason: "revoked" };
      expect(await rotateCredential(tx, system, id, now, randomBytes)).toEqual(refused);
      expect(await revokeCredential(tx, system, id, now)).toEqual(refused);
      expect(await revokeCredential(tx, system, randomUUID(), now)).toBeNull();
      const events = await tx.select({ type: auditEvent.type }).from(auditEvent).orderBy(auditEvent.seq);
      expect(events.map((e) => e.type)).toEqual(["lrs_credential.created", "lrs_credential.revoked"]);
    }));

  it("are not trusted longer when the clock is set back", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      expect(await clientOf(tx, baseIri, basic(key, secret), later(7200))).not.toBeNull();
      await revokeCredential(tx, system, id, now);
      expect(await clientOf(tx, baseIri, basic(key, secret), now)).toBeNull();
    }));

  it("note their last use to the minute", () =>
    database.rolledBack(async (tx) => {
      const { id, key, secret } = await created(tx);
      const lastUse = async () =>
        (await tx.select().from(lrsCredential).where(eq(lrsCredential.id, id)))[0]?.lastUsedAt ?? null;
      expect(await lastUse()).toBeNull();
      expect(await clientOf(tx, baseIri, basic(key, "wrong"), now)).toBeNull();
      expect(await lastUse()).toBeNull();
      const uses: [Date, Date][] = [
        [now, now],
        [later(30), now],
        [later(59), now],
        [later(61), later(61)],
      ];
      for (const [at, noted] of uses) {
        await clientOf(tx, baseIri, basic(key, secret), at);
        expect(await lastUse()).toEqual(noted);
      }
    }));

  it("are listed without their hashes, those in force first, then the newest", () =>
    database.rolledBack(async (tx) => {
      const admin = actorFor(
        await aPerson(tx, { id: "p-sofia", name: "Sofia", roles: ["employee", "admin"] }),
      );
      const first = await created(tx, { name: "First" });
      await createCredential(tx, admin, { ...input, name: "Second" }, later(60), randomBytes);
      const third = await createCredential(tx, admin, { ...input, name: "Third" }, later(120), randomBytes);
      await revokeCredential(tx, admin, third.id, later(180));
      const list = await credentials(tx, admin);
      expect(list.map((c) => [c.name, c.createdByName, c.revokedAt])).toEqual([
        ["Second", "Sofia", null],
        ["First", "Clause7", null],
        ["Third", "Sofia", later(180)],
      ]);
      expect(JSON.stringify(list)).not.toContain(secretHash(first.secret));
    }));

  it("are administrators’ alone", () =>
    database.rolledBack(async (tx) => {
      const { id } = await created(tx);
      const roles = ["employee", "manager", "hr", "reviewer", "author", "auditor"] as const;
      const other = actorFor(await aPerson(tx, { roles: [...roles] }));
      await expect(createCredential(tx, other, input, now, randomBytes)).rejects.toThrow(Forbidden);
      await expect(rotateCredential(tx, other, id, now, randomBytes)).rejects.toThrow(Forbidden);
      await expect(revokeCredential(tx, other, id, now)).rejects.toThrow(Forbidden);
      await expect(credentials(tx, other)).rejects.toThrow(Forbidden);
    }));
});
