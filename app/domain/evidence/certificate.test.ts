import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { certificateCode, certificateStatus, codeBytes, readCode, validityText } from "./certificate.ts";

const now = new Date("2026-11-23T10:00:00Z");
const earlier = new Date("2026-11-22T10:00:00Z");
const later = new Date("2027-11-23T10:00:00Z");

it.each([
  [later, null, "valid"],
  [now, null, "expired"],
  [earlier, null, "expired"],
  [later, earlier, "revoked"],
  [earlier, earlier, "revoked"],
  [later, later, "valid"],
])("a certificate that expires %s and was revoked %s is %3$s", (expiresAt, revokedAt, status) => {
  expect(certificateStatus({ expiresAt, revokedAt }, now)).toBe(status);
});

describe("codes", () => {
  test.prop([fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes })])(
    "are read back however they are typed",
    (bytes) => {
      const code = certificateCode(bytes);
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(readCode(code.toLowerCase().replaceAll("-", " "))).toBe(code);
      expect(readCode(code.replaceAll("0", "O").replaceAll("1", "l"))).toBe(code);
    },
  );

  it.each(["", "abc", "U".repeat(20), "7K3M-Q0ZT-9WXA-B2CD-EFG", "../../etc/passwd....."])(
    "are not read from %j",
    (typed) => {
      expect(readCode(typed)).toBeNull();
    },
  );

  it("differ when any random bit differs", () => {
    const bytes = new Uint8Array(codeBytes);
    const other = Uint8Array.from(bytes, (b, i) => (i === 7 ? 1 : b));
    expect(certificateCode(bytes)).not.toBe(certificateCode(other));
  });
});

it("says from when until when it counts", () => {
  expect(validityText({ issuedAt: now, expiresAt: later }, "UTC")).toBe(
    "Issued on 23 November 2026, valid until 23 November 2027",
  );
  const expiresAt = new Date("2027-11-24T05:59:59Z");
  expect(validityText({ issuedAt: now, expiresAt }, "America/Chicago")).toMatch(/until 23 November 2027$/);
});
