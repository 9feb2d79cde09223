// Speed of the record store: ingest against bare inserts of the same rows, and first pages at growing sizes.
import express from "express";
import { sql } from "drizzle-orm";
import { fork, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type Db, openDatabase } from "#db/client.server.ts";
import { createCredential } from "#app/domain/lrs/credential.server.ts";
import { prepareStatements } from "#app/domain/lrs/statement-batch.ts";
import { statementFault } from "#app/domain/lrs/statement-check.ts";
import { storeBatches } from "#app/domain/lrs/statement-store.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { xapiRouter } from "#app/http/xapi/router.server.ts";
import { log } from "#app/platform/log.ts";
import { anOrganisation } from "#test/factories.ts";

const writers = 16;
const baseIri = "https://learn.aldermoor.example";

/** What the process with the database is told to do, one at a time. */
type Order = { raw: string[] } | { grow: number };

type Result = { name: string; value: number; unit: string; against: string; other: number };

if (process.argv[2] === "serve-lrs") await serve(process.argv[3] ?? "");

/** A statement such as a course would send; every number gives another one. */
function aStatement(i: number): object {
  return {
    id: randomUUID(),
    actor: { objectType: "Agent", account: { homePage: baseIri, name: `person-${i % 500}` } },
    verb: { id: `http://adlnet.gov/expapi/verbs/verb-${i % 7}`, display: { en: "did" } },
    object: {
      objectType: "Activity",
      id: `${baseIri}/activities/${i % 50}`,
      definition: { name: { en: `Lesson ${i % 50}` }, type: "http://adlnet.gov/expapi/activities/lesson" },
    },
    result: { score: { scaled: 0.9 }, success: true, completion: true, duration: "PT5M" },
    context: {
      registration: randomUUID(),
      contextActivities: { grouping: [{ objectType: "Activity", id: `${baseIri}/courses/1` }] },
    },
    timestamp: new Date(1_790_000_000_000 + i * 1000).toISOString(),
  };
}

function bodies(count: number, size: number): string[] {
  return Array.from({ length: count }, (_, b) =>
    JSON.stringify(Array.from({ length: size }, (_, i) => aStatement(b * size + i))),
  );
}

/** Measures the database at `url` (a folder: the embedded one) up to `largest` stored statements. */
export async function lrsSpeed(url: string, engine: string, largest: number): Promise<Result[]> {
  const child = fork(import.meta.filename, ["serve-lrs", url], { execArgv: ["--import", "tsx"] });
  const [{ port, credential }] = (await once(child, "message")) as [{ port: number; credential: string }];
  const client = clientOf(port, credential);
  const [smallest = 0, ...sizes] = [10_000, 100_000, 1_000_000].filter((n) => n <= largest);
  try {
    const base = await firstPages(child, client, smallest);
    const results: Result[] = [];
    const compare = (size: number, pages: Map<string, number>): void => {
      for (const [name, value] of pages)
        results.push({
          name: `GET by ${name} at ${size.toLocaleString("en")} statements (${engine})`,
          value,
          unit: "ms",
          against: `at ${smallest.toLocaleString("en")}`,
          other: base.get(name) ?? value,
        });
    };
    compare(smallest, base);
    results.push(
      await ingestOf(child, client, engine, 1, 3000),
      await ingestOf(child, client, engine, 50, 400),
    );
    for (const size of sizes) compare(size, await firstPages(child, client, size));
    return results;
  } finally {
    child.kill("SIGKILL");
  }
}

/** Requests of `size` statements against inserts of the same rows; in turns, so that both see the same machine. */
async function ingestOf(
  child: ChildProcess,
  client: Client,
  engine: string,
  size: number,
  count: number,
): Promise<Result> {
  await client.postAll(bodies(count / 10, size));
  const rates: number[] = [];
  const raws: number[] = [];
  for (let round = 0; round < 3; round++) {
    const sent = bodies(count / 3, size);
    rates.push((sent.length * size) / (await client.postAll(sent)));
    raws.push((sent.length * size) / (await told(child, { raw: sent })));
  }
  return {
    name: `POST of ${size}, ${writers} writers (${engine})`,
    value: median(rates),
    unit: "statements/s",
    against: "raw inserts of the same rows",
    other: median(raws),
  };
}

/** Milliseconds of the first page of each kind, at this size of the store. */
async function firstPages(child: ChildProcess, client: Client, size: number): Promise<Map<string, number>> {
  await told(child, { grow: size });
  const agent = encodeURIComponent(JSON.stringify({ account: { homePage: baseIri, name: "person-7" } }));
  const verb = encodeURIComponent("http://adlnet.gov/expapi/verbs/verb-3");
  const since = encodeURIComponent(await client.storedOf("?limit=400", -1));
  return new Map([
    ["agent, limit 25", await client.medianOf(`?agent=${agent}&limit=25`, 300)],
    ["verb and since, limit 25", await client.medianOf(`?verb=${verb}&since=${since}&limit=25`, 300)],
  ]);
}

type Client = ReturnType<typeof clientOf>;

function clientOf(port: number, credential: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const headers = {
    Authorization: `Basic ${Buffer.from(credential).toString("base64")}`,
    "X-Experience-API-Version": "1.0.3",
  };
  const send = (method: string, query: string, body?: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const length =
        body === undefined
          ? {}
          : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
      const sent = request(
        {
          agent,
          port,
          host: "127.0.0.1",
          path: `/xapi/statements${query}`,
          method,
          headers: { ...headers, ...length },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  const get = async (query: string): Promise<string> => {
    const { status, text } = await send("GET", query);
    if (status !== 200) throw new Error(`GET ${query} answered ${status}: ${text.slice(0, 200)}`);
    return text;
  };
  return {
    /** Seconds for all of them. Any answer but a success ends the run. */
    async postAll(all: string[]): Promise<number> {
      const left = [...all];
      const began = performance.now();
      const lane = async (): Promise<void> => {
        for (let body = left.pop(); body !== undefined; body = left.pop()) {
          const { status, text } = await send("POST", "", body);
          if (status !== 200) throw new Error(`POST answered ${status}: ${text.slice(0, 200)}`);
        }
      };
      await Promise.all(Array.from({ length: writers }, lane));
      return (performance.now() - began) / 1000;
    },
    async storedOf(query: string, at: number): Promise<string> {
      const page = JSON.parse(await get(query)) as { statements: { stored: string }[] };
      return page.statements.at(at)?.stored ?? "";
    },
    async medianOf(query: string, times: number): Promise<number> {
      const all: number[] = [];
      for (let i = 0; i < times; i++) {
        const began = performance.now();
        await get(query);
        all.push(performance.now() - began);
      }
      return median(all);
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Has the process with the database carry out an order; answers its seconds. */
async function told(child: ChildProcess, order: Order): Promise<number> {
  child.send(order);
  const [answer] = (await once(child, "message")) as [{ seconds: number } | { error: string }];
  if ("error" in answer) throw new Error(answer.error);
  return answer.seconds;
}

/** The process that has the database: serves the endpoint and carries out orders. */
async function serve(url: string): Promise<void> {
  log.level = "error";
  const { db, migrate } = await openDatabase(url);
  await migrate();
  await anOrganisation(db);
  await db.execute(
    sql`create table raw_row (seq bigserial primary key, id uuid not null unique, body jsonb not null)`,
  );
  const now = (): Date => new Date();
  const { key, secret } = await createCredential(
    db,
    system,
    { name: "bench", scopes: ["all"], ratePerMinute: null, bodyLimitBytes: 10_485_760 },
    now(),
    randomBytes,
  );
  const app = express();
  app.use("/xapi", xapiRouter({ db, now, baseUrl: "http://127.0.0.1", baseIri, log }));
  const server = app.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port, credential: `${key}:${secret}` });
  });
  // Between two rounds the connections rest for longer than a server keeps them by itself.
  server.keepAliveTimeout = 0;
  process.on("message", (order: Order) => {
    const began = performance.now();
    const work = "raw" in order ? insertRaw(db, order.raw) : grow(db, order.grow, now);
    work.then(
      () => process.send?.({ seconds: (performance.now() - began) / 1000 }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
}

/** One multi-row insert a body, by as many writers as the endpoint has. */
async function insertRaw(db: Db, all: string[]): Promise<void> {
  const left = all.map((body) => JSON.parse(body) as object[]);
  const lane = async (): Promise<void> => {
    for (let rows = left.pop(); rows; rows = left.pop()) {
      const values = rows.map((row) => sql`(${randomUUID()}, ${JSON.stringify(row)})`);
      await db.execute(sql`insert into raw_row (id, body) values ${sql.join(values, sql`, `)}`);
    }
  };
  await Promise.all(Array.from({ length: writers }, lane));
}

/** Fills the store to this many statements, through its own front door. */
async function grow(db: Db, size: number, now: () => Date): Promise<void> {
  const result = await db.execute(sql`select seq::float8 as seq from statement_head`);
  let [{ seq } = { seq: 0 }] = (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as {
    seq: number;
  }[];
  const authority = { objectType: "Agent", account: { homePage: baseIri, name: "bench" } };
  while (seq < size) {
    const count = Math.min(1000, size - seq);
    const text = JSON.stringify(Array.from({ length: count }, (_, i) => aStatement(seq + i)));
    const prepared = prepareStatements(text, {
      version: "1.0.3",
      authority,
      fault: statementFault,
      newId: randomUUID,
    });
    if (!prepared.ok) throw new Error(prepared.reason);
    await storeBatches(db, [{ statements: prepared.statements, attachments: [] }], now());
    seq += count;
  }
}
