import { AxeBuilder } from "@axe-core/playwright";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { samplePassword } from "#app/domain/people/sample.ts";
import { freshDatabase } from "../database.ts";

/** The product as `npm start` runs it, on a database of its own: embedded, or on the server of `DATABASE_URL`. */
export type Product = {
  url: string;
  /** Kills the process and starts it again on the same data. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), "clause7-journey-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = process.env["DATABASE_URL"];
  const database = server ? await freshDatabase(server) : null;
  const run = () =>
    started({
      ...environment,
      ...(database ? { DATABASE_URL: database.url } : { DATA_DIR: join(folder, "data") }),
      PORT: String(port),
      LOG_LEVEL: "error",
    });
  let child = await run();
  return {
    url,
    async restart() {
      await ended(child, "SIGKILL");
      child = await run();
    },
    async stop() {
      await ended(child, "SIGTERM");
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function started(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/server.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    // Nothing of the test runner's environment, which has a BASE_URL of its own.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      out += chunk.toString();
      if (out.includes("Clause7 is running at")) resolve(child);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${out}`)));
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

/** A real Chromium, from npm on Linux so that nothing must be installed; elsewhere the Chrome of the machine. */
export async function openBrowser(): Promise<Browser> {
  if (process.platform !== "linux") return chromium.launch({ channel: "chrome" });
  // Has the package unpack the libraries it brings for machines that have none of a desktop's.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs20.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await packaged.executablePath(), args: ["--no-sandbox"] });
}

/** Everything the browser complained about on pages of this person. */
export const complaints: string[] = [];

/** A page of its own browser context, signed in as somebody of the sample organisation. */
export async function signedIn(
  browser: Browser,
  product: Product,
  email: string,
  look: { width: number; colorScheme: "light" | "dark" } = { width: 1440, colorScheme: "light" },
): Promise<Page> {
  const page = await visitor(browser, look);
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(samplePassword);
  await page.getByLabel("Password").press("Enter");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  return page;
}

export async function visitor(
  browser: Browser,
  { width, colorScheme }: { width: number; colorScheme: "light" | "dark" } = {
    width: 1440,
    colorScheme: "light",
  },
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.setDefaultTimeout(20_000);
  return page;
}

/** Every axe rule on the page as it stands, none switched off; and nothing that sticks out sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  expect(found, page.url()).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${page.url()} is wider than the window`).toBeLessThanOrEqual(0);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
