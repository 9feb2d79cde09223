// Everything CI runs, in one command. Stops at the first step that fails.
import { buildIfStale, checkNode, installIfStale, run } from "./prepare.mjs";

checkNode();
installIfStale();
const local = (title, command, ...args) => run(title, "npx", ["--no-install", command, ...args]);
local("Types", "tsc");
local("Lint", "oxlint", "--deny-warnings");
local("Format", "prettier", "--check", "--log-level", "warn", ".");
local("Content check", "tsx", "scripts/check-content.ts");
buildIfStale();
local("Tests", "vitest", "run");
