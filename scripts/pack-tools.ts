import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The program that checks packs, as it goes into each. */
export const verifierText = (): string => readFileSync(join(import.meta.dirname, "verify-pack.mjs"), "utf8");

/** The product's version. */
export function version(): string {
  const file = readFileSync(join(import.meta.dirname, "../package.json"), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}
