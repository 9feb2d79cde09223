import { eq, isNotNull } from "drizzle-orm";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openDatabase } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import { answer, attempt } from "#db/schema/learning.ts";
import { verifyChain } from "#app/domain/audit/event.server.ts";
import { reconcile } from "#app/domain/evidence/reconciliation.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { freshDatabase } from "./database.ts";
import { storedStatements } from "./factories.ts";

const submissions = 50;
const submitter = { file: join(import.meta.dirname, "submitter.ts"), count: submissions, word: "submitted" };
const asker = { file: join(import.meta.dirname, "asker.ts"), count: 8, word: "asked" };

/** Runs a script; kills it some milliseconds after it has answered for so many. Answers what it had told by then. */
function run(
  script: { file: string; count: number; word: string },
  url: string,
  mode: string,
  kill?: { answered: number; milliseconds: number },
): Promise<{ code: number | null; told: string[] }> {
  const { file, count, word } = script;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", file, url, mode, String(count)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    let doomed = false;
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (!kill || doomed || !out.includes("ready")) return;
      if (out.split(word).length - 1 < kill.answered) return;
      doomed = true;
      setTimeout(() => child.kill("SIGKILL"), kill.milliseconds);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const told = out
        .split("\n")
        .slice(0, -1)
        .flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
      resolve({ code, told });
    });
  });
}

/** What must hold after every kill: nothing told is lost, nothing is half there. */
async function check(url: string, told: ReadonlySet<string>): Promise<number> {
  const database = await openDatabase(url);
  try {
    const { db } = database;
    const rows = await db.select().from(attempt);
    const done = new Set(rows.filter((row) => row.submittedAt !== null).map((row) => row.id));
    expect(
      [...told].filter((id) => !done.has(id)),
      "told, then lost",
    ).toEqual([]);
    const { gaps, attempts } = await reconcile(db, system);
    expect(gaps).toEqual([]);
    expect(attempts).toBe(done.size);
    const half = rows.filter(
      (row) => row.submittedAt === null && (row.score !== null || row.passed !== null),
    );
    expect(half).toEqual([]);
    const passed = rows.filter((row) => row.passed).length;
    expect(await db.$count(period, isNotNull(period.completedAt))).toBe(passed);
    expect(await db.$count(certificate)).toBe(passed);
    const marked = await db.select({ id: answer.attemptId }).from(answer).where(isNotNull(answer.score));
    expect(marked.filter((row) => !done.has(row.id))).toEqual([]);
    const ids = await db.select({ id: statement.id }).from(statement);
    expect(new Set(ids.map((row) => row.id)).size).toBe(ids.length);
    expect(await verifyChain(db)).toMatchObject({ broken: null });
    return done.size;
  } finally {
    await database.close();
  }
}

/** What must hold of questions after every kill; answers how many there are. */
async function checkQuestions(url: string, told: readonly string[]): Promise<number> {
  const database = await openDatabase(url);
  try {
    const { db } = database;
    const questions = await db.select().from(question);
    const ids = new Set(questions.map((row) => row.id));
    expect(
      told.filter((id) => !ids.has(id)),
      "told, then lost",
    ).toEqual([]);
    const events = await db.select().from(auditEvent).where(eq(auditEvent.type, "question.asked"));
    expect(events.map((event) => event.subjectId).toSorted()).toEqual([...ids].toSorted());
    const statements = await storedStatements(db);
    for (const { id, verdict } of questions) {
      const own = statements.filter((one) => one.context?.registration === id);
      expect(own.length, `statements of ${id}`).toBeGreaterThanOrEqual(verdict.flagged ? 2 : 1);
    }
    expect(await verifyChain(db)).toMatchObject({ broken: null });
    return questions.length;
  } finally {
    await database.close();
  }
}

describe.each(["pglite", "postgres"] as const)("a process killed while it submits (%s)", (engine) => {
  let url = "";
  let cleanUp = async (): Promise<void> => {};
  beforeAll(async () => {
    if (engine === "pglite") {
      url = mkdtempSync(join(tmpdir(), "clause7-crash-"));
      cleanUp = async () => rmSync(url, { recursive: true, force: true, maxRetries: 5 });
      return;
    }
    const database = await freshDatabase(inject("postgresUrl"));
    url = database.url;
    cleanUp = database.drop;
  });
  afterAll(() => cleanUp());

  it(`loses none of ${submissions} submissions it answered for, and leaves none half done`, async () => {
    expect(await run(submitter, url, "prepare")).toMatchObject({ code: 0 });
    const told = new Set<string>();
    const kills: string[] = [];
    for (let done = 0; done < submissions; done = await check(url, told)) {
      const kill = { answered: randomInt(0, 9), milliseconds: randomInt(0, 40) };
      const { code, told: more } = await run(submitter, url, "submit", kill);
      for (const id of more) told.add(id);
      if (code === null) kills.push(`${kill.answered} and ${kill.milliseconds} ms`);
    }
    expect(await check(url, told), `killed after ${kills.join(", ")}`).toBe(submissions);
    expect(kills.length).toBeGreaterThan(2);
  }, 480_000);
});

describe("a process killed while it answers questions", () => {
  const url = mkdtempSync(join(tmpdir(), "clause7-crash-"));
  afterAll(() => rmSync(url, { recursive: true, force: true, maxRetries: 5 }));

  it("has each question whole, with its statements and audit event, or not at all", async () => {
    expect(await run(asker, url, "prepare")).toMatchObject({ code: 0 });
    const told: string[] = [];
    for (const answeredFor of [0, 1, 3]) {
      const kill = { answered: answeredFor, milliseconds: randomInt(0, 60) };
      told.push(...(await run(asker, url, "ask", kill)).told);
      await checkQuestions(url, told);
    }
    expect(await run(asker, url, "ask")).toMatchObject({ code: 0 });
    expect(await checkQuestions(url, told)).toBeGreaterThanOrEqual(asker.count);
  }, 480_000);
});
