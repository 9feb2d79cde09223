import { parse } from "csv-parse/sync";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { requestPack } from "#app/domain/pack/job.server.ts";
import { changes, type Change } from "#test/pack-changes.ts";
import { unzip } from "#test/unzip.ts";
import { must, type World } from "./world.ts";

/** Asks for the pack of the year, lets the worker build it, and answers its path. */
export async function packOf(world: World, from: string, until: string): Promise<string> {
  const input = { from, until, departments: [], requirements: [] };
  const { id } = must(await requestPack(world.db, world.actor("august"), input, world.clock));
  await world.work();
  const path = join(world.packFolder, `${id}.zip`);
  if (!existsSync(path)) throw new Error("the pack was not built");
  return path;
}

/** The rows of a table of the pack, by the end of its path. */
export function tableIn(path: string, name: string): Record<string, string>[] {
  const found = Object.entries(unzip(readFileSync(path))).find(([file]) => file.endsWith(name));
  if (!found) throw new Error(`the pack has no ${name}`);
  return parse(found[1], { columns: true, bom: true });
}

/** What the pack says of people and requirements: `person requirement` and the state. */
export function statesIn(path: string): Record<string, string> {
  const named = Object.entries(periodStateNames);
  return Object.fromEntries(
    tableIn(path, "competence.csv").map((row) => [
      `${row["Person"]} ${row["Requirement"]}`,
      named.find(([, name]) => name === row["State"])?.[0] ?? "",
    ]),
  );
}

/** The program that goes with every pack, as an auditor runs it: without the product. */
export async function verifyAlone(path: string, keyId: string): Promise<{ ok: boolean; said: string }> {
  const script = join(import.meta.dirname, "../../scripts/verify-pack.mjs");
  const args = [script, path, "--key-fingerprint", keyId];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return { ok: true, said: stdout };
  } catch (error) {
    return { ok: false, said: (error as { stdout?: string }).stdout ?? "" };
  }
}

/** Of every file of the pack a few bytes, of its head and of its content, and some of the directory. */
export function sampled(path: string): Change[] {
  const byPart = new Map<string, Change[]>();
  for (const one of changes(readFileSync(path)))
    byPart.set(one.named, [...(byPart.get(one.named) ?? []), one]);
  return [...byPart].flatMap(([named, all]) => {
    const count = named === "directory" || named.startsWith("manifest.") ? 40 : 4;
    const step = Math.max(1, Math.floor(all.length / count));
    return all.filter((_, i) => i % step === 0 || i === all.length - 1);
  });
}
