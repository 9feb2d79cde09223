import { createHash } from "node:crypto";
import { isObject, type JsonObject, shown } from "./shape.ts";

/** The raw data of an attachment. `sha2` is in lower case, `contentType` as the part named it, null where it did not. */
export type AttachmentPart = { sha2: string; contentType: string | null; content: Uint8Array };

export type Multipart =
  { ok: true; statements: Uint8Array; attachments: AttachmentPart[] } | { ok: false; reason: string };

const hashNames: Readonly<Record<number, string>> = {
  56: "sha224",
  64: "sha256",
  96: "sha384",
  128: "sha512",
};

const crlf = "\r\n";
const carriageReturn = 13;
const lineFeed = 10;
const dash = 45;
const space = 32;
const tab = 9;

/**
 * The statements and attachments of a `multipart/mixed` body (RFC 2046 §5.1; xAPI 1.0.3 part 3 §1.5.2): the first part
 * is `application/json`, each other one names its hash and is binary. The parts are views of `body`, not copies.
 */
export function parseMultipart(contentType: string, body: Uint8Array): Multipart {
  const boundary = boundaryOf(contentType);
  if (boundary === null) {
    return refused("Content-Type must be multipart/mixed with a boundary of 1 to 70 characters");
  }
  const parts = partsOf(boundary, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (parts === null) {
    return refused(`the body must begin each part with "--${boundary}" and end with "--${boundary}--"`);
  }
  const [first, ...rest] = parts;
  if (!first || mediaTypeOf(first.headers.get("content-type") ?? "") !== "application/json") {
    return refused("the first part must hold the statements, with Content-Type: application/json");
  }
  const attachments: AttachmentPart[] = [];
  for (const [index, { headers, content }] of rest.entries()) {
    const fault = attachmentHeaderFault(headers);
    if (fault !== null) return refused(`part ${index + 2} ${fault}`);
    const sha2 = (headers.get("x-experience-api-hash") ?? "").toLowerCase();
    attachments.push({ sha2, contentType: headers.get("content-type") ?? null, content });
  }
  return { ok: true, statements: first.content, attachments };
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}

function attachmentHeaderFault(headers: ReadonlyMap<string, string>): string | null {
  const encoding = headers.get("content-transfer-encoding");
  if (encoding?.toLowerCase() !== "binary") {
    return `must have Content-Transfer-Encoding: binary; got ${shown(encoding)}`;
  }
  return headers.has("x-experience-api-hash")
    ? null
    : "must have X-Experience-API-Hash with the SHA-2 hash of its data";
}

function mediaTypeOf(contentType: string): string {
  return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

function boundaryOf(contentType: string): string | null {
  if (mediaTypeOf(contentType) !== "multipart/mixed") return null;
  const found = /;\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(contentType);
  const boundary = found?.[1]?.replace(/\\(.)/g, "$1") ?? found?.[2] ?? "";
  // Longer ones are forbidden (RFC 2046 §5.1.1), and a line break in one would never be found.
  return boundary === "" || boundary.length > 70 || /[^ -~]/.test(boundary) ? null : boundary;
}

type Part = { headers: ReadonlyMap<string, string>; content: Uint8Array };

/** The parts between the boundary lines; null where there is none or the closing one is missing. */
function partsOf(boundary: string, body: Buffer): Part[] | null {
  const delimiter = Buffer.from(`${crlf}--${boundary}`, "latin1");
  const parts: Part[] = [];
  let line = openingLine(body, delimiter);
  while (line && !line.closing) {
    // The line break before a boundary belongs to the boundary, even where it is the one after the last boundary.
    const next = boundaryLine(body, delimiter, line.end - crlf.length);
    if (!next) return null;
    parts.push(partOf(body.subarray(line.end, Math.max(line.end, next.start))));
    line = next;
  }
  return line && parts.length > 0 ? parts : null;
}

/** A boundary line, from the line break before it to the one after it. */
type BoundaryLine = { start: number; end: number; closing: boolean };

/** The first one may also begin the body, without a line break before it. */
function openingLine(body: Buffer, delimiter: Buffer): BoundaryLine | null {
  const dashed = delimiter.subarray(crlf.length);
  const atStart = body.subarray(0, dashed.length).equals(dashed) ? lineEnd(body, 0, dashed.length) : null;
  return atStart ?? boundaryLine(body, delimiter, 0);
}

function boundaryLine(body: Buffer, delimiter: Buffer, from: number): BoundaryLine | null {
  for (let start = body.indexOf(delimiter, from); start >= 0; start = body.indexOf(delimiter, start + 1)) {
    const line = lineEnd(body, start, start + delimiter.length);
    if (line) return line;
  }
  return null;
}

/** What may stand after a boundary: two dashes, or blanks and a line break. Anything else is content. */
function lineEnd(body: Buffer, start: number, after: number): BoundaryLine | null {
  if (body[after] === dash && body[after + 1] === dash) return { start, end: after + 2, closing: true };
  let end = after;
  while (body[end] === space || body[end] === tab) end++;
  const isBreak = body[end] === carriageReturn && body[end + 1] === lineFeed;
  return isBreak ? { start, end: end + crlf.length, closing: false } : null;
}

function partOf(bytes: Buffer): Part {
  if (bytes[0] === carriageReturn && bytes[1] === lineFeed) {
    return { headers: new Map(), content: bytes.subarray(crlf.length) };
  }
  const blank = bytes.indexOf(crlf + crlf, 0, "latin1");
  const end = blank < 0 ? bytes.length : blank;
  const content = bytes.subarray(blank < 0 ? bytes.length : blank + 2 * crlf.length);
  return { headers: headersOf(bytes.toString("latin1", 0, end)), content };
}

function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r\n(?=[ \t])/g, "").split(crlf)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/**
 * The first fault between the attachments that statements name and the parts that came along, or null (xAPI 1.0.3
 * part 2 §2.4.11, part 3 §1.5): one without a fileUrl has its part, each part belongs to one, and its hash is true.
 * They are matched by hash and nothing else, as the specification asks. The statements are valid ones.
 */
export function attachmentFault(
  statements: readonly unknown[],
  parts: readonly AttachmentPart[],
): string | null {
  const received = new Set(parts.map((part) => part.sha2));
  const named = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    for (const { place, attachment } of attachmentsOf(statement)) {
      const sha2 = String(attachment.sha2).toLowerCase();
      named.add(sha2);
      if (attachment.fileUrl === undefined && !received.has(sha2)) {
        return `${place} of statement ${index + 1} must have a fileUrl or be sent as a part whose X-Experience-API-Hash is its sha2`;
      }
    }
  }
  for (const [index, part] of parts.entries()) {
    if (!named.has(part.sha2)) {
      return `part ${index + 2} belongs to no attachment: no sha2 is ${shown(part.sha2)}; leave the part out`;
    }
    if (hashLike(part.sha2, part.content) !== part.sha2) {
      return `part ${index + 2} must have the SHA-2 hash of its data as X-Experience-API-Hash; got ${shown(part.sha2)}`;
    }
  }
  return null;
}

/** The hash of the length of `sha2` over the content, in lower case; null where no SHA-2 has that length. */
function hashLike(sha2: string, content: Uint8Array): string | null {
  const name = hashNames[sha2.length];
  return name === undefined ? null : createHash(name).update(content).digest("hex");
}

/** The attachments of a statement and of its SubStatement, each with its place in it. */
export function attachmentsOf(statement: unknown): { place: string; attachment: JsonObject }[] {
  if (!isObject(statement)) return [];
  const inside = isObject(statement.object) ? statement.object.attachments : undefined;
  return [
    ...attachmentList("attachments", statement.attachments),
    ...attachmentList("object.attachments", inside),
  ];
}

function attachmentList(path: string, list: unknown): { place: string; attachment: JsonObject }[] {
  if (!Array.isArray(list)) return [];
  return list
    .map((attachment: unknown, index) => ({ place: `${path}[${index}]`, attachment }))
    .filter((entry): entry is { place: string; attachment: JsonObject } => isObject(entry.attachment));
}

/**
 * A `multipart/mixed` body of statements and the data of their attachments (xAPI 1.0.3 part 3 §1.5.2). `boundary` must
 * not occur in any of them; a random one does not.
 */
export function multipartBody(boundary: string, json: string, parts: readonly AttachmentPart[]): Uint8Array {
  const head = (lines: string[]): Buffer => Buffer.from([`--${boundary}`, ...lines, "", ""].join(crlf));
  const pieces: Uint8Array[] = [head(["Content-Type: application/json"]), Buffer.from(json)];
  for (const { sha2, contentType, content } of parts) {
    pieces.push(
      Buffer.from(crlf),
      head([
        // A line break in it would begin another header.
        `Content-Type: ${(contentType ?? "application/octet-stream").replace(/[\r\n]+/g, " ")}`,
        "Content-Transfer-Encoding: binary",
        `X-Experience-API-Hash: ${sha2}`,
      ]),
      content,
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`${crlf}--${boundary}--${crlf}`)]);
}
