import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { rateLimit } from "#app/http/xapi/rate-limit.server.ts";

const start = new Date("2026-12-01T10:00:30Z").getTime();
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const client = (ratePerMinute: number | null) => ({ credentialId: randomUUID(), ratePerMinute });

it("lets through as many requests a minute as the client may send, and says how long to wait", () => {
  const allowed = rateLimit();
  const slow = client(3);
  expect([0, 10, 20].map((s) => allowed(slow, at(s)))).toEqual([null, null, null]);
  expect(allowed(slow, at(20))).toBe(40);
  expect(allowed(slow, at(59.5))).toBe(1);
  expect([60, 60, 60, 61].map((s) => allowed(slow, at(s)))).toEqual([null, null, null, 59]);
});

it("counts each client for itself, and none without a limit", () => {
  const allowed = rateLimit();
  const [one, other, free] = [client(1), client(1), client(null)];
  expect([one, other, one].map((c) => allowed(c, at(0)))).toEqual([null, null, 60]);
  for (let i = 0; i < 10_000; i++) expect(allowed(free, at(0))).toBeNull();
});

it("takes a changed limit at once", () => {
  const allowed = rateLimit();
  const { credentialId } = client(1);
  expect(allowed({ credentialId, ratePerMinute: 1 }, at(0))).toBeNull();
  expect(allowed({ credentialId, ratePerMinute: 2 }, at(1))).toBeNull();
  expect(allowed({ credentialId, ratePerMinute: 1 }, at(2))).toBe(58);
});

it("makes nobody wait for a clock that was set back", () => {
  const allowed = rateLimit();
  const slow = client(1);
  expect(allowed(slow, at(3600))).toBeNull();
  expect(allowed(slow, at(0))).toBeNull();
  expect(allowed(slow, at(1))).toBe(59);
});

it("still counts right after thousands of other clients came and went", () => {
  const allowed = rateLimit();
  const slow = client(1);
  for (let i = 0; i < 5_000; i++) allowed(client(1), at(i / 10));
  expect(allowed(slow, at(500))).toBeNull();
  for (let i = 0; i < 5_000; i++) allowed(client(1), at(500 + i / 1000));
  expect(allowed(slow, at(510))).toBe(50);
});
