import { PGlite } from "@electric-sql/pglite";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Either engine, or a transaction on it. */
export type Db = PgDatabase<PgQueryResultHKT>;

export type Database = {
  db: Db;
  engine: "pglite" | "postgres";
  migrate(): Promise<void>;
  close(): Promise<void>;
};

/** The data folder is held by another live process. */
export class DataFolderInUse extends Error {
  override name = "DataFolderInUse";
}

const migrationsFolder = join(import.meta.dirname, "migrations");

/**
 * Opens PostgreSQL for a `postgres://` URL, otherwise the embedded PGlite in the folder named.
 * The folder is created with mode 0700 and locked: PGlite itself would let a second process
 * lose rows silently. Throws {@link DataFolderInUse} when the lock is held.
 */
export async function openDatabase(url: string): Promise<Database> {
  return /^postgres(ql)?:\/\//.test(url) ? openPostgres(url) : openPglite(url);
}

async function openPostgres(url: string): Promise<Database> {
  const sql = postgres(url, { max: 10, onnotice: () => {} });
  const db = drizzlePostgres(sql);
  return {
    db,
    engine: "postgres",
    async migrate() {
      // One connection, so that the lock and the migrations share a session.
      const one = postgres(url, { max: 1, onnotice: () => {} });
      try {
        await one`select pg_advisory_lock(7200742001)`;
        await migratePostgres(drizzlePostgres(one), { migrationsFolder });
      } finally {
        await one.end();
      }
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

async function openPglite(folder: string): Promise<Database> {
  const release = folder === "memory://" ? () => {} : lockFolder(folder);
  let client: PGlite;
  try {
    client = await PGlite.create({
      dataDir: folder === "memory://" ? folder : join(folder, "pglite"),
      startParams: [...PGlite.defaultStartParams, "-c", "fsync=on", "-c", "shared_buffers=16MB"],
    });
  } catch (error) {
    release();
    throw error;
  }
  const db = drizzlePglite(client);
  return {
    db,
    engine: "pglite",
    migrate: () => migratePglite(db, { migrationsFolder }),
    async close() {
      await client.close();
      release();
    },
  };
}

function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "lock");
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeSync(file, `${process.pid}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const holder = Number(readFileSync(path, "utf8"));
      if (holder !== process.pid && isAlive(holder)) {
        throw new DataFolderInUse(
          `The data folder ${folder} is in use by process ${holder}. Stop that process first, or point DATA_DIR elsewhere.`,
        );
      }
      if (holder === process.pid)
        throw new DataFolderInUse(`The data folder ${folder} is already open in this process.`);
      rmSync(path, { force: true });
    }
  }
  throw new DataFolderInUse(`The data folder ${folder} could not be locked.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Rows of `db.execute`, whose result is an array on one engine and `{ rows }` on the other. */
export function rowsOf<T>(result: unknown): T[] {
  return Array.isArray(result) ? (result as T[]) : (result as { rows: T[] }).rows;
}

/** SQLSTATE of a failed query, or undefined. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const source: unknown = error.cause ?? error;
  return source instanceof Object && "code" in source && typeof source.code === "string"
    ? source.code
    : undefined;
}
