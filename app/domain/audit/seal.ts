import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson, sha256 } from "./event.ts";
import { leafHash } from "./merkle.ts";

/** What a seal states. The statements and events it covers are those after the seal before it, up to these. */
export type SealFields = {
  /** 1, 2, 3 … without gaps. */
  number: number;
  at: Date;
  statementSeq: number;
  auditSeq: number;
  /** Leaves of the tree: how many statements and events these are. */
  size: number;
  /** Merkle root over the statements, then the events, each in order of `seq`. Hexadecimal, as are all hashes here. */
  root: string;
  /** Hash of the seal before; zeros for the first. */
  prevHash: string;
  /** Fingerprint of the public key it is signed with, so that no other key can be put in its place. */
  keyId: string;
};

/** A seal as stored: `hash` is over its fields, `signature` is Ed25519 over the 32 bytes of the hash. */
export type Seal = SealFields & { hash: string; signature: string };

/** Signs seals. The private key stays inside. */
export type Signer = {
  /** {@link keyIdOf} the public key. */
  keyId: string;
  /** SPKI, PEM. */
  publicKey: string;
  sign(bytes: Uint8Array): Uint8Array;
};

/** Signs with an Ed25519 private key. */
export function signerFor(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  const keyId = keyIdOf(publicKey);
  if (keyId === null) throw new TypeError("seals are signed with Ed25519");
  return { keyId, publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
}

/** One seal covers at most this many rows, so that sealing a large store and proving one statement both stay short. */
export const sealLimit = 10_000;

export const sealEveryMs = 3_600_000;

/** Leaf of a stored statement; `body` is its text as stored. */
export function statementLeaf(row: { seq: number; id: string; body: string }): Uint8Array {
  return leafHash(`statement ${row.seq} ${row.id} ${row.body}`);
}

/** Leaf of an audit event: the hash of its link covers all its fields. */
export function eventLeaf(link: { seq: number; hash: string }): Uint8Array {
  return leafHash(`event ${link.seq} ${link.hash}`);
}

/** Hash of a seal: SHA-256 over the canonical JSON of its fields. */
export function sealHash(fields: SealFields): string {
  const { number, at, statementSeq, auditSeq, size, root, prevHash, keyId } = fields;
  const record = { number, at: at.toISOString(), statementSeq, auditSeq, size, root, prevHash, keyId };
  return sha256(canonicalJson(record));
}

/** Makes a seal of its fields with the signer's key. */
export function signedSeal(fields: Omit<SealFields, "keyId">, signer: Signer): Seal {
  const named = { ...fields, keyId: signer.keyId };
  const hash = sealHash(named);
  return { ...named, hash, signature: Buffer.from(signer.sign(Buffer.from(hash, "hex"))).toString("hex") };
}

/** Fingerprint of a public key: SHA-256 of its DER. Null for what is not an Ed25519 public key in PEM. */
export function keyIdOf(publicKey: string): string | null {
  try {
    const key = createPublicKey(publicKey);
    if (key.asymmetricKeyType !== "ed25519") return null;
    return sha256(key.export({ type: "spki", format: "der" }));
  } catch {
    return null;
  }
}

/** The public keys, in PEM, that a text holds; what stands around them is left out. */
export function publicKeysIn(text: string): string[] {
  return [...text.matchAll(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g)].map(
    (block) => `${block[0]}\n`,
  );
}

/** A fingerprint as people compare it: in groups of four. */
export function grouped(keyId: string): string {
  return keyId.replace(/(.{4})(?=.)/g, "$1 ");
}

/**
 * What is wrong with a seal taken alone, in a sentence, or null: its hash, its signature. `keys` are the public keys to
 * believe in, by fingerprint. Whether it fits what it covers is not looked at.
 */
export function sealFault(seal: Seal, keys: ReadonlyMap<string, string>): string | null {
  const { number, keyId } = seal;
  if (sealHash(seal) !== seal.hash) return `Seal ${number} was changed: its hash does not fit its fields.`;
  const publicKey = keys.get(keyId);
  if (publicKey === undefined || keyIdOf(publicKey) !== keyId)
    return `Seal ${number} is signed with the key ${keyId}, which is not among the keys to check with.`;
  if (!isSignedWith(seal, publicKey)) return `Seal ${number} was changed: its signature does not fit.`;
  return null;
}

/** What is wrong with a seal at its place after the seal before it (null for the first), in a sentence, or null. */
export function sequenceFault(
  seal: Seal,
  before: Pick<Seal, "number" | "hash" | "statementSeq" | "auditSeq"> | null,
): string | null {
  const { number } = seal;
  const due = (before?.number ?? 0) + 1;
  if (number !== due) return `Seal ${due} is missing: seal ${number} stands in its place.`;
  if (seal.prevHash !== (before?.hash ?? firstPrevHash))
    return `Seal ${number} does not follow the seal before it: one of the two was put in another's place.`;
  if (seal.statementSeq < (before?.statementSeq ?? 0) || seal.auditSeq < (before?.auditSeq ?? 0))
    return `Seal ${number} reaches less far than the seal before it.`;
  return null;
}

/** Stands for the seal before the first. */
export const firstPrevHash = "0".repeat(64);

/** Whether a seal carries the signature of a public key (PEM) over its hash. */
export function isSignedWith(seal: Pick<Seal, "hash" | "signature">, publicKey: string): boolean {
  return verify(null, Buffer.from(seal.hash, "hex"), publicKey, Buffer.from(seal.signature, "hex"));
}

/**
 * Whether it is time to seal: an hour after the newest seal, or at once when there is none. A seal that a wrong clock dated
 * more than an hour ahead holds up none.
 */
export function isSealDue(newest: Date | null, now: Date): boolean {
  return newest === null || Math.abs(now.getTime() - newest.getTime()) >= sealEveryMs;
}
