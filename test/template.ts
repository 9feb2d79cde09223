import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#db/client.server.ts";
import { installLocks } from "#db/locks.server.ts";
import postgres from "postgres";

export const templateDatabase = "clause7_template";

/** Migrates a template on both engines. Answers the path of the PGlite image. */
export async function dumpTemplate(postgresUrl: string): Promise<string> {
  const admin = postgres(postgresUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${templateDatabase}`);
  await admin.unsafe(`create database ${templateDatabase}`);
  await admin.end();
  const database = await openDatabase(withDatabase(postgresUrl, templateDatabase));
  await database.migrate();
  await database.close();

  const client = await PGlite.create();
  const db = drizzle(client);
  await migrate(db, { migrationsFolder: join(import.meta.dirname, "../db/migrations") });
  await installLocks(db);
  const image = await client.dumpDataDir("none");
  await client.close();
  const path = join(mkdtempSync(join(tmpdir(), "clause7-template-")), "image.tar");
  writeFileSync(path, Buffer.from(await image.arrayBuffer()));
  return path;
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
