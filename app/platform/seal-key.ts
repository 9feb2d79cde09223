import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { signerFor, type Signer } from "#app/domain/audit/seal.ts";
import type { Env } from "./env.ts";

/** Why there is no key to sign seals with: one sentence that names what to mend. Never holds a key. */
export class SealKeyError extends Error {
  override name = "SealKeyError";
}

/**
 * The key that seals are signed with: that of SEAL_KEY, else the one in the data folder, which is made there when there is
 * none. `createdAt` is the path of a key just made, to be told once. Throws {@link SealKeyError}.
 */
export function sealKeyFrom(env: Pick<Env, "SEAL_KEY" | "DATA_DIR">): {
  signer: Signer;
  createdAt: string | null;
} {
  if (env.SEAL_KEY !== undefined) return { signer: configured(env.SEAL_KEY), createdAt: null };
  const path = join(env.DATA_DIR, "seal-key.pem");
  const created = createOnce(path, env.DATA_DIR);
  const text = read(path, "The key that seals are signed with");
  return {
    signer: signerOf(
      text,
      `${path} holds no Ed25519 private key. Bring the file back from your backup, or move it away and start again: later seals are then signed with a new key.`,
    ),
    createdAt: created ? path : null,
  };
}

function configured(value: string): Signer {
  const isPem = value.trimStart().startsWith("-----BEGIN");
  // An environment file keeps a PEM on one line with its line ends written out.
  const text = isPem ? value.replaceAll("\\n", "\n") : read(value, "SEAL_KEY: the file");
  return signerOf(
    text,
    `SEAL_KEY ${isPem ? "is" : "names a file that holds"} no Ed25519 private key in PEM (PKCS#8, without a passphrase). Make one with: openssl genpkey -algorithm ed25519 -out seal-key.pem`,
  );
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SealKeyError(
      `${what} ${path} cannot be read (${codeOf(error)}). Check the path and who may read it.`,
    );
  }
}

function signerOf(pem: string, sentence: string): Signer {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What OpenSSL says helps nobody, and might quote the key.
    throw new SealKeyError(sentence);
  }
  if (key.asymmetricKeyType !== "ed25519") throw new SealKeyError(sentence);
  return signerFor(key);
}

/**
 * Makes a key where there is none; answers whether it did. Written aside and then linked: a start that is cut off leaves no
 * half key, and of two starts one wins.
 */
function createOnce(path: string, folder: string): boolean {
  if (existsSync(path)) return false;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return link(written(`${path}.${process.pid}`), path);
  } catch (error) {
    throw new SealKeyError(
      `The key that seals are signed with cannot be kept in ${folder} (${codeOf(error)}). Give this account write permission, or set SEAL_KEY.`,
    );
  }
}

/** Writes a new key to the disk; answers the path. */
function written(path: string): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  rmSync(path, { force: true });
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return path;
}

/** Moves a file to its place unless something is there; answers whether it did. */
function link(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(aside);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
}
