import { describe, expect, it } from "vitest";
import { extensionsFault, iriFault, isIri, isMailto } from "./iri.ts";

describe("part 2 §2.2 and §4.3, IRIs", () => {
  it.each([
    "https://example.org/x",
    "HTTP://EXAMPLE.ORG",
    "http://example.com/فعل/خواندن",
    "http://example.org/a%20b?q=1&r=[2]#frag",
    "urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "tag:example.org,2026:x",
    "a:b",
    "x-my.scheme+1:value",
    "http://example.org/\u00a0\u{1f600}",
  ])("takes %s", (iri) => {
    expect(isIri(iri)).toBe(true);
  });

  it.each([
    "",
    "x",
    "example.org/x",
    "/relative",
    "#fragment",
    "not.a.valid.iri.com/verb",
    ":no-scheme",
    "http:",
    "1a:b",
    "ab=c://should.fail.com",
    "http://example.org/a b",
    "http://example.org/\u0000",
    "http://example.org/\n",
    "http://example.org/\u0085",
    "http://example.org/<x>",
    'http://example.org/"',
    "http://example.org/{x}",
    "http://example.org/a|b",
    "http://example.org/a\\b",
    "http://example.org/a^b",
    "http://example.org/`",
    "http://example.org/\ud800",
    " http://example.org/",
  ])("refuses %j", (iri) => {
    expect(isIri(iri)).toBe(false);
  });

  it("takes any length in linear time", () => {
    const long = "ä".repeat(1_000_000);
    const started = performance.now();
    expect(isIri(`https://example.org/${long}`)).toBe(true);
    expect(isIri(`https://example.org/${long} `)).toBe(false);
    expect(isIri("a".repeat(1_000_000))).toBe(false);
    expect(isIri(`${"a".repeat(1_000_000)}ä:x`)).toBe(false);
    expect(isMailto(`mailto:${long}@example.org`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("quotes at most 80 characters of what it refuses", () => {
    const fault = iriFault(" ".repeat(1_000_000), "object.id") ?? "";
    expect(fault).toMatch(/^object\.id must be an absolute IRI/);
    expect(fault.length).toBeLessThan(250);
  });
});

describe("part 2 §2.4.2.3, mbox", () => {
  it.each([
    "mailto:name@example.org",
    "mailto:first.last+tag@sub.example.org",
    "mailto:a%40b@example.org",
    "mailto:jörg@exämple.org",
    "mailto:x@[192.0.2.1]",
    "mailto:^.a{b}|`@a.aa",
  ])("takes %s", (mbox) => {
    expect(isMailto(mbox)).toBe(true);
  });

  it.each([
    "",
    "name@example.org",
    "mailto:",
    "mailto:@example.org",
    "mailto:name@",
    "mailto:should.fail.com",
    "http://should.fail.com",
    "mailto:a@b@example.org",
    "mailto:name@example.org?subject=x",
    "mailto:name@example.org,other@example.org",
    "mailto:na me@example.org",
    "mailto:name@example.org\n",
  ])("refuses %j", (mbox) => {
    expect(isMailto(mbox)).toBe(false);
  });
});

describe("part 2 §4.1, extensions", () => {
  it("looks at the keys and never at the values", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(extensionsFault({}, "result.extensions")).toBeNull();
    expect(
      extensionsFault({ "http://example.org/a": null, "http://example.org/b": deep }, "result.extensions"),
    ).toBeNull();
    expect(extensionsFault({ "should fail": 1 }, "result.extensions")).toBe(
      'the keys of result.extensions must be absolute IRIs; got "should fail"',
    );
    expect(extensionsFault(null, "result.extensions")).toMatch(/^result\.extensions must be an object/);
    expect(extensionsFault([], "result.extensions")).toMatch(/^result\.extensions must be an object/);
  });
});
