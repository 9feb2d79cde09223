import type { ServerBuild } from "@remix-run/node";
import { createServer as createHttpServer, type Server } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DataFolderInUse, type Database } from "#db/client.server.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { VersionClash } from "#app/domain/content/publish.server.ts";
import { baseIriOf } from "#app/domain/evidence/statement.server.ts";
import { syncTargets } from "#app/domain/evidence/lrs-target.server.ts";
import { samplePassword } from "#app/domain/people/sample.ts";
import { createSetupLink, sampleSignIns } from "#app/domain/people/session.server.ts";
import { askLimit } from "#app/http/ask-limit.server.ts";
import { announceControl, controlRoute, newControlToken } from "#app/http/control.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { apiRouter } from "#app/http/api/router.server.ts";
import { createServer } from "#app/http/express.server.ts";
import type { Env } from "#app/platform/env.ts";
import { xapiRouter } from "#app/http/xapi/router.server.ts";
import { log } from "#app/platform/log.ts";
import { lrsAsker, lrsSender } from "#app/platform/lrs.ts";
import { clamdScan } from "#app/platform/scan.ts";
import { SealKeyError, sealKeyFrom } from "#app/platform/seal-key.ts";
import { embeddingFrom, localEmbedding } from "#app/platform/embed.ts";
import { sentenceVectors } from "#app/platform/sentence-vector.ts";
import { guardedModel } from "#app/platform/guarded-model.ts";
import { mailSender } from "#app/platform/mail.ts";
import { modelFrom } from "#app/platform/model.ts";
import { startLoop } from "#app/worker/loop.ts";
import { schedule } from "#app/worker/schedule.ts";
import { loadContent } from "./content.ts";
import { CannotStart, configuration, openConfigured } from "./database.ts";
import { verifierText, version } from "./pack-tools.ts";
import { publish } from "./publish.ts";

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
  const host = env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST;
  const baseUrl = (env.BASE_URL ?? `http://${host}:${env.PORT}`).replace(/\/$/, "");
  const content = loadContent(env.CONTENT_DIR);
  const database = await openConfigured(env, (line) => console.log(line));
  try {
    // A port in use is told before the sample organisation is written, not after.
    await once((await listen(createHttpServer(), env)).close(), "close");
    const { signer, createdAt } = sealKeyFrom(env);
    if (createdAt) console.log(`A new key to sign seals with was made: ${createdAt}. Keep a copy elsewhere.`);
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
    const ask = lrsAsker(env.LRS_TARGETS);
    const { evaluation, terms, retention } = content;
    const packFolder = join(env.DATA_DIR, "packs");
    const vectors = sentenceVectors();
    const embedding = embeddingFrom(env) ?? localEmbedding(vectors);
    const mailing = { book: content.mails, reminders: content.reminders, from: env.MAIL_FROM ?? null };
    const services = {
      db: database.db,
      now,
      model: guardedModel(modelFrom(env), now),
      vectors,
      embedding,
      evaluation,
      terms,
      mailing,
      modelLimits: { calls: env.MODEL_CALLS_PER_DAY, characters: env.MODEL_CHARACTERS_PER_DAY },
      askLimit: askLimit(),
      ask,
      signer,
      retention,
      scan: env.CLAMD_ADDRESS === undefined ? null : clamdScan(env.CLAMD_ADDRESS),
      baseUrl,
      packFolder,
      keyId: signer.keyId,
    };
    // Others open PostgreSQL beside this process; the embedded database only through it.
    const token = database.engine === "pglite" ? newControlToken() : null;
    const app = createServer({
      build: guardRoutes(build, log),
      services,
      log,
      trustProxy: env.TRUST_PROXY,
      signInsPerMinute: 30,
      xapi: xapiRouter({ ...services, baseIri: await baseIriOf(database.db), log }),
      api: apiRouter({ ...services, log }),
      control: token === null ? null : controlRoute(services, token),
    });
    // The JSON of an agent and long IRIs travel in the address of a request to the record store.
    const server = await listen(createHttpServer({ maxHeaderSize: 65_536 }, app), env);
    await syncTargets(database.db, env.LRS_TARGETS, now());
    const mailer = mailSender(env);
    const worker = startLoop(
      schedule,
      {
        db: database.db,
        now,
        embedding,
        retention,
        mailing,
        baseUrl,
        signer,
        packs: {
          folder: packFolder,
          verifier: verifierText(),
          product: version(),
          reminders: content.reminders,
        },
        tidy: database.tidy,
        send: lrsSender(env.LRS_TARGETS),
        mailer,
      },
      log,
    );
    const unannounce = token === null ? () => {} : announceControl(env.DATA_DIR, server, token);
    endOnSignal(server, async () => {
      unannounce();
      // First, so that a run of deliveries ends after what it is handing over.
      await mailer?.close();
      await worker.stop();
      await database.close();
    });
    await announce(database, env, baseUrl, { first, kind }, now());
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Listener = {
  listen(options: { port: number; host: string; backlog: number }, ready: () => void): Server;
};

function listen(listener: Listener, env: Env): Promise<Server> {
  // Connections that may wait while the process is busy: with Node's 511, people who submit all at once are cut off.
  const backlog = 4096;
  return new Promise((resolve, reject) => {
    const server = listener.listen({ port: env.PORT, host: env.HOST, backlog }, () => resolve(server));
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
    error instanceof SealKeyError ||
    error instanceof VersionClash
  );
}
