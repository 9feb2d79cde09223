import { PGlite } from "@electric-sql/pglite";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { installLocks } from "./locks.server.ts";

/** Either engine, or a transaction on it. */
export type Db = PgDatabase<PgQueryResultHKT>;

export type Database = {
  db: Db;
  engine: "pglite" | "postgres";
  migrate(): Promise<void>;
  /** What PostgreSQL's autovacuum does by itself: frees the room of old row versions and counts what the planner goes by. */
  tidy(): Promise<void>;
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
  // Compiling a query costs more than it saves where none runs for long. As a word, for the driver leaves out what is false.
  const sql = postgres(url, { max: 10, onnotice: () => {}, connection: { jit: "off" } });
  const db = drizzlePostgres(sql);
  return {
    db,
    engine: "postgres",
    async migrate() {
      // One connection, so that the lock and the migrations share a session.
      const one = postgres(url, { max: 1, onnotice: () => {} });
      try {
        await one`select pg_advisory_lock(7200742001)`;
        const migrating = drizzlePostgres(one);
        await migratePostgres(migrating, { migrationsFolder });
        await installLocks(migrating);
      } finally {
        await one.end();
      }
    },
    tidy: async () => {},
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
    migrate: async () => {
      await migratePglite(db, { migrationsFolder });
      await installLocks(db);
    },
    tidy: async () => {
      await db.execute("vacuum (analyze)");
    },
    async close() {
      await client.close();
      release();
    },
  };
}

/** Takes the folder for this process; answers how to give it back. */
function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "lock");
  const mine = `${path}.${process.pid}`;
  for (let tries = 0; tries < 5; tries++) {
    // Written aside and then linked, so that nobody ever reads half a lock.
    writeFileSync(mine, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 });
    const taken = !unless("EEXIST", () => linkSync(mine, path));
    rmSync(mine);
    if (taken) return () => rmSync(path, { force: true });
    refuseIfHeld(folder, path);
    if (unless("ENOENT", () => renameSync(path, mine))) continue;
    try {
      // Another starter may have replaced the stale lock since it was read.
      refuseIfHeld(folder, mine);
    } catch (error) {
      renameSync(mine, path);
      throw error;
    }
  }
  throw new DataFolderInUse(`The data folder ${folder} could not be locked.`);
}

/** Throws {@link DataFolderInUse} when the process that a lock names is alive. A number used again is another process. */
function refuseIfHeld(folder: string, path: string): void {
  let lock = "";
  if (unless("ENOENT", () => (lock = readFileSync(path, "utf8")))) return;
  const [pid = 0, started = 0] = lock.split(" ").map(Number);
  if (!isAlive(pid) || (started !== 0 && startOf(pid) !== started)) return;
  throw new DataFolderInUse(
    pid === process.pid
      ? `The data folder ${folder} is already open in this process.`
      : `The data folder ${folder} is in use by process ${pid}. Stop that process first, or point DATA_DIR elsewhere.`,
  );
}

/** Does `act`; answers true when it fails with this code. */
function unless(code: string, act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === code) return true;
    throw error;
  }
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

/** When a process started, in ticks since boot; 0 where the system does not tell (proc_pid_stat(5), field 22). */
function startOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return Number(fields[19]) || 0;
  } catch {
    return 0;
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
