import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DataFolderInUse, openDatabase, rowsOf } from "#db/client.server.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("opens a data folder once, and again when it was closed", async () => {
  const database = await openDatabase(folder);
  await expect(openDatabase(folder)).rejects.toThrow("is already open in this process");
  await database.close();
  const again = await openDatabase(folder);
  await again.close();
  expect(readdirSync(folder)).toEqual(["pglite"]);
});

it("keeps off a folder whose process lives", async () => {
  writeFileSync(join(folder, "lock"), `${process.ppid} 0\n`);
  await expect(openDatabase(folder)).rejects.toThrow(DataFolderInUse);
  await expect(openDatabase(folder)).rejects.toThrow(`is in use by process ${process.ppid}.`);
  expect(readdirSync(folder)).toEqual(["lock"]);
});

it.each([
  ["that has ended", () => `${spawnSync(process.execPath, ["-e", ""]).pid} 0\n`],
  // A container that starts anew gives its first process the number it had before.
  ["that had this one's number before", () => `${process.pid} 1\n`],
  ["that wrote no number", () => ""],
])("takes a folder over from a process %s", async (_words, lock) => {
  writeFileSync(join(folder, "lock"), lock());
  const database = await openDatabase(folder);
  expect(existsSync(join(folder, "lock"))).toBe(true);
  await database.close();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

it("is tidied, so that the planner knows what there is", async () => {
  const database = await openDatabase(folder);
  await database.migrate();
  await database.tidy();
  const counted = await database.db.execute(
    "select reltuples as n from pg_class where relname = 'statement_head'",
  );
  expect(rowsOf(counted)).toEqual([{ n: 1 }]);
  await database.close();
});
