import { generateKeyPairSync, verify } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyIdOf } from "#app/domain/audit/seal.ts";
import { SealKeyError, sealKeyFrom } from "./seal-key.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-seal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pemOf = (type: "ed25519" | "x25519"): string =>
  // The types of Node name each kind of key apart.
  (type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519")).privateKey
    .export({ type: "pkcs8", format: "pem" })
    .toString();

describe("a key of configuration", () => {
  it("is a PEM, a PEM on one line, or a path", () => {
    const pem = pemOf("ed25519");
    const path = join(folder, "key.pem");
    writeFileSync(path, pem);
    const signers = [pem, `\n${pem}`, pem.replaceAll("\n", "\\n"), path].map(
      (SEAL_KEY) => sealKeyFrom({ SEAL_KEY, DATA_DIR: join(folder, "data") }).signer,
    );
    expect(new Set(signers.map((one) => one.keyId)).size).toBe(1);
    const [signer] = signers;
    const bytes = Buffer.from("what is signed");
    if (!signer) expect.fail("no signer");
    expect(keyIdOf(signer.publicKey)).toBe(signer.keyId);
    expect(verify(null, bytes, signer.publicKey, signer.sign(bytes))).toBe(true);
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  it("is refused with a sentence that says what to do, and tells nothing of the key", () => {
    const refusal = (SEAL_KEY: string): string => {
      try {
        sealKeyFrom({ SEAL_KEY, DATA_DIR: folder });
      } catch (error) {
        if (error instanceof SealKeyError) return error.message;
      }
      return "none";
    };
    const make = "Make one with: openssl genpkey -algorithm ed25519 -out seal-key.pem";
    const pem = `SEAL_KEY is no Ed25519 private key in PEM (PKCS#8, without a passphrase). ${make}`;
    expect(refusal(pemOf("x25519"))).toBe(pem);
    expect(refusal("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----")).toBe(pem);
    const path = join(folder, "key.pem");
    expect(refusal(path)).toBe(
      `SEAL_KEY: the file ${path} cannot be read (ENOENT). Check the path and who may read it.`,
    );
    writeFileSync(path, pemOf("x25519"));
    expect(refusal(path)).toMatch(/^SEAL_KEY names a file that holds no Ed25519 private key/);
  });
});

describe("a key of the data folder", () => {
  it("is made once, for this account alone, and used from then on", () => {
    const DATA_DIR = join(folder, "deep", "data");
    const path = join(DATA_DIR, "seal-key.pem");
    const first = sealKeyFrom({ DATA_DIR });
    expect(first.createdAt).toBe(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(DATA_DIR).mode & 0o777).toBe(0o700);
    expect(readdirSync(DATA_DIR)).toEqual(["seal-key.pem"]);
    const second = sealKeyFrom({ DATA_DIR });
    expect(second.createdAt).toBeNull();
    expect(second.signer.keyId).toBe(first.signer.keyId);
  });

  it("is never made anew in place of one that cannot be read", () => {
    const path = join(folder, "seal-key.pem");
    writeFileSync(path, "half a key");
    expect(() => sealKeyFrom({ DATA_DIR: folder })).toThrow(
      `${path} holds no Ed25519 private key. Bring the file back from your backup`,
    );
    expect(readFileSync(path, "utf8")).toBe("half a key");
  });

  it("is refused where it cannot be kept", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => sealKeyFrom({ DATA_DIR: file })).toThrow(
      /cannot be kept in .* \((EEXIST|ENOTDIR)\)\. Give this account write permission, or set SEAL_KEY\./,
    );
  });
});
