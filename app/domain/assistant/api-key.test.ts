import { describe, expect, it } from "vitest";
import { bearerSecret, expiryOf, isInForce, keyInput, secretOf } from "./api-key.ts";

const now = new Date("2026-11-24T10:00:00Z");
const secret = secretOf(new Uint8Array(32).fill(255));

describe("a secret", () => {
  it("is the prefix and 32 bytes without a character that needs quoting", () => {
    expect(secret).toMatch(/^c7_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(secret.slice(3), "base64url")).toEqual(Buffer.alloc(32, 255));
  });

  it.each<[string, string | null | undefined, string | null]>([
    ["with the scheme Bearer", `Bearer ${secret}`, secret],
    ["with the scheme in any case", `bearer  ${secret}`, secret],
    ["without a header", undefined, null],
    ["with another scheme", `Basic ${secret}`, null],
    ["cut short", `Bearer ${secret.slice(0, -1)}`, null],
    ["with something behind it", `Bearer ${secret} x`, null],
    ["of another product", `Bearer sk-${"a".repeat(43)}`, null],
  ])("is read from a header: %s", (_what, header, read) => expect(bearerSecret(header)).toBe(read));
});

describe("a key", () => {
  it.each<[string, object, string | null]>([
    ["a name and a life", { name: " Editor ", days: "90" }, null],
    ["no name", { name: "  ", days: "90" }, "name"],
    ["a long name", { name: "x".repeat(61), days: "90" }, "name"],
    ["a name with a line break", { name: "a\nb", days: "90" }, "name"],
    ["a life of its own", { name: "Editor", days: "3650" }, "days"],
  ])("is asked for with %s", (_what, input, refused) => {
    expect(keyInput.safeParse(input).error?.issues[0]?.path[0] ?? null).toBe(refused);
  });

  it("ends after its days, or when it is revoked", () => {
    const expiresAt = expiryOf("30", now);
    expect(expiresAt.toISOString()).toBe("2026-12-24T10:00:00.000Z");
    expect(isInForce({ expiresAt, revokedAt: null }, new Date(expiresAt.getTime() - 1))).toBe(true);
    expect(isInForce({ expiresAt, revokedAt: null }, expiresAt)).toBe(false);
    expect(isInForce({ expiresAt, revokedAt: now }, now)).toBe(false);
  });
});
