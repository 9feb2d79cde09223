import { canonicalJson, sha256 } from "../audit/event.ts";
import type { Signer } from "../audit/seal.ts";
import type { PackScope } from "./scope.ts";

export const manifestPath = "manifest.json";
export const signaturePath = "manifest.sig";

/** A file of a pack. Hashes are SHA-256 in hexadecimal: of its content, and of its bytes in the archive. */
export type ManifestFile = {
  path: string;
  bytes: number;
  sha256: string;
  crc32: number;
  packedBytes: number;
  packedSha256: string;
};

/** What a pack says of itself; signed as a whole. All else in the archive follows from it. */
export type Manifest = {
  kind: "clause7-pack";
  version: 1;
  product: string;
  organisation: string;
  baseIri: string;
  scope: PackScope;
  madeAt: string;
  madeBy: { id: string; name: string };
  people: number;
  /** The last seal it goes up to; null when nothing was sealed. */
  lastSeal: { number: number; hash: string; statementSeq: number; auditSeq: number } | null;
  keyId: string;
  /** SPKI, PEM. */
  publicKey: string;
  /** In the order of the archive, the manifest and its signature left out. */
  files: ManifestFile[];
};

/** The manifest as it stands in the archive. */
export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/** What its signature is over: not mistakable for a seal's. */
const signedBytes = (hash: string): Buffer => Buffer.from(`clause7-pack-1\n${hash}\n`, "utf8");

/** The signature as it stands in the archive: the SHA-256 of the manifest, then Ed25519 over it. */
export function signatureText(text: string, signer: Signer): string {
  const hash = sha256(text);
  return `${hash}\n${Buffer.from(signer.sign(signedBytes(hash))).toString("hex")}\n`;
}
