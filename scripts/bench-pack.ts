import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc } from "drizzle-orm";
import { type Db, openDatabase } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { statement, statementHead } from "#db/schema/lrs.ts";
import { organisation, person } from "#db/schema/people.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { publishContent } from "#app/domain/content/publish.server.ts";
import { completionOf } from "./bench-statement.ts";
import { loadContent } from "./content.ts";
import { generatePeople } from "./generate-people.ts";

export type PackSpeed = { people: number; megabytes: number; seconds: string; packed: number };

/** Makes a pack of so many people in a process of its own, and looks at the most memory it took. */
export async function packSpeed(url: string, people: number): Promise<PackSpeed> {
  await fill(url, people);
  const folder = mkdtempSync(join(tmpdir(), "clause7-bench-"));
  try {
    const began = performance.now();
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "scripts/export-pack.ts", "--out", join(folder, "pack.zip")],
      { env: { ...process.env, DATABASE_URL: url, DATA_DIR: folder }, stdio: "inherit" },
    );
    const ended = once(child, "exit") as Promise<[number | null]>;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, peakOf(child.pid ?? 0));
    }, 200);
    const [code] = await ended;
    clearInterval(watch);
    if (code !== 0) throw new Error(`the pack was not made: ${code}`);
    return {
      people,
      megabytes: Math.round(most / 1024),
      seconds: ((performance.now() - began) / 1000).toFixed(0),
      packed: Math.round(statSync(join(folder, "pack.zip")).size / 1e6),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The most memory that a process has held so far, in kB (proc_pid_status(5), VmHWM). */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** An organisation of so many people, with two statements about each of their periods. */
async function fill(url: string, people: number): Promise<void> {
  const database = await openDatabase(url);
  const now = new Date();
  try {
    await database.migrate();
    const { db } = database;
    const content = loadContent("content");
    await db.insert(organisation).values({
      id: 1,
      kind: "own",
      name: "Large",
      baseIri: "https://large.example",
      createdAt: now,
    });
    await publishContent(db, content, now);
    await publishRequirements(db, content.requirements, now);
    await generatePeople(db, { count: people }, now);
    await fillStatements(db, now);
  } finally {
    await database.close();
  }
}

async function fillStatements(db: Db, now: Date): Promise<void> {
  const pseudonyms = new Map(
    (await db.select({ id: person.id, pseudonym: person.pseudonym }).from(person)).map((p) => [
      p.id,
      p.pseudonym,
    ]),
  );
  const periods = await db
    .select({ id: period.id, personId: period.personId })
    .from(period)
    .orderBy(asc(period.id));
  let seq = 0;
  for (let i = 0; i < periods.length; i += 1000) {
    const rows = periods.slice(i, i + 1000).flatMap((one) =>
      [0, 1].map((position) => {
        seq += 1;
        return completionOf(seq, one.id, pseudonyms.get(one.personId) ?? "", position, now);
      }),
    );
    await db.insert(statement).values(rows);
  }
  await db
    .insert(statementHead)
    .values({ id: 1, seq, stored: now })
    .onConflictDoUpdate({ target: statementHead.id, set: { seq, stored: now } });
}
