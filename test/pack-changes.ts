import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { verifyPack } from "../scripts/verify-pack.mjs";

/** A byte of a pack, with the file or part that it belongs to. */
export type Change = { at: number; named: string };

/** Bytes all over a pack: all at its end, and of each file some of header and content. */
export function changes(whole: Buffer): Change[] {
  const found: Change[] = [];
  const start = whole.readUInt32LE(whole.length - 6);
  for (let at = start; at < whole.length; at += at > whole.length - 200 ? 1 : 7)
    found.push({ at, named: "directory" });
  for (let at = 0; at < start;) {
    const path = whole.toString("utf8", at + 30, at + 30 + whole.readUInt16LE(at + 26));
    const content = at + 30 + path.length;
    const size = whole.readUInt32LE(at + 18);
    for (let i = at; i < content; i += 3) found.push({ at: i, named: path });
    const step = path === "manifest.sig" ? 1 : Math.ceil(size / (path === "manifest.json" ? 200 : 3));
    for (let i = 0; i < size; i += step) found.push({ at: content + i, named: path });
    found.push({ at: content + size - 1, named: path });
    at = content + size;
  }
  return found;
}

/** Runs `body` while one bit of the file is turned over. */
export async function turned<T>(path: string, at: number, bit: number, body: () => Promise<T>): Promise<T> {
  const turn = (): void => {
    const file = openSync(path, "r+");
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ (1 << bit);
    writeSync(file, byte, 0, 1, at);
    closeSync(file);
  };
  turn();
  try {
    return await body();
  } finally {
    turn();
  }
}

/** What is wrong with the check of a pack with one bit turned over at this place, or null. */
export async function faultOf(path: string, { at, named }: Change, i: number): Promise<string | null> {
  const { ok, lines } = await turned(path, at, i % 8, () => verifyPack(path));
  const fault = lines.find((line) => line.startsWith("FAULT")) ?? "none";
  return !ok && fault.includes(named) ? null : `byte ${at} of ${named}: ${fault}`;
}
