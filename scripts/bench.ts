// `npm run bench`: speed as ratios within one run, so that figures from different machines can be compared.
import { asc, eq, sql } from "drizzle-orm";
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { openDatabase, type Database, type Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import { answer, attempt } from "#db/schema/learning.ts";
import { assignRequirements } from "#app/domain/competence/assignment.server.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { newestModule, publishContent } from "#app/domain/content/publish.server.ts";
import { attemptFor, openAttempt } from "#app/domain/learning/attempt.server.ts";
import { readResponse } from "#app/domain/learning/presentation.ts";
import { keyOf, postingKinds } from "#app/domain/lrs/posting.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";
import { samplePassword } from "#app/domain/people/sample.ts";
import { signIn } from "#app/domain/people/session.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { sessionHeader } from "#app/http/session.server.ts";
import { log } from "#app/platform/log.ts";
import { lrsAsker } from "#app/platform/lrs.ts";
import { rightAnswer } from "#test/course.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { startPostgres } from "#test/postgres.ts";
import { withDatabase } from "#test/template.ts";
import { buildWithBare } from "./bare-route.ts";
import { assistantSpeed } from "./bench-assistant.ts";
import { retrievalSpeed } from "./bench-retrieval.ts";
import { lrsSpeed } from "./bench-lrs.ts";
import { packSpeed } from "./bench-pack.ts";
import { boardSpeed } from "./bench-board.ts";
import { loadContent } from "./content.ts";
import { buildIfStale } from "./prepare.mjs";
import { publish } from "./publish.ts";

const submissions = 200;
const requests = 600;
const lanes = 8;

/** What can be measured; `npm run bench -- lrs` measures one alone. */
const parts: Record<string, () => Promise<void>> = {
  pages,
  submissions: () => onEveryEngine("submissions", onDatabase(submissionRatio)),
  board: () => onEveryEngine("board", onDatabase(boardRatio)),
  lrs: () => onEveryEngine("lrs", lrsRatio),
  assistant: () => onEveryEngine("assistant", assistantRatio),
  retrieval: () => onEveryEngine("retrieval", retrievalRatio),
  pack: () => onPostgres("pack", packMemory),
};

if (process.argv[2] === "serve") await serve(process.argv[3] ?? "");
else await bench(process.argv.slice(2));

async function bench(names: string[]): Promise<void> {
  const unknown = names.find((name) => !parts[name]);
  if (unknown) throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(", ")}.`);
  buildIfStale();
  for (const [name, part] of Object.entries(parts))
    if (names.length === 0 || names.includes(name)) await part();
}

/** The record store; a million statements in the embedded database would take a quarter of an hour to write. */
async function lrsRatio(url: string): Promise<void> {
  const engine = url.startsWith("postgres") ? "postgres" : "pglite";
  for (const { name, value, unit, against, other } of await lrsSpeed(
    url,
    engine,
    engine === "postgres" ? 1_000_000 : 100_000,
  ))
    print(name, value, unit, against, other);
}

/** The assistant without a model, and what it adds in front of one. */
async function assistantRatio(url: string): Promise<void> {
  const engine = url.startsWith("postgres") ? "postgres" : "pglite";
  for (const { name, value, unit, against, other } of await assistantSpeed(url, engine))
    print(name, value, unit, against, other);
}

/** An audit pack of a hundred thousand people: it is to stay within 512 MB. */
async function packMemory(url: string): Promise<void> {
  const { people, megabytes, seconds, packed } = await packSpeed(url, 100_000);
  console.log(
    `audit pack of ${people} people: ${megabytes} MB of memory at most, of 512 MB allowed; ${seconds} s, ${packed} MB packed`,
  );
}

/** Searches among a hundred thousand passages against those among a thousand. */
async function retrievalRatio(url: string): Promise<void> {
  const engine = url.startsWith("postgres") ? "postgres" : "pglite";
  const [few, many] = await retrievalSpeed(url);
  if (!few || !many) return;
  for (const share of ["p50", "p95"] as const)
    print(
      `search among ${many.passages} passages, ${share} (${engine})`,
      many[share],
      "ms",
      `${few.passages} passages`,
      few[share],
    );
}

/** Module page against a page that does nothing, on the same server, in turns, so that both see the same machine. */
async function pages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "clause7-bench-"));
  const child = fork(import.meta.filename, ["serve", folder], { execArgv: ["--import", "tsx"] });
  try {
    const { origin, cookie } = await new Promise<{ origin: string; cookie: string }>((resolve, reject) => {
      child.once("message", (message) => resolve(message as { origin: string; cookie: string }));
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const paths = { module: "/learn/ai-awareness-yearly", lesson: "/", bare: "/bare" };
    const rates: Record<string, number[]> = {};
    for (let round = 0; round < 4; round++) {
      for (const [name, path] of Object.entries(paths)) {
        const rate = await load(`${origin}${path}`, cookie, round === 0 ? requests / 4 : requests);
        // The first round warms up.
        if (round > 0) rates[name] = [...(rates[name] ?? []), rate];
      }
    }
    const [module, home, bare] = [rates["module"], rates["lesson"], rates["bare"]].map((all) =>
      median(all ?? []),
    );
    print("module page", module, "requests/s", "bare Remix page", bare);
    print("home page", home, "requests/s", "bare Remix page", bare);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The product's own server with one page more, which has no loader and no work. */
async function serve(folder: string): Promise<void> {
  const now = (): Date => new Date();
  const database = await openDatabase(folder);
  await database.migrate();
  const content = loadContent("content");
  await publish(database.db, content, { kind: "sample", baseIri: "http://127.0.0.1" }, now());
  const baseUrl = "http://127.0.0.1";
  const services = {
    db: database.db,
    now,
    model: null,
    evaluation: null,
    terms: [],
    mailing: { book: content.mails, reminders: content.reminders, from: null },
    modelLimits: { calls: 0, characters: 0 },
    askLimit: () => Promise.resolve(null),
    ask: lrsAsker([]),
    baseUrl,
    packFolder: "no-such-folder",
    keyId: "",
  };
  log.level = "error";
  const app = createServer({
    build: guardRoutes(await buildWithBare(), log),
    services,
    log,
    trustProxy: false,
    signInsPerMinute: 1000,
  });
  const signedIn = await signIn(
    database.db,
    { email: "mila.janssen@aldermoor.example", password: samplePassword },
    now(),
  );
  if (!signedIn.ok) throw new Error("the sample sign-in was refused");
  const cookie = (await sessionHeader(signedIn.token, services)).split(";")[0];
  const server = app.listen(0, "127.0.0.1", () => {
    process.send?.({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cookie });
  });
}

/** Requests per second over `count` requests in parallel lanes. */
async function load(url: string, cookie: string, count: number): Promise<number> {
  let left = count;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return count / ((performance.now() - began) / 1000);
}

async function onPostgres(name: string, measure: (url: string) => Promise<void>): Promise<void> {
  const cluster = await startPostgres();
  try {
    await onDatabaseOf(cluster.url, `bench_${name}`, measure);
  } finally {
    await cluster.stop();
  }
}

async function onDatabaseOf(
  server: string,
  database: string,
  measure: (url: string) => Promise<void>,
): Promise<void> {
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${database}`);
  await measure(withDatabase(server, database));
  await admin.unsafe(`drop database ${database} with (force)`);
  await admin.end();
}

async function onEveryEngine(name: string, measure: (url: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "clause7-bench-"));
  const cluster = await startPostgres();
  try {
    await measure(folder);
    await onDatabaseOf(cluster.url, `bench_${name}`, measure);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function onDatabase(measure: (database: Database) => Promise<void>): (url: string) => Promise<void> {
  return async (url) => {
    const database = await openDatabase(url);
    try {
      await database.migrate();
      await measure(database);
    } finally {
      await database.close();
    }
  };
}

/** Submissions through the front door against bare inserts of the rows they left behind, a transaction each. */
async function submissionRatio({ db, engine }: Database): Promise<void> {
  const now = new Date();
  const attempts = await prepared(db, now);
  const queue = [...attempts];
  const submitted = await perSecond(attempts.length, async () => {
    const next = queue.pop();
    if (next) await submitAssessment(db, next.actor, { attemptId: next.id }, now);
  });
  const left = await rowsLeftBehind(db);
  for (const table of ["statement", "posting", "audit_event", "certificate", "attempt", "answer", "period"])
    await db.execute(sql.raw(`create table raw_${table} (like ${table} including all)`));
  const raw = await perSecond(left.length, async () => {
    const rows = left.pop();
    if (rows)
      await db.transaction(async (tx) => {
        for (const [table, inserts] of Object.entries(rows)) {
          if (inserts.length > 0)
            await tx.execute(
              sql`insert into ${sql.raw(`raw_${table} select * from jsonb_populate_recordset(null::raw_${table},`)} ${JSON.stringify(inserts)}::jsonb)`,
            );
        }
      });
  });
  print(`submissions (${engine})`, submitted, "per second", "raw inserts of the same rows", raw);
}

async function prepared(db: Db, now: Date): Promise<{ id: string; actor: Actor }[]> {
  const content = loadContent("content");
  const attempts: { id: string; actor: Actor }[] = [];
  await db.transaction(async (tx) => {
    await anOrganisation(tx);
    const people = [];
    for (let i = 0; i < submissions; i++) people.push(await aPerson(tx));
    await publishContent(tx, content, now);
    await publishRequirements(tx, content.requirements, now);
    await assignRequirements(tx, system, {}, now);
    const module = await newestModule(tx, "ai-awareness");
    if (!module) throw new Error("the module is missing");
    for (const person of people) {
      const [row] = await tx.select().from(period).where(eq(period.personId, person.id));
      if (!row) throw new Error("the period is missing");
      const drawn = await openAttempt(
        tx,
        {
          registration: row.id,
          personId: person.id,
          module,
          kind: "assessment",
          number: 1,
          seed: attempts.length,
          blueprint: module.body.assessment.blueprint,
          timeFactor: 1,
        },
        now,
      );
      const actor = actorFor(person);
      const view = await attemptFor(tx, actor, drawn.id, now);
      await tx.insert(answer).values(
        (view?.items ?? []).map((shown) => {
          const entry = drawn.form.items[shown.position];
          const item = module.body.items.find((one) => one.id === entry?.item);
          const response = entry && item && readResponse(item, entry, rightAnswer(module.body, shown));
          if (!response) throw new Error("an answer cannot be read");
          return { attemptId: drawn.id, position: shown.position, response, savedAt: now, revision: 1 };
        }),
      );
      attempts.push({ id: drawn.id, actor });
    }
  });
  return attempts;
}

/** For each submission the rows it wrote, as the database gives them back. */
async function rowsLeftBehind(db: Db): Promise<Record<string, unknown[]>[]> {
  const all = await db.select().from(attempt).orderBy(asc(attempt.id));
  const rows: Record<string, unknown[]>[] = [];
  const json = async (table: string, where: ReturnType<typeof sql>): Promise<unknown[]> => {
    const result: unknown = await db.execute(
      sql`select to_jsonb(t) as row from ${sql.raw(table)} t where ${where}`,
    );
    const found = Array.isArray(result) ? result : (result as { rows: unknown[] }).rows;
    return found.map((one) => (one as { row: unknown }).row);
  };
  for (const one of all) {
    const isOf = sql`exists (select 1 from posting p
      where p.kind = ${postingKinds.registration} and p.key = ${keyOf(one.registration)}::uuid and p.seq = t.seq)`;
    const proof = await json("certificate", sql`registration = ${one.registration}`);
    rows.push({
      statement: await json("statement", sql`${isOf}`),
      posting: await json("posting", sql`t.via in (select seq from statement t where ${isOf})`),
      audit_event: await json(
        "audit_event",
        sql`subject_id in (${one.id}, ${one.registration}, ${(proof[0] as { id?: string })?.id ?? ""}) and type <> 'period.assigned'`,
      ),
      certificate: proof,
      attempt: await json("attempt", sql`id = ${one.id}`),
      answer: await json("answer", sql`attempt_id = ${one.id}`),
      period: await json("period", sql`id = ${one.registration}`),
    });
  }
  const counts = [statement, auditEvent, certificate].map((table) => db.$count(table));
  if ((await Promise.all(counts)).some((n) => n < all.length)) throw new Error("rows are missing");
  return rows;
}

/** The board, coverage and the trial of a requirement. */
async function boardRatio({ db, engine }: Database): Promise<void> {
  for (const { name, value, unit, against, other } of await boardSpeed(db, engine))
    print(name, value, unit, against, other);
}

async function perSecond(count: number, once: () => Promise<void>): Promise<number> {
  let left = count;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) await once();
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  return count / ((performance.now() - began) / 1000);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function print(what: string, value = 0, unit: string, against: string, other = 0): void {
  const ratio = (value / other).toFixed(2).padStart(6);
  console.log(`${ratio}  ${what}: ${value.toFixed(1)} ${unit}; ${against}: ${other.toFixed(1)}`);
}
