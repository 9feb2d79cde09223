import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Database, DataFolderInUse, openDatabase, sqlState } from "#db/client.server.ts";
import { readEnv } from "#app/platform/env.ts";
import { mend } from "./terminal.ts";

/** Opens the database of DATABASE_URL, or the embedded one of DATA_DIR when no server runs on it. */
export async function openStore(): Promise<Database> {
  const database = await open();
  try {
    await database.db.execute("select number from seal limit 1");
    return database;
  } catch (error) {
    await database.close();
    if (sqlState(error) !== "42P01") throw error;
    return mend("This database was written by an earlier version. Start the product once, then try again.");
  }
}

async function open(): Promise<Database> {
  let env: ReturnType<typeof readEnv>;
  try {
    env = readEnv(process.env);
  } catch (error) {
    return mend(error instanceof Error ? error.message : String(error));
  }
  if (env.DATABASE_URL) return openServer(env.DATABASE_URL);
  if (!existsSync(join(env.DATA_DIR, "pglite")))
    mend(
      `There is no database in ${env.DATA_DIR}. Set DATABASE_URL, or DATA_DIR to the folder of the embedded one.`,
    );
  try {
    return await openDatabase(env.DATA_DIR);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return mend(
      `${error.message} Or leave it running: export the evidence on its page /admin/audit and check that with: npm run verify-evidence -- FILE`,
    );
  }
}

async function openServer(url: string): Promise<Database> {
  const database = await openDatabase(url);
  try {
    await database.db.execute("select 1");
    return database;
  } catch (error) {
    await database.close();
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : "no answer";
    return mend(
      `The database of DATABASE_URL does not answer (${reason}). Check address, name, user and password.`,
    );
  }
}
