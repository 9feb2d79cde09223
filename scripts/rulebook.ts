import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Database, DataFolderInUse, openDatabase, sqlState } from "#db/client.server.ts";
import { worldFor } from "#app/domain/assistant/reading.server.ts";
import { legalFile, lexicon, purposesFile, type RuleSet } from "#app/domain/risk/rule-set.ts";
import { storedReader } from "#app/domain/risk/stored-reader.ts";
import { currentRules } from "#app/domain/risk/rule-set.server.ts";
import type { Env } from "#app/platform/env.ts";
import { loadContent } from "./content.ts";
import { openConfigured } from "./database.ts";
import { publish } from "./publish.ts";

/**
 * A database with register, policies and rules to judge by: that of DATABASE_URL or DATA_DIR where rules are published
 * in it, otherwise the content folder, published in memory. Says through `progress` which. Changes neither.
 */
export async function openRulebook(env: Env, now: Date, progress: (line: string) => void): Promise<Database> {
  const stored = env.DATABASE_URL ? "the database of DATABASE_URL" : env.DATA_DIR;
  const opened = await published(env, now);
  if (typeof opened === "object") {
    progress(`Judging by the rules, register and policies in ${stored}.`);
    return opened;
  }
  progress(`${opened} Judging by the files in ${env.CONTENT_DIR}, published in memory.`);
  const content = loadContent(env.CONTENT_DIR);
  const database = await openDatabase("memory://");
  await database.migrate();
  // Of one's own: people and their past have no part in a verdict.
  await publish(database.db, content, { kind: "own", baseIri: "https://clause7.invalid" }, now);
  return database;
}

/** The configured database, or why it cannot be judged by. */
async function published(env: Env, now: Date): Promise<Database | string> {
  if (!env.DATABASE_URL && !existsSync(join(env.DATA_DIR, "pglite")))
    return `There is no database in ${env.DATA_DIR} yet.`;
  let database: Database;
  try {
    database = await openConfigured(env, () => {});
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return `${env.DATA_DIR} is in use by a running server.`;
  }
  const reason = await unready(database, now);
  if (reason === null) return database;
  await database.close();
  return reason;
}

const earlier = "The database was written by an earlier version of the product.";

/** Why a database cannot be judged by; null when it can. */
async function unready({ db }: Database, now: Date): Promise<string | null> {
  try {
    const rules = await currentRules(db);
    if (rules === null) return "No rules are published in the database yet.";
    await worldFor(db, [], now);
    return isReadable(rules.body) ? null : earlier;
  } catch (error) {
    // A table or a column that a later version brings.
    if (!["42P01", "42703"].includes(sqlState(error) ?? "")) throw error;
    return earlier;
  }
}

/** Rules are stored as they were published: those of an earlier version may lack what this one judges by. */
function isReadable(rules: RuleSet): boolean {
  const parts = [
    legalFile.safeParse({ rules: rules.rules }),
    lexicon.safeParse(rules.lexicon),
    purposesFile.safeParse({ purposes: rules.purposes }),
    storedReader.safeParse(rules.reader),
  ];
  return parts.every((part) => part.success);
}
