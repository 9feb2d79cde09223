import { describe, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { seal, sealKey } from "#db/schema/audit.ts";
import { onBothEngines } from "#test/database.ts";
import { aSigner, storeEvents, storeStatements } from "#test/evidence.ts";
import { verifyStore } from "./evidence-file.server.ts";
import { sealLimit } from "./seal.ts";
import { newestSeal, sealNew, sealWhenDue } from "./seal.server.ts";

const signer = aSigner();
const now = new Date("2026-11-24T10:00:00Z");
const minutesLater = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

const holds = { fault: null, unsealed: { statements: 0, events: 0 } };

describe("sealing", () => {
  onBothEngines("alone", (database) => {
    it("covers what is new, and makes no seal of nothing", () =>
      database.rolledBack(async (tx) => {
        expect(await sealNew(tx, signer, now)).toEqual([]);
        await storeStatements(tx, 1, 5, now);
        await storeEvents(tx, 3, now);
        const [first] = await sealNew(tx, signer, now);
        expect(first).toMatchObject({ number: 1, at: now, statementSeq: 5, auditSeq: 3, size: 8 });
        expect(await sealNew(tx, signer, minutesLater(60))).toEqual([]);
        await storeEvents(tx, 1, now);
        const second = await sealNew(tx, signer, minutesLater(120));
        expect(second).toMatchObject([
          { number: 2, statementSeq: 5, auditSeq: 4, size: 1, prevHash: first?.hash },
        ]);
        expect(await newestSeal(tx)).toEqual(second[0]);
        expect(await tx.select().from(sealKey)).toEqual([
          { id: signer.keyId, publicKey: signer.publicKey, firstUsedAt: now },
        ]);
        expect(await verifyStore(tx, now)).toMatchObject({
          ...holds,
          seals: 2,
          sealed: { statements: 5, events: 4 },
        });
      }));

    it("happens at once when there is no seal, and then an hour after the last", () =>
      database.rolledBack(async (tx) => {
        await storeStatements(tx, 1, 1, now);
        const made = async (minutes: number) => (await sealWhenDue(tx, signer, minutesLater(minutes))).length;
        expect(await made(0)).toBe(1);
        await storeStatements(tx, 2, 2, now);
        expect(await made(59)).toBe(0);
        expect(await made(60)).toBe(1);
        expect(await made(240)).toBe(0);
      }));

    it("names the key of each seal, so that keys can change", () =>
      database.rolledBack(async (tx) => {
        const other = aSigner("b");
        await storeStatements(tx, 1, 1, now);
        await sealNew(tx, signer, now);
        await storeStatements(tx, 2, 2, now);
        await sealNew(tx, other, now);
        const report = await verifyStore(tx, now);
        expect(report).toMatchObject({ ...holds, keyIds: [signer.keyId, other.keyId] });
        const trusted = new Map([[signer.keyId, signer.publicKey]]);
        expect(await verifyStore(tx, now, trusted)).toMatchObject({
          seals: 1,
          fault: `Seal 2 is signed with the key ${other.keyId}, which is not among the keys to check with.`,
        });
      }));

    it("leaves nothing of a seal that was cut off, and makes it whole the next time", () =>
      database.rolledBack(async (tx) => {
        await storeStatements(tx, 1, 3, now);
        const failing = { ...signer, sign: () => Buffer.alloc(64), keyId: null as unknown as string };
        await expect(sealNew(tx, failing, now)).rejects.toThrow();
        expect(await tx.select().from(seal)).toEqual([]);
        expect(await tx.select().from(sealKey)).toEqual([]);
        expect(await sealNew(tx, signer, now)).toHaveLength(1);
        expect(await verifyStore(tx, now)).toMatchObject(holds);
      }));

    it("divides a large backlog among several seals", () =>
      database.rolledBack(async (tx) => {
        await storeStatements(tx, 1, sealLimit + 5, now);
        await storeEvents(tx, 2, now);
        expect(await sealNew(tx, signer, now)).toMatchObject([
          { number: 1, statementSeq: sealLimit, auditSeq: 0, size: sealLimit },
          { number: 2, statementSeq: sealLimit + 5, auditSeq: 2, size: 7 },
        ]);
        expect(await verifyStore(tx, now)).toMatchObject({ ...holds, seals: 2 });
      }));
  });

  onBothEngines("by several at once", (database) => {
    it("makes one chain without gaps while others write", async () => {
      const { db } = database;
      const writer = async (): Promise<void> => {
        for (let seq = 1; seq <= 60; seq += 3)
          await db.transaction(async (tx: Db) => {
            await storeStatements(tx, seq, seq + 2, now);
            await storeEvents(tx, 1, now);
          });
      };
      const sealer = async (letter: string): Promise<void> => {
        for (let i = 0; i < 10; i++) await sealNew(db, aSigner(letter), now);
      };
      await Promise.all([writer(), sealer("a"), sealer("b"), sealer("c")]);
      await sealNew(db, signer, now);
      expect(await verifyStore(db, now)).toMatchObject({ ...holds, sealed: { statements: 60, events: 20 } });
    });

    it("makes one seal of the same rows", async () => {
      const { db } = database;
      await storeStatements(db, 61, 63, now);
      const before = (await newestSeal(db))?.number ?? 0;
      const made = await Promise.all(["a", "b", "c", "d"].map((letter) => sealNew(db, aSigner(letter), now)));
      expect(made.flat()).toHaveLength(1);
      expect((await newestSeal(db))?.number).toBe(before + 1);
    });
  });
});
