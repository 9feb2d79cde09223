import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFault } from "./node-version.mjs";

// Read by any Node, so that one that is too old is told so: nothing newer than Node 16 before `checkNode`.
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** Ends the process with one sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function checkNode() {
  const fault = nodeFault(process.version);
  if (fault) fail(fault);
}

/** Runs `npm ci` when the lock file is not the one last installed. */
export function installIfStale() {
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  const marker = join("node_modules", ".clause7-lock");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  run("Installing packages", "npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(marker, lock);
}

/** Runs the production build when a source file is newer than the last one. */
export function buildIfStale() {
  const built = join("build", "server", "index.js");
  const sources = ["app", "db/schema", "public", "package-lock.json", "vite.config.ts", "remix.config.js"];
  if (existsSync(built) && newest(sources) <= statSync(built).mtimeMs) return;
  run("Building", "npx", ["--no-install", "remix", "vite:build", "--logLevel", "warn"]);
}

/** Runs one step, its output shown, its time told; a failure ends the process. */
export function run(title, command, args, env = {}) {
  const began = Date.now();
  console.log(`${title} …`);
  const done = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (done.status !== 0)
    fail(`${title} failed: ${command} ${args.join(" ")} ended with ${done.status ?? done.signal}.`);
  console.log(`${title}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

function newest(paths) {
  return Math.max(
    0,
    ...paths.map((path) => {
      if (!existsSync(path)) return 0;
      const at = statSync(path);
      return at.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : at.mtimeMs;
    }),
  );
}
