// Speed of the assistant: asking over HTTP against a bare action, and what stands in front of a model's first token.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { openDatabase, type Db } from "#db/client.server.ts";
import type { Model } from "#app/domain/assistant/answer.ts";
import { samplePassword } from "#app/domain/people/sample.ts";
import { signIn } from "#app/domain/people/session.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { sessionHeader } from "#app/http/session.server.ts";
import { log } from "#app/platform/log.ts";
import { lrsAsker } from "#app/platform/lrs.ts";
import { modelFrom } from "#app/platform/model.ts";
import { type FakeModel, startModel } from "#test/fakes/model.ts";
import { buildWithBare } from "./bare-route.ts";
import { fillPassages } from "./bench-passages.ts";
import { loadContent } from "./content.ts";
import { labelledSet } from "./labelled-sets.ts";
import { publish } from "./publish.ts";

const sizes = [1000, 100_000];
/** Questions a size; fewer where they take longer than this together. */
const asks = 120;
const patience = 90_000;
const warmUps = 10;
/** What a quick model needs to its first token, in milliseconds. */
const firstToken = 300;
const wordings = 15;

const baseUrl = "http://127.0.0.1";
const now = (): Date => new Date();

type Result = { name: string; value: number; unit: string; against: string; other: number };
/** Where the process with the database answers, without and with a model. */
type Server = { bare: string; withModel: string; cookie: string };

if (process.argv[2] === "serve-assistant") await serve(process.argv[3] ?? "", process.argv[4] ?? "");

/** Measures the assistant on the database at `url` (a folder: the embedded one). */
export async function assistantSpeed(url: string, engine: string): Promise<Result[]> {
  const model = await aModel();
  const child = fork(import.meta.filename, ["serve-assistant", url, model.baseUrl], {
    execArgv: ["--import", "tsx"],
  });
  try {
    const server = await told<Server>(child);
    const results: Result[] = [];
    for (const size of sizes) {
      await fill(child, size);
      results.push(...(await askingAt(server, `${size.toLocaleString("en")} passages (${engine})`)));
      if (size === sizes[0]) results.push(...(await inFrontOf(server, model, engine)));
    }
    return results;
  } finally {
    child.kill("SIGKILL");
    await model.close();
  }
}

/** Asks and bare actions in turns, so that both see the same machine. */
async function askingAt({ bare: origin, cookie }: Server, where: string): Promise<Result[]> {
  const texts = questions();
  const asked: number[] = [];
  const bare: number[] = [];
  const began = performance.now();
  for (let i = 0; i < asks + warmUps && performance.now() - began < patience; i++) {
    const text = texts[i % texts.length] ?? "";
    const times = [await post(`${origin}/ask`, cookie, text), await post(`${origin}/bare`, cookie, text)];
    // The first ones warm up.
    if (i < warmUps) continue;
    asked.push(times[0]?.ms ?? 0);
    bare.push(times[1]?.ms ?? 0);
  }
  if (asked.length === 0) throw new Error(`nothing was answered within ${patience / 1000} s`);
  return [0.5, 0.95].map((share) => ({
    name: `asking without a model, p${share * 100} of ${asked.length}, ${where}`,
    value: quantile(asked, share),
    unit: "ms",
    against: "bare Remix action",
    other: quantile(bare, share),
  }));
}

/** English questions of the development part, which ask for all kinds of answers. */
function questions(): string[] {
  return labelledSet("dev")
    .uses.filter((use) => use.lang === "en")
    .map((use) => use.text);
}

/** Milliseconds until a form is answered with a redirect, and where it leads. */
async function post(url: string, cookie: string, text: string): Promise<{ ms: number; location: string }> {
  const began = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams({ text }),
    redirect: "manual",
  });
  await response.arrayBuffer();
  if (response.status !== 302) throw new Error(`${url} answered ${response.status}`);
  return { ms: performance.now() - began, location: response.headers.get("location") ?? "" };
}

const sentence = "The policy quoted here says who decides, and what is needed before anything is begun. ";

async function aModel(): Promise<FakeModel> {
  const model = await startModel();
  model.delay = firstToken;
  model.answer = (body) => (body.response_format ? "{}" : sentence.repeat(3));
  return model;
}

/** First words of an answer through the product against those of the endpoint itself, in turns. */
async function inFrontOf(server: Server, model: FakeModel, engine: string): Promise<Result[]> {
  const direct: number[] = [];
  const stream: number[] = [];
  const whole: number[] = [];
  for (let i = 0; i < wordings; i++) {
    direct.push(await firstWords(`${model.baseUrl}/chat/completions`, completion()));
    const began = performance.now();
    const { location } = await post(`${server.withModel}/ask`, server.cookie, aGraveUse);
    const headers = { cookie: server.cookie };
    stream.push(await firstWords(`${server.withModel}${location}/phrase`, { headers }));
    whole.push(performance.now() - began);
  }
  const [alone, wording, asking] = [direct, stream, whole].map((times) => quantile(times, 0.5));
  const against = { unit: "ms", against: "the endpoint itself", other: alone ?? 0 };
  return [
    { name: `first words of a wording, p50 (${engine})`, value: wording ?? 0, ...against },
    {
      name: `from asking, read by the model first, to the first words, p50 (${engine})`,
      value: asking ?? 0,
      ...against,
    },
  ];
}

/** Settled without asking back, so that it is put into words. */
const aGraveUse = "May we use Datawright to rank the CVs of applicants and reject the worst automatically?";

function completion(): RequestInit {
  const body = { model: "bench", stream: true, messages: [{ role: "user", content: aGraveUse }] };
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** Milliseconds until the first words of a stream of server-sent events have come. */
async function firstWords(url: string, init: RequestInit): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, init);
  if (response.status !== 200 || !response.body) throw new Error(`${url} answered ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += piece.value;
    if (!/"(?:content|text)":"\w/.test(text)) continue;
    const ms = performance.now() - began;
    await readToEnd(reader);
    return ms;
  }
  throw new Error(`${url} ended without words: ${text.slice(0, 200)}`);
}

async function readToEnd(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}

/** The value that `share` of the values do not exceed. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}

/** Has the process with the database bring its passages to this number. */
async function fill(child: ChildProcess, size: number): Promise<void> {
  child.send(size);
  const answer = await told<{ error: string | null }>(child);
  if (answer.error !== null) throw new Error(answer.error);
}

/** What the process with the database says next. */
function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null): void => reject(new Error(`the server ended with ${code}`));
    child.once("exit", end);
    child.once("message", (message) => {
      child.off("exit", end);
      resolve(message as T);
    });
  });
}

/** The process that has the database: the product without and with a model, on two ports. */
async function serve(url: string, modelUrl: string): Promise<void> {
  log.level = "error";
  const database = await openDatabase(url);
  await database.migrate();
  const { db } = database;
  await publish(db, loadContent("content"), { kind: "sample", baseIri: "http://127.0.0.1" }, new Date());
  const model = modelFrom({
    MODEL_BASE_URL: modelUrl,
    MODEL_API_KEY: undefined,
    MODEL_NAME: "bench",
    MODEL_TIMEOUT_MS: 20_000,
  });
  const server: Server = {
    bare: await listening(db, null),
    withModel: await listening(db, model),
    cookie: await signedIn(db),
  };
  process.on("message", (size: number) => {
    fillPassages(database, size)
      .then(() => database.tidy())
      .then(
        () => process.send?.({ error: null }),
        (error: unknown) => process.send?.({ error: String(error) }),
      );
  });
  process.send?.(server);
}

async function listening(db: Db, model: Model | null): Promise<string> {
  const { mails: book, reminders } = loadContent("content");
  const app = createServer({
    build: guardRoutes(await buildWithBare(), log),
    services: {
      db,
      now,
      model,
      evaluation: null,
      terms: [],
      mailing: { book, reminders, from: null },
      modelLimits: { calls: 1_000_000, characters: 1_000_000_000 },
      askLimit: () => Promise.resolve(null),
      ask: lrsAsker([]),
      baseUrl,
      packFolder: "no-such-folder",
      keyId: "",
    },
    log,
    trustProxy: false,
    signInsPerMinute: 1000,
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  // While the database is filled the connections rest for longer than a server keeps them by itself.
  server.keepAliveTimeout = 0;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function signedIn(db: Db): Promise<string> {
  const email = "mila.janssen@aldermoor.example";
  const made = await signIn(db, { email, password: samplePassword }, now());
  if (!made.ok) throw new Error("the sample sign-in was refused");
  return (await sessionHeader(made.token, { baseUrl })).split(";")[0] ?? "";
}
