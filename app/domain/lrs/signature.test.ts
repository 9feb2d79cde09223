import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSigned, signatureFault, signatureUsage } from "./signature.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const another = generateKeyPairSync("rsa", { modulusLength: 2048 });
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** One element of DER (X.690 §8.1). */
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** A certificate of version 1 that expired long ago, signed by itself (RFC 5280 §4.1), in base64. */
function certificate(key: KeyObject): string {
  const rsaWithSha256 = der(0x30, Buffer.from("06092a864886f70d01010b0500", "hex"));
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("Signer")))),
  );
  const day = (text: string): Buffer => der(0x17, Buffer.from(text));
  const body = der(
    0x30,
    der(0x02, Buffer.from([1])),
    rsaWithSha256,
    name,
    der(0x30, day("130404152830Z"), day("140404152830Z")),
    name,
    key.export({ type: "spki", format: "der" }),
  );
  const signature = der(0x03, Buffer.from([0]), sign("RSA-SHA256", body, privateKey));
  return der(0x30, body, rsaWithSha256, signature).toString("base64");
}

const statement = {
  id: "33cff416-e331-4c9d-969e-5373a1756120",
  actor: { mbox: "mailto:example@example.com" },
  verb: { id: "http://adlnet.gov/expapi/verbs/experienced", display: { "en-US": "experienced" } },
  object: { id: "https://example.org/video" },
  result: { duration: "PT1.23S", score: { raw: 1 } },
  timestamp: "2013-04-01T12:00:00Z",
};

const hashes: Record<string, string> = { RS256: "RSA-SHA256", RS384: "RSA-SHA384", RS512: "RSA-SHA512" };

function jws(header: Record<string, unknown>, payload: string, key = privateKey): string {
  const input = [JSON.stringify(header), payload]
    .map((section) => Buffer.from(section).toString("base64url"))
    .join(".");
  const hash = hashes[String(header.alg)] ?? "RSA-SHA256";
  return `${input}.${sign(hash, Buffer.from(input), key).toString("base64url")}`;
}

/** What is wrong with the statement, signed by this text. */
function faultOf(
  signature: string,
  changes: Record<string, unknown> = {},
  attachment: Record<string, unknown> = {},
): string | null {
  const content = Buffer.from(signature, "latin1");
  const sha2 = createHash("sha256").update(content).digest("hex");
  const header = { usageType: signatureUsage, contentType: "application/octet-stream", sha2, ...attachment };
  const text = JSON.stringify({ ...statement, ...changes, attachments: [header] });
  return signatureFault(text, new Map([[sha2, content]]));
}

const payload = JSON.stringify(statement);

describe("part 2 §2.6, signed statements", () => {
  it.each(["RS256", "RS384", "RS512"])("takes %s with and without a certificate", (alg) => {
    expect(faultOf(jws({ alg }, payload))).toBeNull();
    expect(faultOf(jws({ alg, x5c: [certificate(publicKey)] }, payload))).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["another way to write it", { timestamp: "2013-04-01T14:00:00+02:00" }],
    ["a display that it lacked", { object: { ...statement.object, definition: { name: { en: "x" } } } }],
    [
      "a duration that differs below 0.01 s (§4.6)",
      { result: { ...statement.result, duration: "PT1.239S" } },
    ],
    ["an id in another case", { id: statement.id.toUpperCase() }],
    [
      "what the LRS assigns",
      { authority: statement.actor, stored: "2026-11-24T09:30:00Z", version: "1.0.0" },
    ],
  ])("takes %s", (_, changes) => {
    expect(faultOf(jws({ alg: "RS256" }, payload), changes)).toBeNull();
  });

  it("takes a payload without the id that the LRS assigned", () => {
    const { id, ...rest } = statement;
    expect(faultOf(jws({ alg: "RS256" }, JSON.stringify(rest, null, 2)), { id })).toBeNull();
  });

  const mustBe = /^attachments\[0\] must be a valid signature: /;

  it.each<[string, string, RegExp]>([
    ["nothing", "", /it must be a JWS in compact form/],
    ["two sections", "e30.e30", /it must be a JWS in compact form/],
    ["four sections", `${jws({ alg: "RS256" }, payload)}.e30`, /it must be a JWS in compact form/],
    [
      "no signature",
      jws({ alg: "RS256" }, payload).replace(/[^.]*$/, ""),
      /it must be a JWS in compact form/,
    ],
    [
      "base64 with padding",
      jws({ alg: "RS256" }, payload).replace(".", "=."),
      /it must be a JWS in compact form/,
    ],
    [
      "the JSON serialisation of JWS",
      JSON.stringify({ payload: "x", signatures: [] }),
      /it must be a JWS in compact/,
    ],
    [
      "a header that is no JSON",
      `e30x.${jws({}, payload).split(".").slice(1).join(".")}`,
      /its header must be a JSON object/,
    ],
    [
      "a header that is null",
      jws({}, payload).replace(/^[^.]*/, "bnVsbA"),
      /its header must be a JSON object/,
    ],
    ["no algorithm", jws({}, payload), /its alg must be RS256, RS384 or RS512; got nothing$/],
    ["alg none", jws({ alg: "none" }, payload), /its alg must be RS256, RS384 or RS512; got "none"$/],
    ["alg HS256", jws({ alg: "HS256" }, payload), /got "HS256"$/],
    ["crit", jws({ alg: "RS256", crit: ["b64"] }, payload), /its header must not have crit/],
    [
      "broken JSON",
      jws({ alg: "RS256" }, payload.replace('"', "'")),
      /its payload must be the statement as JSON$/,
    ],
    ["a number that JSON does not know", jws({ alg: "RS256" }, payload.replace(":1}", ":01}")), /as JSON$/],
    ["null", jws({ alg: "RS256" }, "null"), /its payload must be the statement it is attached to$/],
    [
      "another actor",
      jws({ alg: "RS256" }, payload.replace("mailto:e", "mailto:E")),
      /the statement it is attached to$/,
    ],
    [
      "another id",
      jws({ alg: "RS256" }, payload.replace("33cff416", "33cff417")),
      /the statement it is attached to$/,
    ],
    [
      "a number a little off",
      jws({ alg: "RS256" }, payload.replace(":1}", ":1.00000000000000000001}")),
      /attached to$/,
    ],
    [
      "another key",
      jws({ alg: "RS256", x5c: [certificate(publicKey)] }, payload, another.privateKey),
      /the key of its first certificate does not verify it$/,
    ],
    [
      "another certificate first",
      jws({ alg: "RS256", x5c: [certificate(another.publicKey), certificate(publicKey)] }, payload),
      /does not verify it$/,
    ],
    [
      "a certificate of an elliptic key",
      jws({ alg: "RS256", x5c: [certificate(elliptic.publicKey)] }, payload),
      /its x5c must begin with a certificate of an RSA key/,
    ],
    ["an empty chain", jws({ alg: "RS256", x5c: [] }, payload), /its x5c must begin with a certificate/],
    [
      "a chain of something else",
      jws({ alg: "RS256", x5c: ["e30"] }, payload),
      /its x5c must begin with a certificate/,
    ],
    [
      "a chain that is a text",
      jws({ alg: "RS256", x5c: "e30" }, payload),
      /its x5c must begin with a certificate/,
    ],
  ])("refuses %s", (_, signature, reason) => {
    expect(faultOf(signature)).toMatch(mustBe);
    expect(faultOf(signature)).toMatch(reason);
  });

  it("refuses another content type, and a signature that was not sent", () => {
    const signature = jws({ alg: "RS256" }, payload);
    expect(faultOf(signature, {}, { contentType: "text/plain" })).toBe(
      'attachments[0].contentType must be "application/octet-stream" for a signature; got "text/plain"',
    );
    expect(faultOf(signature, {}, { sha2: "0".repeat(64) })).toMatch(
      /^attachments\[0\] must be sent as a part/,
    );
  });

  it("looks at nothing else", () => {
    expect(
      isSigned({ attachments: [{ usageType: "https://example.org" }, { usageType: signatureUsage }] }),
    ).toBe(true);
    expect(isSigned({ attachments: [{ usageType: "https://example.org" }] })).toBe(false);
    expect(isSigned(statement)).toBe(false);
    expect(faultOf("", {}, { usageType: "https://example.org" })).toBeNull();
  });
});
