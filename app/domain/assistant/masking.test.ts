import { describe, expect, it } from "vitest";
import { masked } from "./masking.ts";

// Put together here, so that no scanner takes the examples for leaked keys.
const key = `sk-${"proj4aB9".repeat(3)}`;
const token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJtaWxhIn0", "c2lnbmF0dXJl"].join(".");

describe("masked", () => {
  it.each([
    ["Mail anna.de-vries+work@aldermoor.example please", "Mail [e-mail address] please"],
    ["Ring +31 10 123 45 67 or 010-1234567", "Ring [phone number] or [phone number]"],
    ["Ring (512) 555-0199 in Austin", "Ring [phone number] in Austin"],
    ["Pay to NL91 ABNA 0417 1643 00 today", "Pay to [account number] today"],
    ["Pay to NL91ABNA0417164300", "Pay to [account number]"],
    ["Card 4111 1111 1111 1111, thanks", "Card [account number], thanks"],
    [`The key is ${key} in the script`, "The key is [secret] in the script"],
    [`Bearer ${token}`, "Bearer [secret]"],
    ["password: Sommer2026!", "password: [secret]"],
    ["The password is hunter22", "The password is [secret]"],
    ["postgres://app:s3cret@db.aldermoor.example/main", "[secret]"],
    [`AKIA${"ABCDEFGHIJKLMNOP"}`, "[secret]"],
    [`-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE\n-----END RSA ${"PRIVATE"} KEY-----`, "[secret]"],
  ])("%s", (text, wanted) => expect(masked(text)).toBe(wanted));

  it.each([
    "May I use Quillmate on 2026-11-23 for 12 pages?",
    "Version 2.0.1 of the tool, build 20261123",
    "Is a password ever allowed?",
    "The token limit is generous",
    "Between 2026-11-23 and 2026-12-02, 1000 tickets",
    "ISO/IEC 42001:2023 clause 7.2 (section 4.1)",
  ])("leaves alone: %s", (text) => expect(masked(text)).toBe(text));

  it("masks twice as once", () => {
    const once = masked(`password is ${key}, mail a@b.example`);
    expect(masked(once)).toBe(once);
  });
});
