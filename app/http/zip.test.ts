import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unzip } from "#test/unzip.ts";
import { zipOf } from "./zip.ts";

const at = new Date("2026-11-24T09:41:30Z");
const entries = [
  { path: "content/modules/ai-awareness/module.md", text: "# Größe zählt\n".repeat(2000) },
  { path: "content/modules/ai-awareness/items.yaml", text: "items:\n" },
  { path: "content/modules/ai-awareness/leer-ä.md", text: "" },
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clause7-zip-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reader = ["unzip", "bsdtar", "tar"].find((name) => {
  try {
    execFileSync(name, [name === "unzip" ? "-v" : "--version"], { stdio: "ignore" });
    return name !== "tar" || process.platform === "win32";
  } catch {
    return false;
  }
});

it.runIf(reader !== undefined)("is opened by a common tool, which finds it whole", () => {
  const file = join(folder, "module.zip");
  writeFileSync(file, zipOf(entries, at));
  if (reader === "unzip") {
    expect(execFileSync("unzip", ["-t", file], { encoding: "utf8" })).toContain("No errors detected");
    execFileSync("unzip", ["-q", file, "-d", folder]);
  } else execFileSync(reader ?? "", ["-xf", file, "-C", folder]);
  for (const { path, text } of entries) expect(readFileSync(join(folder, path), "utf8")).toBe(text);
  expect(readdirSync(join(folder, "content/modules/ai-awareness"))).toHaveLength(3);
});

it("holds each text under its name, deflated, and is the same each time", () => {
  const bytes = Buffer.from(zipOf(entries, at));
  expect(bytes.length).toBeLessThan(2000);
  expect(unzip(bytes)).toEqual(Object.fromEntries(entries.map(({ path, text }) => [path, text])));
  expect(Buffer.from(zipOf(entries, at)).equals(bytes)).toBe(true);
});
