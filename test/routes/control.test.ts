import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterEach, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { credentials } from "#app/domain/lrs/credential.server.ts";
import { system } from "#app/domain/people/permission.ts";
import {
  announceControl,
  controlPath,
  controlRoute,
  newControlToken,
  readControl,
} from "#app/http/control.server.ts";
import { onBothEngines } from "#test/database.ts";

const now = new Date("2026-12-01T10:00:00Z");
const token = newControlToken();
const servers = new Set<Server>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

function listening(server: Server, host = "127.0.0.1"): Promise<Server> {
  servers.add(server);
  return new Promise((resolve) => server.listen(0, host, () => resolve(server)));
}

async function addressOn(db: Db): Promise<string> {
  const app = express().use(controlRoute({ db, now: () => now }, token));
  const server = await listening(createServer(app));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${controlPath}`;
}

onBothEngines("what the terminal asks of a running server", (database) => {
  const send = (address: string, body: unknown, authorization: string | null = `Bearer ${token}`) =>
    fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(body),
    });
  const least = { name: "Kiosk", scopes: ["state"] };

  it("creates a credential in the product’s name", () =>
    database.rolledBack(async (tx) => {
      const response = await send(await addressOn(tx), least);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const body = (await response.json()) as { key: string; secret: string };
      expect(Object.keys(body)).toEqual(["key", "secret"]);
      expect(await credentials(tx, system)).toMatchObject([
        { name: "Kiosk", key: body.key, scopes: ["state"], createdAt: now, createdByName: "Clause7" },
      ]);
    }));

  it("is nothing without the token, for another act, or with input that will not do", () =>
    database.rolledBack(async (tx) => {
      const address = await addressOn(tx);
      for (const wrong of [null, "", `Bearer ${token.slice(1)}`, `bearer ${token}`, `Basic ${token}`])
        expect((await send(address, least, wrong)).status).toBe(403);
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(address, { headers })).status).toBe(404);
      const refused = await send(address, { ...least, scopes: ["define"] });
      expect([refused.status, await refused.json()]).toEqual([
        400,
        { refusal: expect.stringContaining("Choose the scopes from") },
      ]);
      expect((await fetch(address, { method: "POST", headers })).status).toBe(400);
      expect((await send(address, { ...least, name: "x".repeat(20_000) })).status).toBe(413);
      expect(await credentials(tx, system)).toEqual([]);
    }));
});

it.each([
  ["0.0.0.0", "http://127.0.0.1:"],
  ["127.0.0.1", "http://127.0.0.1:"],
  ["::", "http://[::1]:"],
  ["::1", "http://[::1]:"],
])("tells where a server on %s is, to who may read the folder, until it ends", async (host, start) => {
  const folder = mkdtempSync(join(tmpdir(), "clause7-control-"));
  try {
    // Of a server that was killed.
    writeFileSync(join(folder, "control.json"), "{", { mode: 0o644 });
    expect(readControl(folder)).toBeNull();
    const server = await listening(createServer(), host);
    const takeBack = announceControl(folder, server, token);
    const { port } = server.address() as AddressInfo;
    expect(readControl(folder)).toEqual({ url: `${start}${port}`, token });
    expect(statSync(join(folder, "control.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["control.json"]);
    takeBack();
    expect(readControl(folder)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
