import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { directory, layoutFault, localHeader, type Packed } from "./layout.ts";
import type { ManifestFile } from "./manifest.ts";

/** A file of a pack that is done: deflated, in a file of its own beside the others. */
export type Part = ManifestFile & { part: string };

/** Deflates a file into the folder; a file under its name is always whole. `beat` is called as it goes on. */
export async function makePart(
  folder: string,
  part: string,
  path: string,
  content: AsyncIterable<string | Uint8Array>,
  beat: () => Promise<void>,
): Promise<Part> {
  const plain = { hash: createHash("sha256"), crc: 0, bytes: 0 };
  const packed = { hash: createHash("sha256"), bytes: 0 };
  async function* read(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      const bytes = Buffer.from(chunk);
      plain.hash.update(bytes);
      plain.crc = crc32(bytes, plain.crc);
      plain.bytes += bytes.length;
      await beat();
      yield bytes;
    }
  }
  async function* count(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      packed.hash.update(chunk);
      packed.bytes += chunk.length;
      yield chunk;
    }
  }
  const aside = join(folder, `${part}.new`);
  const file = createWriteStream(aside, { mode: 0o600, flush: true });
  // Texts as they come may be many small ones, or as large as a page of a table: one at a time is enough.
  await pipeline(Readable.from(read(), { highWaterMark: 1 }), createDeflateRaw(), count, file);
  await rename(aside, join(folder, part));
  return {
    part,
    path,
    bytes: plain.bytes,
    sha256: plain.hash.digest("hex"),
    crc32: plain.crc,
    packedBytes: packed.bytes,
    packedSha256: packed.hash.digest("hex"),
  };
}

/** What is kept of a build: a JSON object a line. A last line that was cut off is taken away. */
export function journalOf<T>(folder: string): T[] {
  const path = join(folder, "journal.jsonl");
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) writeFileSync(path, whole, { mode: 0o600 });
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** Adds a line to the journal, and is done only when it is on the disk. */
export async function note(folder: string, entry: object): Promise<void> {
  const file = await open(join(folder, "journal.jsonl"), "a", 0o600);
  try {
    await file.write(`${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether the file of a part is there, in its size. */
export function isThere(folder: string, { part, packedBytes }: Part): boolean {
  const path = join(folder, part);
  return existsSync(path) && statSync(path).size === packedBytes;
}

/** Why a pack cannot be made, in a sentence for people. */
export class PackFault extends Error {
  override name = "PackFault";
}

/** Puts parts and texts together as one archive; it stands under its name only when it is whole. */
export async function assemble(
  folder: string,
  out: string,
  parts: readonly Part[],
  texts: readonly { path: string; text: string }[],
  at: Date,
  beat: () => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const stored = texts.map(({ path, text }) => {
    const bytes = Buffer.from(text, "utf8");
    const file: Packed = {
      path,
      bytes: bytes.length,
      crc32: crc32(bytes),
      packedBytes: bytes.length,
      deflated: false,
    };
    return { file, bytes };
  });
  const packed = parts.map((part): Packed => ({ ...part, deflated: true }));
  const files = [...packed, ...stored.map((one) => one.file)];
  const fault = layoutFault(files);
  if (fault) throw new PackFault(fault);
  const hash = createHash("sha256");
  let size = 0;
  async function* archive(): AsyncGenerator<Buffer> {
    for (const [i, part] of parts.entries()) {
      await beat();
      yield localHeader(packed[i] as Packed, at);
      yield* createReadStream(join(folder, part.part)) as AsyncIterable<Buffer>;
    }
    for (const { file, bytes } of stored) {
      yield localHeader(file, at);
      yield bytes;
    }
    yield directory(files, at);
  }
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of archive()) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(`${out}.new`, { mode: 0o600, flush: true }));
  await rename(`${out}.new`, out);
  return { bytes: size, sha256: hash.digest("hex") };
}
