import { createHash } from "node:crypto";
import { z } from "zod";
import { brokenLink, genesisHash } from "./event.ts";
import { merkleTree } from "./merkle.ts";
import { eventLeaf, keyIdOf, type Seal, sealFault, sequenceFault, statementLeaf } from "./seal.ts";

/*
 * Evidence as JSON lines: what it is, the public keys, then for each seal the statements, the audit events and the seal
 * itself; after the last seal what is not sealed yet; and an end. In this order it can be checked with a few hashes of memory.
 */

const seq = z.int().positive();
const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hexadecimal digits");
const moment = z.iso.datetime({ precision: 3 });

export const sealLine = z.strictObject({
  kind: z.literal("seal"),
  number: seq,
  at: moment,
  statementSeq: z.int().nonnegative(),
  auditSeq: z.int().nonnegative(),
  size: z.int().positive(),
  root: hash,
  prevHash: hash,
  keyId: hash,
  hash,
  signature: z.string().regex(/^[0-9a-f]{128}$/, "128 lower-case hexadecimal digits"),
});

const evidenceLine = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("clause7-evidence"), version: z.literal(1), at: moment }),
  z.strictObject({ kind: z.literal("key"), id: hash, publicKey: z.string() }),
  z.strictObject({
    kind: z.literal("statement"),
    seq,
    id: z.uuid(),
    stored: moment,
    voiding: z.boolean(),
    size: z.int().nonnegative(),
    /** The statement's JSON text, to the byte. */
    body: z.string(),
  }),
  /** A statement that the reader may not read: its leaf alone, from which the root of its seal is computed as well. */
  z.strictObject({ kind: z.literal("leaf"), seq, hash, withheld: z.literal("answer key") }),
  z.strictObject({
    kind: z.literal("event"),
    seq,
    at: moment,
    actorId: z.string(),
    type: z.string(),
    subjectType: z.string(),
    subjectId: z.string(),
    data: z.record(z.string(), z.unknown()),
    prevHash: hash,
    hash,
  }),
  sealLine,
  z.strictObject({
    kind: z.literal("end"),
    /** What the store itself says its last statement and audit event are. */
    statementSeq: z.int().nonnegative(),
    auditSeq: z.int().nonnegative(),
    auditHash: hash,
  }),
]);

export type EvidenceLine = z.infer<typeof evidenceLine>;
type Line<K extends EvidenceLine["kind"]> = Extract<EvidenceLine, { kind: K }>;

/** A seal as its line has it. */
export function lineOfSeal(seal: Seal): Line<"seal"> {
  return { kind: "seal", ...seal, at: seal.at.toISOString() };
}

/** The seal of its line. */
export function sealOfLine({ kind: _kind, ...line }: Line<"seal">): Seal {
  return { ...line, at: new Date(line.at) };
}

/** Reads a line of a file; `number` counts from 1. A fault is one sentence. */
export function parseEvidenceLine(
  text: string,
  number: number,
): { ok: true; line: EvidenceLine } | { ok: false; fault: string } {
  const parsed = evidenceLine.safeParse(jsonOf(text));
  if (parsed.success) return { ok: true, line: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  return {
    ok: false,
    fault: `Line ${number} is not a line of evidence as this product writes it (${where}${issue?.message}).`,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a check found. All counts are of what holds; with a fault, of what stood before it. */
export type EvidenceReport = {
  sealed: { statements: number; events: number };
  unsealed: { statements: number; events: number };
  /** Of the statements those that were given as their hash alone. */
  withheld: number;
  seals: number;
  lastSealAt: Date | null;
  /** Fingerprints of the keys that the seals are signed with. */
  keyIds: string[];
  /** The first thing that does not fit, in a sentence. */
  fault: string | null;
};

export type EvidenceCheck = {
  /** Takes the next line. Answers whether all holds so far; after a fault nothing more is looked at. */
  take(line: EvidenceLine): boolean;
  /** To be called after the last line. */
  report(): EvidenceReport;
};

/** Checks evidence line by line. `trusted` are public keys by fingerprint; without any, those that the evidence brings are used. */
export function evidenceCheck(trusted: ReadonlyMap<string, string> = new Map()): EvidenceCheck {
  const brought = new Map<string, string>();
  const keys = trusted.size > 0 ? trusted : brought;
  const keyIds = new Set<string>();
  const sealed = { statements: 0, events: 0 };
  let place: "before" | "inside" | "after" = "before";
  let seals = 0;
  let lastSeal: Seal | null = null;
  let lastStatement: Pick<Line<"statement">, "seq" | "stored"> = { seq: 0, stored: "" };
  let lastEvent = { seq: 0, hash: genesisHash };
  let section = newSection();
  let fault: string | null = null;
  let withheld = 0;

  const takeLeaf = (line: Line<"leaf">): string | null => {
    if (line.seq <= lastStatement.seq || section.events > 0)
      return `The hash of statement ${line.seq} stands where it does not belong: it was moved or put in.`;
    if (line.seq > lastStatement.seq + 1) section.missing ??= lastStatement.seq + 1;
    lastStatement = { seq: line.seq, stored: lastStatement.stored };
    withheld += 1;
    section.statements += 1;
    section.tree.add(Buffer.from(line.hash, "hex"));
    return null;
  };

  const takeStatement = (line: Line<"statement">): string | null => {
    const last = lastStatement;
    lastStatement = line;
    if (line.seq < 1) return `Statement ${line.seq} (${line.id}) was put in: numbers begin with 1.`;
    if (line.seq <= last.seq)
      return `Statement ${line.seq} (${line.id}) stands after statement ${last.seq}: it was moved or put in twice.`;
    if (section.events > 0)
      return `Statement ${line.seq} (${line.id}) stands among the events: it was moved.`;
    if (line.stored < last.stored)
      return `Statement ${line.seq} (${line.id}) was stored before statement ${last.seq}: one of the two was moved or changed.`;
    if (line.seq > last.seq + 1) section.missing ??= last.seq + 1;
    section.statements += 1;
    section.tree.add(statementLeaf(line));
    return rowFault(line);
  };

  const takeEvent = ({ kind: _kind, ...line }: Line<"event">): string | null => {
    const link = { ...line, at: new Date(line.at) };
    if (link.seq > lastEvent.seq + 1)
      return `Event ${lastEvent.seq + 1} is missing: event ${link.seq} stands in its place.`;
    if (brokenLink([link], lastEvent))
      return `Event ${link.seq} was changed, moved or put in: it does not fit the chain.`;
    lastEvent = link;
    section.events += 1;
    section.tree.add(eventLeaf(link));
    return null;
  };

  const takeSeal = (line: Line<"seal">): string | null => {
    const seal = sealOfLine(line);
    const found =
      sealFault(seal, keys) ??
      sequenceFault(seal, lastSeal) ??
      coverFault(seal, lastSeal, section, { statement: lastStatement.seq, event: lastEvent.seq });
    if (found) return found;
    seals += 1;
    keyIds.add(seal.keyId);
    sealed.statements += section.statements;
    sealed.events += section.events;
    section = newSection();
    lastSeal = seal;
    return null;
  };

  const takeKey = ({ id, publicKey }: Line<"key">): string | null => {
    if (keyIdOf(publicKey) !== id) return `The public key ${id} was changed: its fingerprint is another.`;
    brought.set(id, publicKey);
    return null;
  };

  const faultOf = (line: EvidenceLine): string | null => {
    if (place === "after") return `There is more after the end: a line of kind ${line.kind}.`;
    if ((line.kind === "clause7-evidence") !== (place === "before"))
      return place === "before"
        ? "This is not evidence from the first line on: what it begins with was cut off."
        : "The first line stands here once more.";
    place = line.kind === "end" ? "after" : "inside";
    if (line.kind === "key") return takeKey(line);
    if (line.kind === "statement") return takeStatement(line);
    if (line.kind === "leaf") return takeLeaf(line);
    if (line.kind === "event") return takeEvent(line);
    if (line.kind === "seal") return takeSeal(line);
    return line.kind === "end" ? endFault(line, lastStatement.seq, lastEvent) : null;
  };

  return {
    take(line) {
      fault ??= faultOf(line);
      return fault === null;
    },
    report: () => ({
      sealed,
      unsealed: { statements: section.statements, events: section.events },
      withheld,
      seals,
      lastSealAt: lastSeal?.at ?? null,
      keyIds: [...keyIds],
      fault: fault ?? (place === "after" ? null : "The evidence ends early: its end was cut off."),
    }),
  };
}

/** What stands between two seals. */
type Section = ReturnType<typeof newSection>;
const newSection = () => ({
  tree: merkleTree(),
  statements: 0,
  events: 0,
  /** The first statement left out, if any: evidence stored by an early version has gaps that are none of ours. */
  missing: undefined as number | undefined,
});

/** What a statement's text says that its row says, too. */
const statementBody = z.object({
  id: z.string().optional(),
  stored: z.string().optional(),
  verb: z.object({ id: z.string() }),
});

/** Whether the columns of a statement's row say what its text says. */
function rowFault(line: Line<"statement">): string | null {
  const name = `Statement ${line.seq} (${line.id})`;
  const body = statementBody.safeParse(jsonOf(line.body)).data;
  if (!body) return `${name} was changed: its text is no statement.`;
  if (body.id !== undefined && body.id.toLowerCase() !== line.id)
    return `${name} was changed: its text has the id ${body.id}.`;
  if (body.stored !== undefined && Date.parse(body.stored) !== Date.parse(line.stored))
    return `${name} was changed: its text was stored at ${body.stored}, the row at ${line.stored}.`;
  if ((body.verb.id === voided) !== line.voiding)
    return `${name} was changed: the row says that it ${line.voiding ? "voids" : "does not void"} another, its text says otherwise.`;
  if (line.size !== line.body.length && line.size !== [...line.body].length)
    return `${name} was changed: the row says ${line.size} characters, its text has ${line.body.length}.`;
  return null;
}

/** xAPI 1.0.3 part 2 §2.3.2 */
const voided = "http://adlnet.gov/expapi/verbs/voided";

function coverFault(
  seal: Seal,
  before: Seal | null,
  section: Section,
  last: { statement: number; event: number },
): string | null {
  const { tree, missing } = section;
  if (tree.size() === seal.size && Buffer.from(tree.root()).toString("hex") === seal.root) return null;
  const covered = [
    ...rangeOf("statement", before?.statementSeq ?? 0, seal.statementSeq),
    ...rangeOf("event", before?.auditSeq ?? 0, seal.auditSeq),
  ].join(" and ");
  const what = `Seal ${seal.number} does not fit what it covers: ${covered}.`;
  if (last.event < seal.auditSeq) return `${what} Event ${last.event + 1} is missing.`;
  if (tree.size() < seal.size && missing !== undefined) return `${what} Statement ${missing} is missing.`;
  if (tree.size() < seal.size && last.statement < seal.statementSeq)
    return `${what} Statement ${last.statement + 1} is missing.`;
  if (tree.size() !== seal.size)
    return `${what} They were ${seal.size} when it was made; now they are ${tree.size()}.`;
  return `${what} At least one of them was changed or moved since.`;
}

function rangeOf(noun: string, before: number, last: number): string[] {
  if (last <= before) return [];
  return [last === before + 1 ? `${noun} ${last}` : `${noun}s ${before + 1} to ${last}`];
}

function endFault(
  end: Line<"end">,
  statementSeq: number,
  event: { seq: number; hash: string },
): string | null {
  if (end.statementSeq > statementSeq)
    return `Statement ${statementSeq + 1} is missing: the store went on after ${statementSeq}.`;
  if (end.statementSeq < statementSeq)
    return `Statement ${statementSeq} was put in: the store's last one is ${end.statementSeq}.`;
  if (end.auditSeq > event.seq)
    return `Event ${event.seq + 1} is missing: the chain went on after ${event.seq}.`;
  if (end.auditSeq < event.seq || end.auditHash !== event.hash)
    return `Event ${event.seq} does not fit: the chain's own end says otherwise.`;
  return null;
}

/** Whether a SHA-2 hash in hexadecimal, of whatever length (xAPI 1.0.3 part 2 §2.4.11), is that of the content. */
export function isHashOf(sha2: string, content: Uint8Array): boolean {
  const bits = sha2.length * 4;
  if (![224, 256, 384, 512].includes(bits)) return false;
  return createHash(`sha${bits}`).update(content).digest("hex") === sha2;
}
