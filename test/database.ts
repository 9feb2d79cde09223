import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, inject } from "vitest";
import type { Db } from "#db/client.server.ts";
import { templateDatabase, withDatabase } from "./template.ts";

export type TestDatabase = {
  engine: "pglite" | "postgres";
  /** Runs `body` in a transaction that is always rolled back. */
  rolledBack(body: (tx: Db) => Promise<void>): Promise<void>;
  /** The database itself, for tests about commits and concurrency. */
  db: Db;
  /** Connection URL; `memory://` on PGlite. */
  url: string;
};

class RollBack extends Error {}

/** Declares the same tests on PGlite and on real PostgreSQL, each on a fresh migrated database per file. */
export function onBothEngines(name: string, tests: (database: TestDatabase) => void): void {
  for (const engine of ["pglite", "postgres"] as const) {
    describe(`${name} (${engine})`, () => {
      const database = { engine } as TestDatabase;
      let close = async (): Promise<void> => {};
      beforeAll(async () => {
        const opened = engine === "pglite" ? await openPglite() : await openPostgres();
        close = opened.close;
        Object.assign(database, { db: opened.db, url: opened.url });
        database.rolledBack = async (body) => {
          try {
            await opened.db.transaction(async (tx) => {
              await body(tx);
              throw new RollBack();
            });
          } catch (error) {
            if (!(error instanceof RollBack)) throw error;
          }
        };
      });
      afterAll(() => close());
      tests(database);
    });
  }
}

type Opened = { db: Db; url: string; close: () => Promise<void> };

async function openPglite(): Promise<Opened> {
  const client = await PGlite.create({ loadDataDir: new Blob([readFileSync(inject("templatePath"))]) });
  return { db: drizzlePglite(client), url: "memory://", close: () => client.close() };
}

async function openPostgres(): Promise<Opened> {
  const { url, drop } = await freshDatabase(inject("postgresUrl"), templateDatabase);
  const sql = postgres(url, { max: 8, onnotice: () => {} });
  return {
    db: drizzlePostgres(sql),
    url,
    async close() {
      await sql.end({ timeout: 5 });
      await drop();
    },
  };
}

/** A database of its own on a PostgreSQL server, empty or as the template is. */
export async function freshDatabase(
  server: string,
  template?: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `clause7_${randomBytes(6).toString("hex")}`;
  await withAdmin(server, (sql) =>
    sql.unsafe(`create database ${name}${template ? ` template ${template}` : ""}`),
  );
  return {
    url: withDatabase(server, name),
    drop: () => withAdmin(server, (sql) => sql.unsafe(`drop database ${name} with (force)`)),
  };
}

async function withAdmin(url: string, run: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // Two files cloning the template at once would refuse each other.
    await sql`select pg_advisory_lock(7200742002)`;
    await run(sql);
  } finally {
    await sql.end();
  }
}
