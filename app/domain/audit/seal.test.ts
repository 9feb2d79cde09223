import { describe, expect, it } from "vitest";
import { aSigner } from "#test/evidence.ts";
import {
  eventLeaf,
  firstPrevHash,
  grouped,
  isSealDue,
  keyIdOf,
  publicKeysIn,
  sealFault,
  sequenceFault,
  signedSeal,
  statementLeaf,
} from "./seal.ts";

const signer = aSigner("a");
const other = aSigner("b");
const keys = new Map([signer, other].map((one) => [one.keyId, one.publicKey]));
const at = new Date("2026-11-24T10:00:00.000Z");
const root = "ab".repeat(32);
const fields = { number: 1, at, statementSeq: 5, auditSeq: 3, size: 8, root, prevHash: firstPrevHash };
const first = signedSeal(fields, signer);
const second = signedSeal({ ...fields, number: 2, statementSeq: 9, prevHash: first.hash, size: 4 }, other);

describe("a seal", () => {
  it("holds as it was made, whichever key signed it", () => {
    expect(sealFault(first, keys)).toBeNull();
    expect(sealFault(second, keys)).toBeNull();
    expect(sequenceFault(first, null)).toBeNull();
    expect(sequenceFault(second, first)).toBeNull();
  });

  it.each([
    ["number", { number: 2 }],
    ["time", { at: new Date("2026-11-24T10:00:00.001Z") }],
    ["last statement", { statementSeq: 6 }],
    ["last event", { auditSeq: 4 }],
    ["size", { size: 9 }],
    ["root", { root: "cd".repeat(32) }],
    ["predecessor", { prevHash: "1".repeat(64) }],
    ["key", { keyId: other.keyId }],
    ["hash", { hash: "1".repeat(64) }],
  ])("shows that its %s was changed", (_name, change) => {
    expect(sealFault({ ...first, ...change }, keys)).toMatch(/^Seal \d was changed: its hash/);
  });

  it("shows that its signature was changed, or made by somebody else", () => {
    const signature = `${first.signature.slice(0, -1)}${first.signature.endsWith("0") ? "1" : "0"}`;
    expect(sealFault({ ...first, signature }, keys)).toBe("Seal 1 was changed: its signature does not fit.");
    expect(sealFault({ ...first, signature: "" }, keys)).toBe(
      "Seal 1 was changed: its signature does not fit.",
    );
    const forged = { ...first, signature: signedSeal(fields, other).signature };
    expect(sealFault(forged, keys)).toBe("Seal 1 was changed: its signature does not fit.");
  });

  it("is not believed with a key that is not at hand or is not the one it names", () => {
    const message = `Seal 1 is signed with the key ${signer.keyId}, which is not among the keys to check with.`;
    expect(sealFault(first, new Map([[other.keyId, other.publicKey]]))).toBe(message);
    expect(sealFault(first, new Map([[signer.keyId, other.publicKey]]))).toBe(message);
    expect(sealFault(first, new Map([[signer.keyId, "no key"]]))).toBe(message);
  });

  it("stands in its place after the seal before it", () => {
    expect(sequenceFault(second, null)).toBe("Seal 1 is missing: seal 2 stands in its place.");
    const stranger = signedSeal({ ...fields, root: "cd".repeat(32) }, signer);
    expect(sequenceFault(second, stranger)).toMatch(/^Seal 2 does not follow the seal before it/);
    const shorter = signedSeal({ ...fields, number: 2, statementSeq: 4, prevHash: first.hash }, signer);
    expect(sequenceFault(shorter, first)).toBe("Seal 2 reaches less far than the seal before it.");
  });
});

it("gives different leaves to whatever differs in number, id, text or kind", () => {
  const row = { seq: 1, id: "a", body: "b" };
  const leaves = [
    statementLeaf(row),
    statementLeaf({ ...row, seq: 2 }),
    statementLeaf({ ...row, id: "c" }),
    statementLeaf({ ...row, body: "b " }),
    eventLeaf({ seq: 1, hash: "b" }),
    eventLeaf({ seq: 2, hash: "b" }),
  ].map((leaf) => Buffer.from(leaf).toString("hex"));
  expect(new Set(leaves).size).toBe(leaves.length);
  expect(leaves[0]).toMatch(/^[0-9a-f]{64}$/);
});

it("names a public key by the SHA-256 of its DER, and nothing else", () => {
  // RFC 8410 §10.1
  const published = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`;
  expect(keyIdOf(published)).toBe("a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f");
  expect(keyIdOf("no key")).toBeNull();
  expect(keyIdOf("")).toBeNull();
  expect(publicKeysIn(`Key of 2026:\n${published}and\n${signer.publicKey}`)).toEqual([
    published,
    signer.publicKey,
  ]);
  expect(publicKeysIn("nothing")).toEqual([]);
  expect(grouped("0123456789ab")).toBe("0123 4567 89ab");
});

it.each([
  ["no seal yet", null, true],
  ["59 minutes after the last", "2026-11-24T09:01:00Z", false],
  ["an hour after the last", "2026-11-24T09:00:00Z", true],
  ["clocks that differ by minutes", "2026-11-24T10:05:00Z", false],
  ["a seal dated a year ahead by a wrong clock", "2027-11-24T10:00:00Z", true],
])("is due with %s: %s → %s", (_case, newest, due) => {
  expect(isSealDue(newest === null ? null : new Date(newest), at)).toBe(due);
});
