import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Reminders, remindersFile } from "#app/domain/competence/reminder.ts";
import { parseYaml } from "#app/domain/content/source.ts";

/** The program that checks packs, as it goes into each. */
export const verifierText = (): string => readFileSync(join(import.meta.dirname, "verify-pack.mjs"), "utf8");

/** The product's version. */
export function version(): string {
  const file = readFileSync(join(import.meta.dirname, "../package.json"), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}

/** The ladder of reminders of a content folder, without the rest of it, which is large. */
export const ladderIn = (folder: string): Reminders =>
  parseYaml(readFileSync(join(folder, "reminders.yaml"), "utf8"), remindersFile, "reminders.yaml");
