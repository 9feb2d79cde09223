import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eq } from "drizzle-orm";
import { type Database, openDatabase } from "#db/client.server.ts";
import { statement } from "#db/schema/lrs.ts";
import { grouped } from "#app/domain/audit/seal.ts";
import { sealNew } from "#app/domain/audit/seal.server.ts";
import { freshDatabase } from "./database.ts";
import { aSigner, numbered, storeEvents, storeStatements } from "./evidence.ts";
import { templateDatabase } from "./template.ts";

const root = join(import.meta.dirname, "..");
const now = new Date("2026-11-24T10:00:00Z");
const signer = aSigner();
let folder = "";
const at = (name: string): string => join(folder, name);

/** Runs a script of `npm run` as a process with nothing of this one's environment; the address of a database may be given. */
function script(name: string, args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${name}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, out: out.trim(), err: err.trim() }));
  });
}

/** Two seals over statements 1 to 6 and 7 to 12 with events 1 to 2 and 3 to 4; statement 13 is not sealed. */
async function fill({ db }: Database): Promise<void> {
  for (const round of [0, 1]) {
    await storeStatements(db, round * 6 + 1, round * 6 + 6, now);
    await storeEvents(db, 2, now);
    await sealNew(db, signer, now);
  }
  await storeStatements(db, 13, 13, now);
}

const proven = [
  "12 statements and 4 events up to 2026-11-24T10:00:00Z are covered by 2 seals that hold.",
  `Signed with the key ${grouped(signer.keyId)}`,
];
const unsealed = "1 statement since the last seal is not sealed yet.";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-evidence-"));
  writeFileSync(at("key.pem"), `The key of 2026\n${signer.publicKey}`);
  writeFileSync(at("other.pem"), aSigner("b").publicKey);
  writeFileSync(at("none.pem"), "nothing");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["pglite", "postgres"] as const)("the scripts of evidence (%s)", (engine) => {
  let environment: Record<string, string> = {};
  let close = async (): Promise<void> => {};
  const name = (file: string): string => at(`${engine}-${file}`);

  /** Opens the store for the test itself, while no script uses it. */
  async function withStore(act: (database: Database) => Promise<void>): Promise<void> {
    const database = await openDatabase(environment["DATABASE_URL"] ?? environment["DATA_DIR"] ?? "");
    try {
      await act(database);
    } finally {
      await database.close();
    }
  }

  beforeAll(async () => {
    if (engine === "postgres") {
      const { url, drop } = await freshDatabase(inject("postgresUrl"), templateDatabase);
      environment = { DATABASE_URL: url };
      close = drop;
    } else environment = { DATA_DIR: at("data") };
    await withStore(async (database) => {
      await database.migrate();
      await fill(database);
    });
  });
  afterAll(() => close());

  it("verify the store, export it, and verify the export with no database", async () => {
    expect(await script("verify-store", ["--key", at("key.pem")], environment)).toEqual({
      code: 0,
      out: [proven[0], `${proven[1]}, which you named.`, unsealed].join("\n"),
      err: "",
    });
    for (const file of [name("all.jsonl"), name("all.jsonl.gz")]) {
      const exported = await script("export-evidence", ["--out", file], environment);
      expect(exported).toEqual({ code: 0, out: `22 lines of evidence are in ${file}.`, err: "" });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const verified = await script("verify-evidence", [file]);
      expect(verified.out.split("\n").slice(0, 3)).toEqual([proven[0], `${proven[1]}.`, unsealed]);
      expect(verified.out).toContain("Compare its fingerprint with one you got elsewhere");
      expect(verified).toMatchObject({ code: 0, err: "" });
    }
    const plain = readFileSync(name("all.jsonl"), "utf8");
    const unzipped = gunzipSync(readFileSync(name("all.jsonl.gz"))).toString();
    const [first, second] = [plain, unzipped].map((text) => text.split("\n").slice(1));
    expect(second).toEqual(first);
  });

  it("prove one statement, and verify the proof with no database", async () => {
    const file = name("proof.json");
    expect(await script("prove-statement", [numbered(8), "--out", file], environment)).toEqual({
      code: 0,
      out: `The proof that statement ${numbered(8)} is under seal 2 is in ${file}.`,
      err: "",
    });
    const verified = await script("verify-proof", [file, "--key", at("key.pem")]);
    expect(verified).toMatchObject({ code: 0, err: "" });
    expect(verified.out).toContain(
      `Statement ${numbered(8)} (number 8) was in the store, with exactly this text`,
    );
    expect((await script("verify-proof", [file])).out).toContain("Compare its fingerprint");
    expect(await script("verify-proof", [file, "--key", at("other.pem")])).toMatchObject({
      code: 1,
      out: expect.stringContaining("which is not among the keys to check with") as string,
    });
    writeFileSync(file, readFileSync(file, "utf8").replace("answered", "attempted"));
    expect(await script("verify-proof", [file])).toMatchObject({
      code: 1,
      out: expect.stringContaining(`FAULT: Statement ${numbered(8)} is not proven`) as string,
    });
    expect(await script("prove-statement", [numbered(13), "--out", file], environment)).toMatchObject({
      code: 1,
      out: "This statement is not sealed yet. Seals are made every hour while the server runs.",
    });
    expect(await script("prove-statement", [numbered(99), "--out", file], environment)).toMatchObject({
      code: 1,
      out: "There is no statement with this id.",
    });
  });

  it("name what was changed in the store, and in the export", async () => {
    const file = name("changed.jsonl");
    await withStore(async ({ db }) => {
      const [row] = await db.select().from(statement).where(eq(statement.seq, 8));
      const body = row?.body.replace("yes", "no!") ?? "";
      await db.update(statement).set({ body }).where(eq(statement.seq, 8));
    });
    const fault =
      "FAULT: Seal 2 does not fit what it covers: statements 7 to 12 and events 3 to 4. At least one of them was changed or moved since.";
    const verified = await script("verify-store", [], environment);
    expect(verified).toMatchObject({ code: 1, err: "" });
    expect(verified.out).toContain("6 statements and 2 events up to");
    expect(verified.out).toContain(fault);
    await script("export-evidence", ["--out", file], environment);
    expect(await script("verify-evidence", [file])).toMatchObject({
      code: 1,
      out: expect.stringContaining(fault) as string,
    });
  });
});

describe("the scripts say in one sentence what to mend", () => {
  it.each<[string, string, string[], Record<string, string>, string]>([
    [
      "no database there",
      "verify-store",
      [],
      { DATA_DIR: "nowhere" },
      "There is no database in nowhere. Set DATABASE_URL, or DATA_DIR",
    ],
    [
      "an address that is none",
      "verify-store",
      [],
      { DATABASE_URL: "nonsense" },
      "Configuration: DATABASE_URL: write postgres://",
    ],
    [
      "no file to write",
      "export-evidence",
      [],
      {},
      "Name the file to write: npm run export-evidence -- --out",
    ],
    [
      "no statement",
      "prove-statement",
      ["x", "--out", "y"],
      {},
      "Name one statement by its id and the file to write",
    ],
    ["no evidence", "verify-evidence", [], {}, "Name one file of evidence"],
    [
      "a file that is not there",
      "verify-evidence",
      ["nowhere.jsonl"],
      {},
      "nowhere.jsonl cannot be read to its end (ENOENT).",
    ],
    [
      "a compressed file that is not there",
      "verify-evidence",
      ["nowhere.gz"],
      {},
      "nowhere.gz cannot be read to its end (ENOENT).",
    ],
    ["no proof", "verify-proof", [], {}, "Name one proof"],
    [
      "a proof that is not there",
      "verify-proof",
      ["nowhere.json"],
      {},
      "nowhere.json cannot be read (ENOENT).",
    ],
    ["an option that does not exist", "verify-store", ["--keys"], {}, "Unknown option '--keys'"],
  ])("%s", async (_case, name, args, environment, sentence) => {
    const { code, out, err } = await script(name, args, environment);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toContain("\n");
  });

  it("a server that does not answer, and one that runs on the embedded database", async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, "127.0.0.1", () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
      });
    });
    const url = `postgres://user:secret@127.0.0.1:${port}/none`;
    const silent = await script("verify-store", [], { DATABASE_URL: url });
    expect(silent.err).toContain("The database of DATABASE_URL does not answer");
    expect(silent.err).not.toContain("secret");
    const DATA_DIR = at("held");
    const held = await openDatabase(DATA_DIR);
    try {
      const refused = await script("verify-store", [], { DATA_DIR });
      expect(refused.code).toBe(2);
      expect(refused.err).toContain(`The data folder ${DATA_DIR} is in use by process ${process.pid}.`);
      expect(refused.err).toContain("export the evidence on its page /admin/audit");
    } finally {
      await held.close();
    }
    expect((await script("verify-store", [], { DATA_DIR })).err).toBe(
      "This database was written by an earlier version. Start the product once, then try again.",
    );
  });

  it("keys and files that are not what they should be", async () => {
    const file = at("file");
    writeFileSync(file, "");
    const keyless = await script("verify-evidence", [file, "--key", at("none.pem")]);
    expect(keyless.err).toContain("none.pem holds no public key in PEM.");
    expect(await script("verify-evidence", [file])).toMatchObject({
      code: 1,
      out: expect.stringContaining("FAULT: The evidence ends early: its end was cut off.") as string,
    });
    writeFileSync(file, "{\n");
    expect((await script("verify-evidence", [file])).out).toContain(
      "FAULT: Line 1 is not a line of evidence",
    );
    writeFileSync(at("half.gz"), gzipSync("{}\n".repeat(1000)).subarray(0, 20));
    expect(await script("verify-evidence", [at("half.gz")])).toMatchObject({
      code: 2,
      err: `${at("half.gz")} cannot be read to its end (Z_BUF_ERROR).`,
    });
    expect((await script("verify-proof", [file])).out).toBe("FAULT: This is no proof: it is not JSON.");
  });
});
