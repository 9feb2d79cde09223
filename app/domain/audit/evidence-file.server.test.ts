import { eq } from "drizzle-orm";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent, auditHead, seal, sealKey } from "#db/schema/audit.ts";
import { attachment, statement, statementHead } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { aSigner, aStatementRow, numbered, storeEvents, storeStatements } from "#test/evidence.ts";
import { evidenceLines, verifyStore } from "./evidence-file.server.ts";
import { sealNew } from "./seal.server.ts";

const now = new Date("2026-11-24T10:00:00Z");
const signer = aSigner();

/** Two seals over statements 1 to 10 and 11 to 20, events 1 to 4 and 5 to 8; then statements 21 to 23 and event 9. */
async function aStore(tx: Db): Promise<void> {
  for (const round of [0, 1]) {
    await storeStatements(tx, round * 10 + 1, round * 10 + 10, now);
    await storeEvents(tx, 4, now);
    await sealNew(tx, signer, now);
  }
  await storeStatements(tx, 21, 23, now);
  await storeEvents(tx, 1, now);
}

const statementColumns = (seq: number, set: Partial<typeof statement.$inferInsert>) => (tx: Db) =>
  tx.update(statement).set(set).where(eq(statement.seq, seq));
const eventColumns = (seq: number, set: Partial<typeof auditEvent.$inferInsert>) => (tx: Db) =>
  tx.update(auditEvent).set(set).where(eq(auditEvent.seq, seq));
const sealColumns = (number: number, set: Partial<typeof seal.$inferInsert>) => (tx: Db) =>
  tx.update(seal).set(set).where(eq(seal.number, number));
const replaced = (seq: number) => aStatementRow(seq, now).body.replace('"yes"', '"no!"');
const zeros = "0".repeat(64);

const hashOf = (name: string, text: string) => createHash(name).update(text).digest("hex");

const firstSeal = "Seal 1 does not fit what it covers: statements 1 to 10 and events 1 to 4.";
const secondSeal = "Seal 2 does not fit what it covers: statements 11 to 20 and events 5 to 8.";
const brokenLink = "was changed, moved or put in: it does not fit the chain.";

type Tampering = [what: string, tamper: (tx: Db) => Promise<unknown>, fault: string];
const tamperings: Tampering[] = [
  [
    "a statement's text",
    statementColumns(14, { body: replaced(14) }),
    `${secondSeal} At least one of them was changed or moved since.`,
  ],
  ["a statement's number", statementColumns(10, { seq: 100 }), `${firstSeal} Statement 10 is missing.`],
  [
    "a statement's id",
    statementColumns(14, { id: numbered(99) }),
    `Statement 14 (${numbered(99)}) was changed: its text has the id ${numbered(14)}.`,
  ],
  [
    "when a statement was stored",
    statementColumns(14, { stored: new Date("2026-11-24T10:00:00.015Z") }),
    "its text was stored at 2026-11-24T10:00:00.014Z, the row at 2026-11-24T10:00:00.015Z.",
  ],
  [
    "when a statement was stored, before others",
    statementColumns(14, { stored: new Date("2026-11-01T10:00:00Z") }),
    "was stored before statement 13: one of the two was moved or changed.",
  ],
  [
    "whether a statement voids",
    statementColumns(14, { voiding: true }),
    `Statement 14 (${numbered(14)}) was changed: the row says that it voids another`,
  ],
  [
    "a statement's size",
    statementColumns(14, { size: 7 }),
    `Statement 14 (${numbered(14)}) was changed: the row says 7 characters`,
  ],
  [
    "a statement removed",
    (tx) => tx.delete(statement).where(eq(statement.seq, 14)),
    `${secondSeal} Statement 14 is missing.`,
  ],
  [
    "the last sealed statement removed",
    (tx) => tx.delete(statement).where(eq(statement.seq, 20)),
    `${secondSeal} Statement 20 is missing.`,
  ],
  [
    "a statement put before the first",
    (tx) => tx.insert(statement).values(aStatementRow(0, now)),
    `Statement 0 (${numbered(0)}) was put in: numbers begin with 1.`,
  ],
  [
    "an attachment's content",
    (tx) =>
      tx.insert(attachment).values([
        { sha2: hashOf("sha256", "one"), content: Buffer.from("one") },
        { sha2: hashOf("sha512", "two"), content: Buffer.from("two!") },
        { sha2: hashOf("sha384", "three"), content: Buffer.from("three") },
      ]),
    `Attachment ${hashOf("sha512", "two")} was changed: its content has another hash.`,
  ],
  [
    "an event put before the first",
    async (tx) => {
      const [first] = await tx.select().from(auditEvent).where(eq(auditEvent.seq, 1));
      await tx.insert(auditEvent).values({ ...(first as NonNullable<typeof first>), seq: -5 });
    },
    `Event -5 ${brokenLink}`,
  ],
  [
    "a seal put before the first",
    async (tx) => {
      const [first] = await tx.select().from(seal).where(eq(seal.number, 1));
      await tx.insert(seal).values({ ...(first as NonNullable<typeof first>), number: 0 });
    },
    "Seal 0 was changed: its hash does not fit its fields.",
  ],
  [
    "a statement put at the end",
    (tx) => tx.insert(statement).values(aStatementRow(24, now)),
    "Statement 24 was put in: the store's last one is 23.",
  ],
  [
    "an unsealed statement cut off",
    (tx) => tx.delete(statement).where(eq(statement.seq, 23)),
    "Statement 23 is missing: the store went on after 22.",
  ],
  [
    "the end of the statements forgotten",
    (tx) => tx.delete(statementHead),
    "Statement 23 was put in: the store's last one is 0.",
  ],
  ["when an event was", eventColumns(6, { at: new Date("2026-11-24T09:00:00Z") }), `Event 6 ${brokenLink}`],
  ["who did an event", eventColumns(6, { actorId: "p-other" }), `Event 6 ${brokenLink}`],
  ["an event's type", eventColumns(6, { type: "waiver.granted" }), `Event 6 ${brokenLink}`],
  ["an event's kind of subject", eventColumns(6, { subjectType: "period" }), `Event 6 ${brokenLink}`],
  ["an event's subject", eventColumns(6, { subjectId: "p-other" }), `Event 6 ${brokenLink}`],
  ["an event's data", eventColumns(6, { data: { personId: "p-other" } }), `Event 6 ${brokenLink}`],
  ["an event's link back", eventColumns(6, { prevHash: zeros }), `Event 6 ${brokenLink}`],
  ["an event's hash", eventColumns(6, { hash: zeros }), `Event 6 ${brokenLink}`],
  ["an event's number", eventColumns(6, { seq: 60 }), "Event 6 is missing: event 7 stands in its place."],
  [
    "an event removed",
    (tx) => tx.delete(auditEvent).where(eq(auditEvent.seq, 6)),
    "Event 6 is missing: event 7 stands in its place.",
  ],
  [
    "an unsealed event cut off",
    (tx) => tx.delete(auditEvent).where(eq(auditEvent.seq, 9)),
    "Event 9 is missing: the chain went on after 8.",
  ],
  [
    "the chain's end changed",
    (tx) => tx.update(auditHead).set({ hash: zeros }),
    "Event 9 does not fit: the chain's own end says otherwise.",
  ],
  ["a seal's number", sealColumns(2, { number: 3 }), "Seal 3 was changed: its hash does not fit its fields."],
  [
    "a seal's time",
    sealColumns(2, { at: new Date("2026-11-24T11:00:00Z") }),
    "Seal 2 was changed: its hash does not fit its fields.",
  ],
  [
    "a seal's last statement",
    sealColumns(2, { statementSeq: 19 }),
    "Seal 2 was changed: its hash does not fit its fields.",
  ],
  [
    "a seal's last event",
    sealColumns(2, { auditSeq: 7 }),
    "Seal 2 was changed: its hash does not fit its fields.",
  ],
  ["a seal's size", sealColumns(2, { size: 13 }), "Seal 2 was changed: its hash does not fit its fields."],
  ["a seal's root", sealColumns(2, { root: zeros }), "Seal 2 was changed: its hash does not fit its fields."],
  [
    "a seal's link back",
    sealColumns(2, { prevHash: zeros }),
    "Seal 2 was changed: its hash does not fit its fields.",
  ],
  ["a seal's key", sealColumns(2, { keyId: zeros }), "Seal 2 was changed: its hash does not fit its fields."],
  ["a seal's hash", sealColumns(2, { hash: zeros }), "Seal 2 was changed: its hash does not fit its fields."],
  [
    "a seal's signature",
    sealColumns(2, { signature: zeros + zeros }),
    "Seal 2 was changed: its signature does not fit.",
  ],
  [
    "a seal removed",
    (tx) => tx.delete(seal).where(eq(seal.number, 1)),
    "Seal 1 is missing: seal 2 stands in its place.",
  ],
  [
    "a key removed",
    (tx) => tx.delete(sealKey),
    `Seal 1 is signed with the key ${signer.keyId}, which is not among the keys to check with.`,
  ],
  [
    "a key exchanged",
    (tx) => tx.update(sealKey).set({ publicKey: aSigner("b").publicKey }),
    `The public key ${signer.keyId} was changed: its fingerprint is another.`,
  ],
  [
    "a key renamed",
    (tx) => tx.update(sealKey).set({ id: zeros }),
    `The public key ${zeros} was changed: its fingerprint is another.`,
  ],
];

describe("the whole store", () => {
  onBothEngines("verified", (database) => {
    it("holds as it was written", () =>
      database.rolledBack(async (tx) => {
        await aStore(tx);
        expect(await verifyStore(tx, now)).toEqual({
          sealed: { statements: 20, events: 8 },
          unsealed: { statements: 3, events: 1 },
          withheld: 0,
          seals: 2,
          lastSealAt: now,
          keyIds: [signer.keyId],
          fault: null,
        });
      }));

    it("holds when it is empty", () =>
      database.rolledBack(async (tx) => {
        expect(await verifyStore(tx, now)).toMatchObject({ seals: 0, lastSealAt: null, fault: null });
      }));

    it.each(tamperings)("shows %s", (_what, tamper, fault) =>
      database.rolledBack(async (tx) => {
        await aStore(tx);
        await tamper(tx);
        expect((await verifyStore(tx, now)).fault).toContain(fault);
      }),
    );

    it("shows two statements exchanged", () =>
      database.rolledBack(async (tx) => {
        await aStore(tx);
        const [one, two] = [14, 15].map((seq) => aStatementRow(seq, now));
        await tx.delete(statement).where(eq(statement.seq, 15));
        await tx.update(statement).set({ seq: 15 }).where(eq(statement.seq, 14));
        await tx.insert(statement).values({ ...(two as NonNullable<typeof two>), seq: 14 });
        expect((await verifyStore(tx, now)).fault).toBe(
          `Statement 15 (${one?.id}) was stored before statement 14: one of the two was moved or changed.`,
        );
      }));

    it("shows a statement put into a gap that was there when the seal was made", () =>
      database.rolledBack(async (tx) => {
        await storeStatements(tx, 1, 3, now);
        await storeStatements(tx, 7, 9, now);
        await sealNew(tx, signer, now);
        await tx.insert(statement).values(aStatementRow(5, now));
        expect((await verifyStore(tx, now)).fault).toBe(
          "Seal 1 does not fit what it covers: statements 1 to 9. They were 6 when it was made; now they are 7.",
        );
      }));

    it("tolerates a gap that was there when the seal was made", () =>
      database.rolledBack(async (tx) => {
        await storeStatements(tx, 1, 3, now);
        await storeStatements(tx, 7, 9, now);
        await sealNew(tx, signer, now);
        expect(await verifyStore(tx, now)).toMatchObject({ fault: null, sealed: { statements: 6 } });
      }));

    it("is written out seal by seal, without what came in meanwhile", () =>
      database.rolledBack(async (tx) => {
        await aStore(tx);
        const kinds: string[] = [];
        for await (const line of evidenceLines(tx, now)) {
          if (kinds.length === 3) await storeStatements(tx, 24, 30, now);
          kinds.push(line.kind);
        }
        const times = (count: number, kind: string): string[] => Array.from({ length: count }, () => kind);
        const sealedPart = [...times(10, "statement"), ...times(4, "event"), "seal"];
        expect(kinds).toEqual([
          "clause7-evidence",
          "key",
          ...sealedPart,
          ...sealedPart,
          ...times(3, "statement"),
          "event",
          "end",
        ]);
      }));
  });
});
