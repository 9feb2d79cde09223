import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { credentialInput, parseBasic, permits, type Scope, secretHash } from "./credential.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

describe("Basic authentication", () => {
  it.each<[string, string | null | undefined, { key: string; secret: string } | null]>([
    [
      "the example of RFC 7617 §2",
      "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
      { key: "Aladdin", secret: "open sesame" },
    ],
    ["the example of §2.1, in UTF-8", "Basic dGVzdDoxMjPCow==", { key: "test", secret: "123£" }],
    ["any case of the scheme", "bAsIc YTpi", { key: "a", secret: "b" }],
    ["a colon in the secret", basic("a:b:c:"), { key: "a", secret: "b:c:" }],
    ["nothing in either", basic(":"), { key: "", secret: "" }],
    ["no header", undefined, null],
    ["an empty header", "", null],
    ["another scheme", "Bearer YTpi", null],
    ["no colon", basic("ab"), null],
    ["no token", "Basic ", null],
    ["what is not base64", "Basic a:b", null],
    ["base64 cut short", "Basic YTp", null],
    ["base64 with bits left over", "Basic YTpiY3==", null],
    ["the URL's alphabet", "Basic YTo_", null],
    ["two tokens", "Basic YTpi YTpi", null],
    ["bytes that are not UTF-8", `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString("base64")}`, null],
    ["a NUL, which no database text holds", basic("a\0:b"), null],
    ["a line break", basic("a:b\n"), null],
  ])("reads %s", (_what, header, expected) => {
    expect(parseBasic(header)).toEqual(expected);
  });

  const printable = fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cc}/u.test(text));
  test.prop([printable.filter((text) => !text.includes(":")), printable])(
    "gives back every name and secret that may be sent",
    (key, secret) => {
      expect(parseBasic(basic(`${key}:${secret}`))).toEqual({ key, secret });
    },
  );

  test.prop([fc.string({ unit: "binary" })])("reads no other header, and fails on none", (header) => {
    expect(parseBasic(header)).toBeNull();
  });
});

it("hashes a secret with SHA-256 (FIPS 180-4, the example “abc”)", () => {
  expect(secretHash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it.each<[Scope[], Scope, boolean]>([
  [["all"], "profile", true],
  [["state"], "state", true],
  [["state"], "profile", false],
  [["statements/read"], "statements/read/mine", true],
  [["statements/read/mine"], "statements/read", false],
  [["statements/write"], "statements/read/mine", false],
])("lets %j do %s: %s", (held, scope, may) => {
  expect(permits({ scopes: held }, scope)).toBe(may);
});

describe("what is said of a new client", () => {
  const least = { name: "Kiosk", scopes: ["all"] };

  it("may leave the limits out", () => {
    expect(credentialInput.parse(least)).toEqual({
      name: "Kiosk",
      scopes: ["all"],
      ratePerMinute: null,
      bodyLimitBytes: 10_485_760,
    });
  });

  it("may come from a form, where all is text", () => {
    const sent = { name: " Łódź 学習 ", scopes: "state", ratePerMinute: " 600 ", bodyLimitBytes: "1000" };
    expect(credentialInput.parse(sent)).toEqual({
      name: "Łódź 学習",
      scopes: ["state"],
      ratePerMinute: 600,
      bodyLimitBytes: 1000,
    });
    expect(credentialInput.parse({ ...sent, ratePerMinute: "", bodyLimitBytes: " " })).toMatchObject({
      ratePerMinute: null,
      bodyLimitBytes: 10_485_760,
    });
  });

  it("keeps each scope once, in the order of the list", () => {
    const { scopes } = credentialInput.parse({ ...least, scopes: ["state", "statements/write", "state"] });
    expect(scopes).toEqual(["statements/write", "state"]);
  });

  it("counts the letters of a name as people do", () => {
    expect(credentialInput.safeParse({ ...least, name: "🎓".repeat(100) }).success).toBe(true);
    expect(credentialInput.safeParse({ ...least, name: "🎓".repeat(101) }).success).toBe(false);
  });

  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ["no name", { name: undefined }, "name", /^Give the client a name\.$/],
    ["a name of spaces", { name: "  " }, "name", /^Give the client a name\.$/],
    ["a name with a line break", { name: "a\nb" }, "name", /control characters/],
    ["no scope", { scopes: undefined }, "scopes", /^Choose at least one scope\.$/],
    ["an empty list of scopes", { scopes: [] }, "scopes", /^Choose at least one scope\.$/],
    ["a scope there is not", { scopes: ["all", "define"] }, "scopes", /^Choose the scopes from: /],
    ["no requests at all", { ratePerMinute: "0" }, "ratePerMinute", /from 1 to 1000000/],
    ["too many requests", { ratePerMinute: "1000001" }, "ratePerMinute", /from 1 to 1000000/],
    ["half a request", { ratePerMinute: 1.5 }, "ratePerMinute", /whole number/],
    ["words for a number", { ratePerMinute: "many" }, "ratePerMinute", /whole number/],
    ["a body too small for a statement", { bodyLimitBytes: "999" }, "bodyLimitBytes", /from 1000/],
    ["a body that fills the memory", { bodyLimitBytes: "100000001" }, "bodyLimitBytes", /to 100000000/],
    ["a number in another writing", { bodyLimitBytes: "1e6" }, "bodyLimitBytes", /whole number/],
  ])("is refused with %s", (_what, fields, field, message) => {
    const issue = credentialInput.safeParse({ ...least, ...fields }).error?.issues[0];
    expect([issue?.path[0], issue?.message]).toEqual([field, expect.stringMatching(message)]);
  });
});
