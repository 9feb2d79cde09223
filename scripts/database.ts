import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "#db/client.server.ts";
import { type Env, readEnv } from "#app/platform/env.ts";

/** A reason not to start that the person at the terminal can mend. */
export class CannotStart extends Error {
  override name = "CannotStart";
}

/** The configuration in the environment. Throws {@link CannotStart} with what to mend. */
export function configuration(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Opens the configured database; creating the embedded one is told through `progress`. Throws {@link CannotStart} when the
 * folder cannot be written or PostgreSQL does not answer, and `DataFolderInUse` when another process holds the folder.
 */
export async function openConfigured(env: Env, progress: (line: string) => void): Promise<Database> {
  if (!env.DATABASE_URL) {
    try {
      mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
      accessSync(env.DATA_DIR, constants.W_OK);
    } catch {
      throw new CannotStart(
        `The data folder ${env.DATA_DIR} cannot be written. Give this account write permission, or point DATA_DIR elsewhere.`,
      );
    }
    if (!existsSync(join(env.DATA_DIR, "pglite")))
      progress(`Creating the embedded database in ${env.DATA_DIR} …`);
    return openDatabase(env.DATA_DIR);
  }
  const database = await openDatabase(env.DATABASE_URL);
  try {
    await database.db.execute("select 1");
  } catch (error) {
    await database.close();
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : "no answer";
    throw new CannotStart(
      `The database of DATABASE_URL does not answer (${reason}). Check address, name, user and password.`,
    );
  }
  return database;
}
