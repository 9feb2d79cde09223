import { type KeyObject, verify, X509Certificate } from "node:crypto";
import { isObject, type JsonObject, shown } from "./shape.ts";
import { sameStatement } from "./statement-comparison.ts";

/** What marks an attachment as the signature of its statement (xAPI 1.0.3 part 2 §2.6). */
export const signatureUsage = "http://adlnet.gov/expapi/attachments/signature";

const algorithms = new Map<unknown, string>([
  ["RS256", "RSA-SHA256"],
  ["RS384", "RSA-SHA384"],
  ["RS512", "RSA-SHA512"],
]);

/** Whether a valid statement carries a signature, so that `signatureFault` has something to look at. */
export function isSigned(statement: unknown): boolean {
  return signaturesOf(statement).length > 0;
}

function signaturesOf(statement: unknown): { path: string; attachment: JsonObject }[] {
  if (!isObject(statement) || !Array.isArray(statement.attachments)) return [];
  return statement.attachments.flatMap((attachment: unknown, index) =>
    isObject(attachment) && attachment.usageType === signatureUsage
      ? [{ path: `attachments[${index}]`, attachment }]
      : [],
  );
}

/**
 * The first fault of the signatures of a valid statement, given as the JSON text that was received, or null (xAPI 1.0.3
 * part 2 §2.6): each is a JWS in compact form (RFC 7515) among the parts, signed by RS256, RS384 or RS512, over a
 * statement that is the same. `parts` are the contents by their SHA-2 in lower case. Where the JWS names a certificate,
 * its key must verify it; whose certificate it is, and whether it is still valid, says nothing about the form and is
 * left to the reader.
 */
export function signatureFault(statementText: string, parts: ReadonlyMap<string, Uint8Array>): string | null {
  const statement: unknown = JSON.parse(statementText);
  for (const { path, attachment } of signaturesOf(statement)) {
    if (attachment.contentType !== "application/octet-stream") {
      return `${path}.contentType must be "application/octet-stream" for a signature; got ${shown(attachment.contentType)}`;
    }
    const sha2 = String(attachment.sha2).toLowerCase();
    const content = parts.get(sha2);
    if (!content) return `${path} must be sent as a part: a signature is checked when it arrives`;
    const fault = jwsFault(content, statement, statementText);
    if (fault !== null) return `${path} must be a valid signature: ${fault}`;
  }
  return null;
}

function jwsFault(bytes: Uint8Array, statement: unknown, statementText: string): string | null {
  const jws = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const sections = jws.split(".", 4);
  const [header = "", payload = "", signature = ""] = sections.map(fromBase64Url);
  if (sections.length !== 3 || !header || !payload || !signature) {
    return "it must be a JWS in compact form, three sections of base64url between dots";
  }
  const parameters = parsed(header);
  if (!isObject(parameters?.value)) return "its header must be a JSON object";
  const { alg, x5c, crit } = parameters.value;
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined) return `its alg must be RS256, RS384 or RS512; got ${shown(alg)}`;
  if (crit !== undefined) return "its header must not have crit; no extension of JWS is understood";
  const signed = parsed(payload);
  if (!signed) return "its payload must be the statement as JSON";
  if (!isSame(signed, statement, statementText)) return "its payload must be the statement it is attached to";
  if (x5c === undefined) return null;
  const input = Buffer.from(jws.slice(0, jws.lastIndexOf(".")), "latin1");
  return certificateFault(x5c, algorithm, input, signature);
}

/** The id that the LRS may assign can be missing in the payload, but another one is another statement. */
function isSame(
  signed: { text: string; value: unknown },
  statement: unknown,
  statementText: string,
): boolean {
  if (!isObject(signed.value) || !isObject(statement)) return false;
  const ids = [signed.value.id, statement.id].filter((id) => id !== undefined).map(String);
  const sameId = new Set(ids.map((id) => id.toLowerCase())).size <= 1;
  return sameId && sameStatement(signed.text, statementText);
}

function certificateFault(x5c: unknown, algorithm: string, input: Buffer, signature: Buffer): string | null {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  const key = typeof first === "string" ? keyOfCertificate(first) : null;
  if (key?.asymmetricKeyType !== "rsa")
    return "its x5c must begin with a certificate of an RSA key in base64";
  return verify(algorithm, input, key, signature)
    ? null
    : "the key of its first certificate does not verify it";
}

function keyOfCertificate(base64: string): KeyObject | null {
  try {
    return new X509Certificate(Buffer.from(base64, "base64")).publicKey;
  } catch {
    return null;
  }
}

/** The bytes of a section; null where it is empty or not base64url without padding (RFC 7515 §2). */
function fromBase64Url(section: string): Buffer | null {
  return section === "" || section.length % 4 === 1 || /[^A-Za-z0-9_-]/.test(section)
    ? null
    : Buffer.from(section, "base64url");
}

function parsed(bytes: Buffer): { text: string; value: unknown } | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
