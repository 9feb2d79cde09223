import type { ServerBuild } from "@remix-run/node";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DataFolderInUse, type Database, openDatabase } from "#db/client.server.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { VersionClash } from "#app/domain/content/publish.server.ts";
import { syncTargets } from "#app/domain/evidence/lrs-target.server.ts";
import { samplePassword } from "#app/domain/people/sample.ts";
import { createSetupLink, sampleSignIns } from "#app/domain/people/session.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { type Env, readEnv } from "#app/platform/env.ts";
import { log } from "#app/platform/log.ts";
import { lrsSender } from "#app/platform/lrs.ts";
import { modelFrom } from "#app/platform/model.ts";
import { startLoop } from "#app/worker/loop.ts";
import { schedule } from "#app/worker/schedule.ts";
import { loadContent } from "./content.ts";
import { publish } from "./publish.ts";

/** A reason not to start that the person at the terminal can mend. */
class CannotStart extends Error {
  override name = "CannotStart";
}

const now = (): Date => new Date();

try {
  await start();
} catch (error) {
  if (!isMendable(error)) throw error;
  console.error(error.message);
  process.exit(1);
}

async function start(): Promise<void> {
  const env = configuration();
  const baseUrl = (env.BASE_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, "");
  const content = loadContent(env.CONTENT_DIR);
  const database = await open(env);
  try {
    // A port in use is told before the sample organisation is written, not after.
    await once((await listen(createHttpServer(), env)).close(), "close");
    await database.migrate();
    const { first, kind } = await publish(
      database.db,
      content,
      { kind: env.ORGANISATION, baseIri: env.BASE_IRI ?? baseUrl },
      now(),
      (line) => console.log(line),
    );
    const build = (await import(
      pathToFileURL(join(import.meta.dirname, "../build/server/index.js")).href
    )) as ServerBuild;
    const services = { db: database.db, now, model: modelFrom(env), baseUrl };
    const app = createServer({
      build: guardRoutes(build, log),
      services,
      log,
      trustProxy: env.TRUST_PROXY,
      signInsPerMinute: 30,
    });
    const server = await listen(app, env);
    await syncTargets(database.db, env.LRS_TARGETS, now());
    const worker = startLoop(schedule, { db: database.db, now, send: lrsSender(env.LRS_TARGETS) }, log);
    endOnSignal(server, async () => {
      await worker.stop();
      await database.close();
    });
    await announce(database, env, baseUrl, { first, kind }, now());
  } catch (error) {
    await database.close();
    throw error;
  }
}

function configuration(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : String(error));
  }
}

async function open(env: Env): Promise<Database> {
  if (!env.DATABASE_URL) {
    try {
      mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
      accessSync(env.DATA_DIR, constants.W_OK);
    } catch {
      throw new CannotStart(
        `The data folder ${env.DATA_DIR} cannot be written. Give this account write permission, or point DATA_DIR elsewhere.`,
      );
    }
    if (!existsSync(join(env.DATA_DIR, "pglite")))
      console.log(`Creating the embedded database in ${env.DATA_DIR} …`);
    return openDatabase(env.DATA_DIR);
  }
  const database = await openDatabase(env.DATABASE_URL);
  try {
    await database.db.execute("select 1");
  } catch (error) {
    await database.close();
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : "no answer";
    throw new CannotStart(
      `The database of DATABASE_URL does not answer (${reason}). Check address, name, user and password.`,
    );
  }
  return database;
}

type Listener = { listen(port: number, host: string, ready: () => void): Server };

function listen(listener: Listener, env: Env): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listener.listen(env.PORT, env.HOST, () => resolve(server));
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new CannotStart(
            `Port ${env.PORT} on ${env.HOST} is in use. Stop what runs there, or start with PORT=<another>.`,
          ),
        );
      } else if (error.code === "EACCES") {
        reject(new CannotStart(`Port ${env.PORT} needs more rights. Start with PORT=<a number above 1023>.`));
      } else reject(error);
    });
  });
}

async function announce(
  database: Database,
  env: Env,
  baseUrl: string,
  organisation: { first: boolean; kind: "sample" | "own" },
  now: Date,
) {
  console.log(`\nClause7 is running at ${baseUrl}`);
  console.log(`Database: ${database.engine === "pglite" ? `embedded, in ${env.DATA_DIR}` : "PostgreSQL"}`);
  if (organisation.kind === "sample") {
    console.log(`\nSample sign-ins, password ${samplePassword}`);
    for (const person of await sampleSignIns(database.db))
      console.log(`  ${person.email.padEnd(40)} ${person.roles.at(-1)}`);
  } else if (organisation.first) {
    console.log(
      `\nSet up the first administrator, once, within a day: ${baseUrl}/set-up/${await createSetupLink(database.db, now)}`,
    );
  }
}

function endOnSignal(server: Server, close: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    // Open streams would keep the server for ever; a page is answered well within this.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
    server.close(() => {
      void close().then(() => process.exit(0));
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

function isMendable(error: unknown): error is Error {
  return (
    error instanceof CannotStart ||
    error instanceof ContentError ||
    error instanceof DataFolderInUse ||
    error instanceof VersionClash
  );
}
