import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openDatabase } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { ruleSet } from "#db/schema/risk.ts";
import type { RuleSet } from "#app/domain/risk/rule-set.ts";
import { freshDatabase } from "./database.ts";
import { type FakeModel, startModel } from "./fakes/model.ts";
import { publishSample } from "./sample.ts";
import { templateDatabase } from "./template.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-ask-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Verdict = {
  id: string | number;
  outcome: string;
  level: string;
  area: string | null;
  signals: string[];
  verdict: string;
  citations: { policy: string; version: string; clause: string; quote: string }[];
};

/** Runs the script in a process of its own, with nothing of this one's environment; answers what it said and wrote. */
async function ask(
  name: string,
  lines: readonly unknown[],
  environment: Record<string, string> = {},
  ...more: string[]
) {
  const [source, target] = [at(`${name}.jsonl`), at(`${name}.out.jsonl`)];
  writeFileSync(source, lines.map((l) => `${typeof l === "string" ? l : JSON.stringify(l)}\n`).join(""));
  const said = await script(["--in", source, "--out", target, ...more], environment);
  const written = existsSync(target) ? readFileSync(target, "utf8") : null;
  const rows = (written ?? "").split("\n").filter(Boolean);
  return { ...said, source, written, verdicts: rows.map((row) => JSON.parse(row) as Verdict) };
}

function script(args: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/ask.ts", ...args], {
    cwd: join(import.meta.dirname, ".."),
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      NODE_ENV: "production",
      DATA_DIR: at("none"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

const memo = { id: "memo", text: "May I use Quillmate to summarise an internal memo?" };
const reply = {
  id: 7,
  text: "May I use Quillmate to draft a reply to a customer, from the text of their e-mail?",
};
const voices = { id: "voices", text: "Could AI tell me from their voices how stressed my team is in calls?" };

describe("a file of questions", () => {
  it("is judged by the content files where there is no database, in its order, and nothing else is written", async () => {
    const lines = [
      voices,
      "",
      memo,
      { ...reply, groups: ["all-staff", "customer-support"], expected: "cleared" },
      { ...reply, id: 8 },
      { id: "then", text: "To summarise an internal memo.", earlier: ["May I use Quillmate?"] },
      { id: "first", text: "May I use Quillmate?" },
    ];
    const { code, out, err, verdicts } = await ask("content", lines);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain(`There is no database in ${at("none")} yet. Judging by the files in content`);
    expect(err).toContain("6 questions were judged");
    expect(existsSync(at("none"))).toBe(false);
    expect(verdicts.map((v) => [v.id, v.outcome])).toEqual([
      ["voices", "not_allowed"],
      ["memo", "cleared"],
      [7, verdicts[2]?.outcome],
      [8, verdicts[3]?.outcome],
      ["then", "cleared"],
      ["first", "asked_back"],
    ]);
    expect(verdicts[2]?.outcome).not.toBe(verdicts[3]?.outcome);
    expect(verdicts[3]?.outcome).not.toBe("cleared");
    expect(verdicts[0]).toMatchObject({
      flagged: true,
      level: "prohibited",
      area: "art5(1)(f)",
      signals: [],
    });
    const [first] = verdicts;
    expect(Object.keys(first ?? {})).toEqual([
      "id",
      "outcome",
      "flagged",
      "level",
      "area",
      "signals",
      "verdict",
      "citations",
    ]);
    expect(verdicts[1]?.verdict).toMatch(/^Yes, if you keep the conditions below\..*\n1\. .*\n2\. /);
    for (const { policy, version, clause, quote } of verdicts.flatMap((v) => v.citations)) {
      expect(clause).toMatch(/^\d+(\.\d+)*$/);
      expect(readFileSync(`content/policies/${policy}/${version}.md`, "utf8")).toContain(quote);
    }
  }, 240_000);

  it("is refused whole for a line that cannot be read", async () => {
    const { code, err, written, source } = await ask("bad", [memo, '{"id": "a"', voices]);
    expect({ code, err, written }).toEqual({
      code: 2,
      err: `${source}, line 2: This is not JSON. Nothing was written.\n`,
      written: null,
    });
  }, 240_000);

  it("needs both names, a file that can be read and one that can be written", async () => {
    const refused = async (...args: string[]) => {
      const { code, err } = await script(args, {});
      expect(code).toBe(2);
      return err;
    };
    writeFileSync(at("one.jsonl"), JSON.stringify(memo));
    expect(await refused("--out", at("x"))).toBe(
      "Name the file of questions: npm run ask -- --in questions.jsonl --out verdicts.jsonl [--model]\n",
    );
    expect(await refused("--in", at("one.jsonl"))).toMatch(/^Name the file to write: npm run ask/);
    expect(await refused("--in", at("nothing"), "--out", at("x"))).toMatch(
      /nothing cannot be read \(ENOENT\)/,
    );
    expect(await refused("--in", at("one.jsonl"), "--out", at("no/x"))).toMatch(
      /no\/x\.part cannot be written \(ENOENT\)/,
    );
    expect(await refused("--fast")).toMatch(/Unknown option '--fast'/);
  }, 240_000);
});

describe("the rules in a database", () => {
  it("are those that count where there are any, and nothing is stored", async () => {
    const { url, drop } = await freshDatabase(inject("postgresUrl"), templateDatabase);
    try {
      const empty = await ask("empty", [memo], { DATABASE_URL: url });
      expect(empty.err).toContain(
        "No rules are published in the database yet. Judging by the files in content",
      );
      const database = await openDatabase(url);
      await publishSample(database.db, new Date("2026-11-23T08:00:00Z"));
      const { code, err, verdicts } = await ask("postgres", [memo, voices], { DATABASE_URL: url });
      expect({ code, outcomes: verdicts.map((v) => v.outcome) }).toEqual({
        code: 0,
        outcomes: ["cleared", "not_allowed"],
      });
      expect(err).toContain("Judging by the rules, register and policies in the database of DATABASE_URL.");
      expect(await database.db.$count(question)).toBe(0);

      await database.db.update(ruleSet).set({ hash: "older", body: {} as RuleSet });
      await database.close();
      const older = await ask("older-rules", [memo], { DATABASE_URL: url });
      expect(older.err).toContain("was written by an earlier version of the product. Judging by the files");
      expect(older.verdicts[0]?.outcome).toBe("cleared");
    } finally {
      await drop();
    }
  }, 240_000);

  it("are read from the data folder, and from the content files while somebody holds it", async () => {
    const DATA_DIR = at("data");
    const database = await openDatabase(DATA_DIR);
    await database.migrate();
    await publishSample(database.db, new Date("2026-11-23T08:00:00Z"));
    const held = await ask("held", [memo], { DATA_DIR });
    expect(held.err).toContain(`${DATA_DIR} is in use by a running server. Judging by the files in content`);
    await database.close();
    const free = await ask("free", [memo], { DATA_DIR });
    expect(free.err).toContain(`Judging by the rules, register and policies in ${DATA_DIR}.`);
    expect(free.written).toBe(held.written);
  }, 240_000);

  it("of a version that lacks tables of this one are left alone", async () => {
    const { url, drop } = await freshDatabase(inject("postgresUrl"));
    try {
      const { code, err } = await ask("older", [memo], { DATABASE_URL: url });
      expect(code).toBe(0);
      expect(err).toContain(
        "was written by an earlier version of the product. Judging by the files in content",
      );
    } finally {
      await drop();
    }
  }, 240_000);
});

describe("a configured model", () => {
  let endpoint: FakeModel;
  beforeAll(async () => {
    endpoint = await startModel();
  });
  afterAll(() => endpoint.close());

  it("is asked only when that is wanted", async () => {
    endpoint.answer = "{}";
    const environment = { MODEL_BASE_URL: endpoint.baseUrl, MODEL_API_KEY: "k", MODEL_NAME: "small" };
    expect((await ask("without", [memo], environment)).code).toBe(0);
    expect(endpoint.requests).toHaveLength(0);
    expect((await ask("with", [memo], environment, "--model")).code).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
    const none = await ask("unset", [memo], {}, "--model");
    expect(none).toMatchObject({
      code: 2,
      written: null,
      err: expect.stringMatching(/^--model needs MODEL_BASE_URL/),
    });
  }, 240_000);
});
