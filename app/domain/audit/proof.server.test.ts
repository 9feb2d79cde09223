import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { seal, sealKey } from "#db/schema/audit.ts";
import { statement } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { aSigner, aStatementRow, numbered, storeEvents, storeStatements } from "#test/evidence.ts";
import { proofLines } from "./evidence-report.ts";
import { checkProof, parseProof, type StatementProof } from "./proof.ts";
import { proveStatement } from "./proof.server.ts";
import { grouped } from "./seal.ts";
import { sealNew } from "./seal.server.ts";

const now = new Date("2026-11-24T10:00:00Z");
const signer = aSigner();

/** Seals over statements 1 to 7 with 3 events, and 8 to 9 with 1; statement 10 is not sealed. */
async function aStore(tx: Db): Promise<void> {
  await storeStatements(tx, 1, 7, now);
  await storeEvents(tx, 3, now);
  await sealNew(tx, signer, now);
  await storeStatements(tx, 8, 9, now);
  await storeEvents(tx, 1, now);
  await sealNew(tx, signer, now);
  await storeStatements(tx, 10, 10, now);
}

async function proofOf(tx: Db, seq: number): Promise<StatementProof> {
  const outcome = await proveStatement(tx, numbered(seq));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.proof;
}

onBothEngines("the proof of a statement", (database) => {
  it("is found for every sealed statement and read back from its file", () =>
    database.rolledBack(async (tx) => {
      await aStore(tx);
      for (let seq = 1; seq <= 9; seq++) {
        const proof = await proofOf(tx, seq);
        expect(proof.statement.body).toBe(aStatementRow(seq, now).body);
        expect(proof.seal.number).toBe(seq <= 7 ? 1 : 2);
        const read = parseProof(JSON.stringify(proof, null, 2));
        expect(read).toEqual({ ok: true, proof });
        expect(checkProof(proof)).toMatchObject({ ok: true, seal: { number: proof.seal.number } });
      }
    }));

  it("does not hold for another text, number, place, path, seal or key", () =>
    database.rolledBack(async (tx) => {
      await aStore(tx);
      const proof = await proofOf(tx, 5);
      const other = await proofOf(tx, 8);
      const altered: StatementProof[] = [
        { ...proof, statement: { ...proof.statement, body: `${proof.statement.body} ` } },
        { ...proof, statement: { ...proof.statement, seq: 6 } },
        { ...proof, statement: { ...proof.statement, id: numbered(6) } },
        { ...proof, statement: other.statement },
        { ...proof, index: 5 },
        { ...proof, index: 500 },
        { ...proof, path: proof.path.slice(1) },
        { ...proof, path: proof.path.with(0, "0".repeat(64)) },
        { ...proof, seal: other.seal },
        { ...proof, seal: { ...proof.seal, root: other.seal.root } },
        { ...proof, seal: { ...proof.seal, size: 9 } },
        { ...proof, publicKey: aSigner("b").publicKey },
        { ...proof, publicKey: "" },
      ];
      expect(altered.map((one) => checkProof(one).ok)).toEqual(altered.map(() => false));
      const mine = new Map([[signer.keyId, signer.publicKey]]);
      expect(checkProof(proof, mine).ok).toBe(true);
      expect(checkProof(proof, new Map([["x", "y"]])).ok).toBe(false);
    }));

  it("is refused for what is unknown, not sealed yet or damaged", () =>
    database.rolledBack(async (tx) => {
      await aStore(tx);
      expect(await proveStatement(tx, numbered(99))).toEqual({ ok: false, reason: "unknown" });
      expect(await proveStatement(tx, numbered(10))).toEqual({ ok: false, reason: "unsealed" });
      await tx.update(statement).set({ body: "{}" }).where(eq(statement.seq, 3));
      expect(await proveStatement(tx, numbered(5))).toMatchObject({ ok: false, reason: "damaged" });
      expect(await proveStatement(tx, numbered(8))).toMatchObject({ ok: true });
      await tx.update(seal).set({ statementSeq: 8 }).where(eq(seal.number, 1));
      await tx.delete(seal).where(eq(seal.number, 2));
      expect(await proveStatement(tx, numbered(8))).toMatchObject({ ok: false, reason: "damaged" });
      await tx.delete(sealKey);
      expect(await proveStatement(tx, numbered(2))).toMatchObject({ ok: false, reason: "damaged" });
    }));

  it("says in words what it proves", () =>
    database.rolledBack(async (tx) => {
      await aStore(tx);
      const proof = await proofOf(tx, 5);
      const checked = checkProof(proof);
      if (!checked.ok) throw new Error(checked.fault);
      expect(proofLines(proof, checked.seal, true)).toEqual([
        `Statement ${numbered(5)} (number 5) was in the store, with exactly this text, when seal 1 was made at 2026-11-24T10:00:00Z.`,
        `That seal covers 10 entries and is signed with the key ${grouped(signer.keyId)}, which you named.`,
      ]);
      expect(proofLines(proof, checked.seal, false)).toHaveLength(3);
    }));
});

it.each([
  ["", "This is no proof: it is not JSON."],
  ["[]", "This is no proof as this product writes it (proof: "],
  ['{"kind":"clause7-proof","version":1}', "This is no proof as this product writes it (statement: "],
])("a file that is no proof is told so: %s", (text, fault) => {
  expect(parseProof(text)).toMatchObject({ ok: false, fault: expect.stringContaining(fault) as string });
});
