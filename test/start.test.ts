import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { samplePassword } from "#app/domain/people/sample.ts";
import { nodeFault } from "#scripts/node-version.mjs";
import { withDatabase } from "./template.ts";

const root = join(import.meta.dirname, "..");
const children = new Set<ChildProcess>();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-start-"));
});
afterAll(async () => {
  await Promise.all([...children].map((child) => end(child, "SIGKILL")));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server in a process of its own, with nothing of this one's environment; `ready` is what it prints last. */
function start(environment: Record<string, string>, ready = /@\S+\s+hr\n/) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/server.ts"], {
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
  child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const running = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said.out += chunk.toString();
      if (ready.test(said.out)) resolve();
    });
    child.once("close", (code) => reject(new Error(`ended with ${code}: ${said.out}${said.err}`)));
  });
  // Who only waits for the end does not wait for this.
  running.catch(() => {});
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, said, running, ended };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once("close", resolve);
    child.kill(signal);
  });
}

/** Expects that the server does not start, and answers the sentence it says why. */
async function sentence(environment: Record<string, string>): Promise<string> {
  const { said, ended } = start({ PORT: String(await freePort()), ...environment });
  expect([await ended, said.err]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  return said.err.trim();
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

describe("a start on an empty folder", () => {
  it("serves the sample organisation, keeps others off, ends cleanly and goes on where it was", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const DATA_DIR = join(folder, "deep", "data");
    const first = start({ DATA_DIR, PORT: String(port) });
    await first.running;
    expect(first.said.out).toContain(`Clause7 is running at ${url}`);
    expect(first.said.out).toContain(`Sample sign-ins, password ${samplePassword}`);
    expect(statSync(DATA_DIR).mode & 0o777).toBe(0o700);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const email = /(\S+@\S+)\s+hr/.exec(first.said.out)?.[1] ?? "";
    const signedIn = await fetch(`${url}/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ email, password: samplePassword }),
      redirect: "manual",
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const home = () => fetch(url, { headers: { cookie }, redirect: "manual" });
    expect((await home()).status).toBe(200);

    expect(await sentence({ DATA_DIR })).toBe(
      `The data folder ${DATA_DIR} is in use by process ${first.child.pid}. Stop that process first, or point DATA_DIR elsewhere.`,
    );
    expect(await sentence({ DATA_DIR: join(folder, "other"), PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop what runs there, or start with PORT=<another>.`,
    );
    expect((await home()).status).toBe(200);

    expect(await end(first.child, "SIGTERM")).toBe(0);
    expect(first.said.err).toBe("");
    expect(existsSync(join(DATA_DIR, "lock"))).toBe(false);

    const second = start({ DATA_DIR, PORT: String(port) });
    await second.running;
    expect(second.said.out).not.toContain("Creating");
    expect((await home()).status).toBe(200);
    await end(second.child, "SIGKILL");

    const third = start({ DATA_DIR, PORT: String(port) });
    await third.running;
    expect((await home()).status).toBe(200);
    expect(await end(third.child, "SIGINT")).toBe(0);
  }, 480_000);
});

describe("an organisation of one's own, on PostgreSQL", () => {
  it("is given one set-up link and no sample sign-in", async () => {
    const name = `clause7_start_${process.pid}`;
    const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${name}`);
    try {
      const port = await freePort();
      const environment = {
        DATABASE_URL: withDatabase(inject("postgresUrl"), name),
        DATA_DIR: join(folder, "unused"),
        ORGANISATION: "own",
        PORT: String(port),
      };
      const first = start(environment, /\/set-up\/\S+\n/);
      await first.running;
      const link = /http:\S+\/set-up\/\S+/.exec(first.said.out)?.[0] ?? "";
      expect((await fetch(link)).status).toBe(200);
      expect(first.said.out).not.toContain("Sample sign-ins");
      expect(await (await fetch(`http://127.0.0.1:${port}/sign-in`)).text()).not.toContain(samplePassword);
      expect(await end(first.child, "SIGTERM")).toBe(0);
      // Nothing of the organisation is in the folder, only the key that seals are signed with.
      expect(readdirSync(environment.DATA_DIR)).toEqual(["seal-key.pem"]);

      const second = start(environment, /Database: .+\n/);
      await second.running;
      expect(second.said.out).not.toContain("/set-up/");
      expect(await end(second.child, "SIGTERM")).toBe(0);
    } finally {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    }
  }, 480_000);
});

describe("a start that cannot be", () => {
  it("names a data folder that cannot be written", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    // Below a file nobody may write, not even root.
    const DATA_DIR = join(file, "data");
    expect(await sentence({ DATA_DIR })).toBe(
      `The data folder ${DATA_DIR} cannot be written. Give this account write permission, or point DATA_DIR elsewhere.`,
    );
  });

  it.each<[string, string, (text: string) => string, RegExp]>([
    ["a register", "register.yaml", (t) => t.replace("systems:", "systems: ["), /register\.yaml:\d+: /],
    [
      "people",
      "people.csv",
      (t) => t.replace("employee;manager", "employee;boss"),
      /people\.csv:2: column roles: /,
    ],
    ["a torn table", "people.csv", (t) => t.replace(/,employee;manager\n/, "\n"), /people\.csv:2: /],
    [
      "a module",
      "modules/ai-awareness/module.md",
      (t) => t.replace("slug: ai-awareness", "slug: AI Awareness"),
      /module\.md:2: slug: /,
    ],
  ])("names file and line of %s that is broken", async (name, path, damage, expected) => {
    const CONTENT_DIR = join(folder, `content-${name.replaceAll(" ", "-")}`);
    cpSync(join(root, "content"), CONTENT_DIR, { recursive: true });
    const file = join(CONTENT_DIR, path);
    writeFileSync(file, damage(readFileSync(file, "utf8")));
    const DATA_DIR = join(folder, "untouched");
    const said = await sentence({ DATA_DIR, CONTENT_DIR });
    expect(said).toMatch(expected);
    expect(said).toContain(join(CONTENT_DIR, path));
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["a variable", { PORT: "http" }, /^Configuration: PORT: /],
    [
      "a record store",
      { LRS_TARGETS: "central|https://lrs.example" },
      /^Configuration: LRS_TARGETS.*: write name\|endpoint\|key\|secret/,
    ],
    [
      "a database that does not answer",
      { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
      /^The database of DATABASE_URL does not answer \(.*ECONNREFUSED.*\)\. Check/,
    ],
    [
      "a content folder",
      { CONTENT_DIR: "/nowhere" },
      /^\/nowhere\/organisation\.yaml:1: this file is missing$/,
    ],
  ])("names %s that is wrong", async (_what, environment, expected) => {
    expect(await sentence({ DATA_DIR: join(folder, "none"), ...environment })).toMatch(expected);
  });
});

it.each([
  ["v20.19.0", true],
  ["v20.20.2", true],
  ["v22.0.0", true],
  ["v24.11.1", true],
  ["v20.18.3", false],
  ["v19.9.0", false],
  ["v18.20.8", false],
  ["v8.17.0", false],
])("Node %s will do: %s", (version, enough) => {
  const fault = nodeFault(version);
  expect(fault === null).toBe(enough);
  if (!enough) expect(fault).toContain(`this is ${version}`);
});
