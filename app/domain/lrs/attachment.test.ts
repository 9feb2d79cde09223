import { createHash } from "node:crypto";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  attachmentFault,
  type AttachmentPart,
  attachmentsOf,
  multipartBody,
  parseMultipart,
} from "./attachment.ts";

const sha = (content: Uint8Array, name = "sha256"): string => createHash(name).update(content).digest("hex");
const bytes = (text: string): Uint8Array => Buffer.from(text);

const essay = bytes("here is a simple attachment");
const essayPart: AttachmentPart = { sha2: sha(essay), contentType: "text/plain", content: essay };

const statementWith = (...attachments: Record<string, unknown>[]): unknown => ({ attachments });

/** Parts with their headers, joined as RFC 2046 §5.1 asks. */
function joined(parts: [string[], string][], boundary = "b"): Uint8Array {
  const sections = parts.map(([headers, content]) => [`--${boundary}`, ...headers, "", content].join("\r\n"));
  return bytes([...sections, `--${boundary}--`].join("\r\n"));
}

const json: [string[], string] = [["Content-Type: application/json"], "{}"];
const raw: [string[], string] = [
  [
    "Content-Type: text/plain",
    "Content-Transfer-Encoding: binary",
    `X-Experience-API-Hash: ${essayPart.sha2}`,
  ],
  String(Buffer.from(essay)),
];

describe("part 3 §1.5.2, reading multipart/mixed", () => {
  it("gives the statements and the attachments", () => {
    expect(parseMultipart("multipart/mixed; boundary=b", joined([json, raw]))).toEqual({
      ok: true,
      statements: Buffer.from("{}"),
      attachments: [{ ...essayPart, content: Buffer.from(essay) }],
    });
  });

  it.each<[string, string, Uint8Array]>([
    ["a quoted boundary", `Multipart/Mixed; charset=x; BOUNDARY="a b:\\"?"`, joined([json, raw], 'a b:"?')],
    [
      "the boundary of the specification",
      `multipart/mixed; boundary="abcABC0123'()+_,-./:=?"`,
      joined([json, raw], "abcABC0123'()+_,-./:=?"),
    ],
    [
      "preamble and epilogue",
      "multipart/mixed; boundary=b",
      bytes(`Ignore me.\r\n${Buffer.from(joined([json, raw]))}\r\nAnd me: --b\r\n`),
    ],
    ["an empty first line", "multipart/mixed; boundary=b", bytes(`\r\n${Buffer.from(joined([json, raw]))}`)],
    [
      "blanks after a boundary",
      "multipart/mixed; boundary=b",
      bytes(String(Buffer.from(joined([json, raw]))).replaceAll("--b\r\n", "--b \t\r\n")),
    ],
    [
      "headers in any case",
      "multipart/mixed; boundary=b",
      joined([
        [["content-type:application/json; charset=utf-8"], "{}"],
        [raw[0].map((header) => header.replace(/^[^:]+: /, (name) => name.trim().toUpperCase())), raw[1]],
      ]),
    ],
    [
      "folded headers",
      "multipart/mixed; boundary=b",
      joined([json, [raw[0].map((header) => header.replace(": ", ":\r\n\t")), raw[1]]]),
    ],
    [
      "a hash in upper case",
      "multipart/mixed; boundary=b",
      joined([
        json,
        [raw[0].map((header) => header.replace(essayPart.sha2, essayPart.sha2.toUpperCase())), raw[1]],
      ]),
    ],
  ])("takes %s", (_, contentType, body) => {
    const parsed = parseMultipart(contentType, body);
    expect(parsed).toMatchObject({ ok: true, attachments: [{ sha2: essayPart.sha2 }] });
    if (!parsed.ok) return;
    expect(String(Buffer.from(parsed.statements))).toBe("{}");
    expect(String(Buffer.from(parsed.attachments[0]?.content ?? []))).toBe("here is a simple attachment");
  });

  it("takes a request without attachments, and one of no bytes", () => {
    expect(parseMultipart("multipart/mixed; boundary=b", joined([json]))).toMatchObject({
      ok: true,
      attachments: [],
    });
    const empty: [string[], string] = [raw[0].slice(1), ""];
    expect(parseMultipart("multipart/mixed; boundary=b", joined([json, empty]))).toMatchObject({
      ok: true,
      attachments: [{ contentType: null, content: Buffer.alloc(0) }],
    });
  });

  it("takes what only looks like a boundary as content", () => {
    const content = "\r\n--bb\r\n--b-\r\n --b\r\n\n--b\r\r\n--B";
    const parsed = parseMultipart("multipart/mixed; boundary=b", joined([json, [raw[0], content]]));
    expect(parsed.ok && String(Buffer.from(parsed.attachments[0]?.content ?? []))).toBe(content);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["multipart/form-data; boundary=b", joined([json]), /^Content-Type must be multipart\/mixed/],
    ["multipart/mixed", joined([json]), /with a boundary of 1 to 70 characters$/],
    ["multipart/mixed;", joined([json]), /with a boundary/],
    ['multipart/mixed; boundary=""', joined([json]), /with a boundary/],
    [`multipart/mixed; boundary=${"b".repeat(71)}`, joined([json], "b".repeat(71)), /with a boundary/],
    ["multipart/mixed; boundary=c", joined([json]), /^the body must begin each part with "--c"/],
    ["multipart/mixed; boundary=b", bytes(""), /^the body must begin each part with "--b"/],
    ["multipart/mixed; boundary=b", bytes("--b--"), /^the body must begin each part/],
    [
      "multipart/mixed; boundary=b",
      bytes("--b\r\nContent-Type: application/json\r\n\r\n{}"),
      /end with "--b--"$/,
    ],
    ["multipart/mixed; boundary=b", joined([raw]), /^the first part must hold the statements/],
    ["multipart/mixed; boundary=b", joined([[[], "{}"]]), /^the first part must hold the statements/],
    ["multipart/mixed; boundary=b", bytes("--b\r\n--b--"), /^the first part must hold the statements/],
    [
      "multipart/mixed; boundary=b",
      joined([json, json]),
      /^part 2 must have Content-Transfer-Encoding: binary; got nothing$/,
    ],
    [
      "multipart/mixed; boundary=b",
      joined([json, raw, [raw[0].map((h) => h.replace("binary", "base64")), ""]]),
      /^part 3 must have Content-Transfer-Encoding: binary; got "base64"$/,
    ],
    [
      "multipart/mixed; boundary=b",
      joined([json, [raw[0].slice(0, 2), ""]]),
      /^part 2 must have X-Experience-API-Hash/,
    ],
  ])("refuses %s", (contentType, body, reason) => {
    const parsed = parseMultipart(contentType, body);
    expect(parsed.ok ? "" : parsed.reason).toMatch(reason);
  });

  test.prop([fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 80 })])(
    "takes any bytes",
    (body, boundary) => {
      expect(parseMultipart(`multipart/mixed; boundary=${boundary}`, body)).toHaveProperty("ok");
    },
  );

  it("reads views and not copies, in linear time", () => {
    const content = new Uint8Array(8_000_000).fill(13);
    const part = { sha2: sha(content), contentType: "a/b", content };
    const started = performance.now();
    const body = multipartBody("-".repeat(70), "{}", [part]);
    const parsed = parseMultipart(`multipart/mixed; boundary=${"-".repeat(70)}`, body);
    expect(parsed.ok && parsed.attachments[0]?.content.buffer).toBe(body.buffer);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("part 3 §1.5.2, writing multipart/mixed", () => {
  test.prop([fc.array(fc.uint8Array({ maxLength: 100 })), fc.json()])(
    "gives back what was read",
    (contents, statements) => {
      const parts = contents.map((content) => ({
        sha2: sha(content),
        contentType: "a/b",
        content: Buffer.from(content),
      }));
      const body = multipartBody("0f5c5b1e-boundary", statements, parts);
      expect(parseMultipart("multipart/mixed; boundary=0f5c5b1e-boundary", body)).toEqual({
        ok: true,
        statements: Buffer.from(statements),
        attachments: parts,
      });
    },
  );

  it("lets no content type begin a header", () => {
    const part = { ...essayPart, contentType: "a/b\r\nEvil: 1" };
    expect(String(Buffer.from(multipartBody("b", "{}", [part])))).toContain(
      "Content-Type: a/b Evil: 1\r\nContent-",
    );
  });
});

describe("part 2 §2.4.11 and part 3 §1.5.2, attachments and their parts", () => {
  const { sha2 } = essayPart;
  const other: AttachmentPart = { ...essayPart, sha2: sha(bytes("other")), content: bytes("other") };

  it.each<[string, unknown[], AttachmentPart[], RegExp | null]>([
    ["nothing", [{}], [], null],
    ["a part for each", [statementWith({ sha2 })], [essayPart], null],
    [
      "one part for several",
      [statementWith({ sha2 }, { sha2: sha2.toUpperCase() }), statementWith({ sha2 })],
      [essayPart],
      null,
    ],
    ["the same part twice", [statementWith({ sha2 })], [essayPart, essayPart], null],
    ["a fileUrl", [statementWith({ sha2, fileUrl: "https://f.example" })], [], null],
    ["a fileUrl and a part", [statementWith({ sha2, fileUrl: "https://f.example" })], [essayPart], null],
    ["an attachment of a SubStatement", [{ object: statementWith({ sha2 }) }], [essayPart], null],
    [
      "no part",
      [{}, statementWith({ sha2 })],
      [],
      /^attachments\[0\] of statement 2 must have a fileUrl or be sent/,
    ],
    [
      "no part in a SubStatement",
      [{ object: statementWith({ sha2 }) }],
      [],
      /^object\.attachments\[0\] of statement 1/,
    ],
    ["a part too many", [statementWith({ sha2 })], [essayPart, other], /^part 3 belongs to no attachment/],
    ["a part and no attachment", [{}], [essayPart], /^part 2 belongs to no attachment/],
    [
      "other data",
      [statementWith({ sha2 })],
      [{ ...essayPart, content: bytes("x") }],
      /^part 2 must have the SHA-2 hash of its data/,
    ],
    [
      "no SHA-2",
      [statementWith({ sha2: "ab" })],
      [{ ...essayPart, sha2: "ab" }],
      /^part 2 must have the SHA-2 hash/,
    ],
  ])("%s", (_, statements, parts, fault) => {
    const found = attachmentFault(statements, parts);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  it.each(["sha224", "sha256", "sha384", "sha512"])("takes %s", (name) => {
    const hash = sha(essay, name);
    expect(attachmentFault([statementWith({ sha2: hash })], [{ ...essayPart, sha2: hash }])).toBeNull();
  });

  it("finds attachments in a statement and its SubStatement", () => {
    const found = attachmentsOf({ attachments: [{ sha2 }], object: { attachments: [{ sha2: "x" }] } });
    expect(found.map(({ place }) => place)).toEqual(["attachments[0]", "object.attachments[0]"]);
    expect(attachmentsOf(null)).toEqual([]);
  });
});
