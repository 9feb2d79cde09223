import { readFileSync } from "node:fs";
import { keyIdOf, publicKeysIn } from "#app/domain/audit/seal.ts";

/** A reason to end that the person at the terminal can mend. */
class Mendable extends Error {
  override name = "Mendable";
}

/** Ends with one sentence that the person at the terminal can act on. */
export function mend(sentence: string): never {
  throw new Mendable(sentence);
}

/** Runs a script. It ends with 0 when `main` answers true, with 1 when it answers false, with 2 when there is something to mend first. */
export async function run(main: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    if (!isMendable(error)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

function isMendable(error: unknown): error is Error {
  if (error instanceof Mendable) return true;
  // Of parseArgs: an option that does not exist or lacks its value.
  return error instanceof Error && codeOf(error).startsWith("ERR_PARSE_ARGS");
}

/** The public keys of these files, by fingerprint. */
export function trustedKeys(paths: readonly string[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const path of paths) {
    const found = publicKeysIn(textOf(path));
    if (found.length === 0)
      mend(
        `${path} holds no public key in PEM. Take it from /admin/audit/seal-key.pem, or make it with: openssl pkey -in seal-key.pem -pubout`,
      );
    for (const publicKey of found) {
      const id = keyIdOf(publicKey);
      if (id === null) mend(`${path} holds a public key that is not Ed25519.`);
      else keys.set(id, publicKey);
    }
  }
  return keys;
}

/** The text of a file. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return mend(`${path} cannot be read (${codeOf(error)}).`);
  }
}

/** The system's word for what went wrong with a file. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
