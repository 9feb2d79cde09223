import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openDatabase } from "#db/client.server.ts";
import { clientOf, credentials } from "#app/domain/lrs/credential.server.ts";
import { theOrganisation } from "#app/domain/people/import.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { freshDatabase } from "./database.ts";
import { templateDatabase } from "./template.ts";

const root = join(import.meta.dirname, "..");
const children = new Set<ChildProcess>();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-credential-"));
});
afterAll(async () => {
  await Promise.all([...children].map((child) => ended(child, "SIGKILL")));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a script in a process of its own, with nothing of this one's environment. */
function run(script: string, args: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: root,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const end = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, said, end };
}

/** Creates a credential at the terminal; answers what was said and how it ended. */
async function terminal(environment: Record<string, string>, ...args: string[]) {
  const { said, end } = run("scripts/lrs-credential.ts", args, environment);
  const code = await end;
  return { code, ...said };
}

const pair = /^lrs_[0-9a-f]{16}:[A-Za-z0-9_-]{43}\n$/;
const basic = (out: string): string => `Basic ${Buffer.from(out.trim()).toString("base64")}`;

/** Who a printed pair lets in, as the database at `url` has it. */
async function clientIn(url: string, out: string) {
  const database = await openDatabase(url);
  try {
    const client = await clientOf(database.db, "https://a.example", basic(out), new Date());
    return { client, organisation: await theOrganisation(database.db) };
  } finally {
    await database.close();
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("close", () => resolve());
    child.kill(signal);
  });
}

async function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts the server for the first time; resolves when it has told the link that only the first start tells. */
async function serverOn(host: string, DATA_DIR: string) {
  const environment = { DATA_DIR, HOST: host, PORT: String(await freePort(host)), ORGANISATION: "own" };
  const server = run("scripts/server.ts", [], environment);
  await new Promise<void>((resolve, reject) => {
    server.child.stdout.on("data", () => {
      if (/\/set-up\/\S+\n/.test(server.said.out)) resolve();
    });
    void server.end.then((code) => reject(new Error(`ended with ${code}: ${server.said.err}`)));
  });
  return server;
}

describe("a credential made at the terminal", () => {
  it("opens the embedded database before the first start, which stays the first", async () => {
    const DATA_DIR = join(folder, "before", "data");
    const made = await terminal({ DATA_DIR }, "--name", "Kiosk", "--scope", "all");
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(pair) });
    expect(made.err).toBe(`Creating the embedded database in ${DATA_DIR} …\n`);
    expect(await clientIn(DATA_DIR, made.out)).toMatchObject({
      client: { name: "Kiosk", scopes: ["all"], ratePerMinute: null, bodyLimitBytes: 10_485_760 },
      organisation: null,
    });
    const options = ["--scope", "state", "--scope", "profile", "--rate", "60", "--body-limit", "5000"];
    const second = await terminal({ DATA_DIR }, "--name", "Łódź", ...options);
    expect(second).toMatchObject({ code: 0, err: "", out: expect.stringMatching(pair) });
    const limits = { ratePerMinute: 60, bodyLimitBytes: 5000 };
    expect(await clientIn(DATA_DIR, second.out)).toMatchObject({
      client: { name: "Łódź", scopes: ["state", "profile"], ...limits },
    });
    const server = await serverOn("127.0.0.1", DATA_DIR);
    await ended(server.child, "SIGTERM");
    expect((await clientIn(DATA_DIR, made.out)).client).toMatchObject({ name: "Kiosk" });
  }, 240_000);

  it.each(["postgres", "an empty one"])(
    "opens PostgreSQL: %s",
    async (which) => {
      const server = inject("postgresUrl");
      const { url, drop } = await freshDatabase(server, which === "postgres" ? templateDatabase : undefined);
      try {
        const DATA_DIR = join(folder, "unused");
        const made = await terminal({ DATABASE_URL: url, DATA_DIR }, "--name", "Kiosk", "--scope", "all");
        expect(made).toEqual({ code: 0, err: "", out: expect.stringMatching(pair) });
        expect(await clientIn(url, made.out)).toMatchObject({
          client: { name: "Kiosk" },
          organisation: null,
        });
        expect(existsSync(DATA_DIR)).toBe(false);
      } finally {
        await drop();
      }
    },
    240_000,
  );

  it.each(["127.0.0.1", "0.0.0.0", "::"])(
    "goes through the server that holds the folder, on %s",
    async (host) => {
      const DATA_DIR = join(folder, `running-${host.replaceAll(":", "6")}`);
      const control = join(DATA_DIR, "control.json");
      const server = await serverOn(host, DATA_DIR);
      expect(statSync(control).mode & 0o777).toBe(0o600);
      const { url, token } = JSON.parse(readFileSync(control, "utf8")) as { url: string; token: string };
      expect(["127.0.0.1", "[::1]"]).toContain(new URL(url).hostname);

      const made = await terminal({ DATA_DIR }, "--name", "Kiosk", "--scope", "statements/write");
      expect(made).toEqual({ code: 0, err: "", out: expect.stringMatching(pair) });
      expect(server.said.out + server.said.err).not.toContain(made.out.trim().split(":")[1]);

      const tried = async (authorization?: string) => {
        const body = JSON.stringify({ name: "Thief", scopes: ["all"] });
        const headers = { "content-type": "application/json", ...(authorization ? { authorization } : {}) };
        return (await fetch(`${url}/control/lrs-credential`, { method: "POST", headers, body })).status;
      };
      for (const wrong of [undefined, "Bearer ", `Bearer ${token}x`, `Basic ${token}`])
        expect(await tried(wrong)).toBe(403);

      await ended(server.child, "SIGTERM");
      expect(server.said.err).toBe("");
      expect(existsSync(control)).toBe(false);
      const database = await openDatabase(DATA_DIR);
      const list = await credentials(database.db, system);
      await database.close();
      expect(list).toMatchObject([{ name: "Kiosk", scopes: ["statements/write"], createdByName: "Clause7" }]);
    },
    240_000,
  );

  it.each<[string, string[], RegExp]>([
    ["no name", ["--scope", "all"], /^--name: Give the client a name\.\n$/],
    ["no scope", ["--name", "Kiosk"], /^--scope: Choose at least one scope\.\n$/],
    ["a scope there is not", ["--name", "Kiosk", "--scope", "define"], /^--scope: Choose the scopes from: /],
    ["a rate of none", ["--name", "Kiosk", "--scope", "all", "--rate", "0"], /^--rate: Write a whole number/],
    [
      "a tiny limit",
      ["--name", "Kiosk", "--scope", "all", "--body-limit", "5"],
      /^--body-limit: Write a whole/,
    ],
    [
      "an option there is not",
      ["--title", "Kiosk"],
      /^The options cannot be read\. Write: npm run lrs:credential/,
    ],
  ])("is refused with %s, in one sentence and before anything is opened", async (_what, args, sentence) => {
    const DATA_DIR = join(folder, "untouched");
    const said = await terminal({ DATA_DIR }, ...args);
    expect(said).toEqual({ code: 1, out: "", err: expect.stringMatching(sentence) });
    expect(said.err.trim().split("\n")).toHaveLength(1);
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it("says when PostgreSQL does not answer", async () => {
    const DATABASE_URL = "postgres://nobody@127.0.0.1:1/none";
    expect(await terminal({ DATABASE_URL }, "--name", "Kiosk", "--scope", "all")).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/^The database of DATABASE_URL does not answer \(.*\)\. Check .*\n$/),
    });
  });
});
