import { asc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { sealKey } from "#db/schema/audit.ts";
import { organisation } from "#db/schema/people.ts";
import type { AuditLink } from "../audit/event.ts";
import { sealsUpTo } from "../audit/evidence-file.server.ts";
import { eventsBetween, type StatementRow, statementsBetween } from "../audit/seal.server.ts";
import { type Seal, statementLeaf } from "../audit/seal.ts";
import { peoplePages, peopleWithin, periodsWithin } from "./person-page.server.ts";
import { holdsKey } from "../evidence/answer-key.ts";
import { type EvidenceScope, isShown, periodOf } from "./evidence-scope.ts";
import { isWhole, type PackScope } from "./scope.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.evidence;
const none = { statementSeq: 0, auditSeq: 0 };

/** One file holds about this many entries, so that each can be made anew in short time. */
const entriesPerFile = 200_000;

/**
 * Statements and audit events with their seals, in the order of the store. What lies outside the scope stands there as its hash
 * alone, so that the root of every seal can be computed from the pack, and nothing is told of others.
 */
export async function evidenceFiles(db: Db, order: PackOrder): Promise<PackFile[]> {
  const { scope } = order;
  const files: PackFile[] = [
    {
      path: `${folder}/pseudonyms.txt`,
      shows: "The pseudonyms under which statements name people in scope, a line each.",
      async *content() {
        for await (const people of peoplePages(db, scope))
          yield people.map((one) => `${one.pseudonym}\n`).join("");
      },
    },
    {
      path: `${folder}/public-keys.pem`,
      shows:
        "The public keys that seals and this pack are signed with. Compare their fingerprints with those you were given elsewhere.",
      async *content() {
        const keys = await db.select().from(sealKey).orderBy(asc(sealKey.firstUsedAt), asc(sealKey.id));
        yield keys.map((key) => key.publicKey).join("");
      },
    },
  ];
  const groups = await groupsOf(db, order.lastSeal);
  return [
    ...files,
    ...groups.map((group, i): PackFile => ({
      path: `${folder}/sealed-${String(i + 1).padStart(4, "0")}.jsonl`,
      shows:
        "Statements and audit events within the scope, and the signed seals over them: a JSON object a line. Of what lies outside there are hashes.",
      hidden: i > 0,
      async *content() {
        const shown = await evidenceScope(db, order);
        for (const { seal, before } of group) yield* sealedLines(db, seal, before, order.scope, shown);
      },
    })),
  ];
}

type Sealed = { seal: Seal; before: { statementSeq: number; auditSeq: number } };

async function groupsOf(db: Db, lastSeal: number): Promise<Sealed[][]> {
  const groups: Sealed[][] = [];
  let before: Sealed["before"] = none;
  let room = 0;
  for await (const seal of sealsUpTo(db, lastSeal)) {
    // A seal line of a block with nothing in scope takes room, too.
    if (room < seal.size || groups.length === 0) {
      groups.push([]);
      room = entriesPerFile;
    }
    groups.at(-1)?.push({ seal, before });
    room -= seal.size;
    before = seal;
  }
  return groups;
}

async function evidenceScope(db: Db, { scope }: PackOrder): Promise<EvidenceScope> {
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  return {
    whole: isWhole(scope),
    requirements: scope.requirements,
    baseIri: home?.baseIri ?? "",
    from: new Date(`${scope.from}T00:00:00Z`),
    asAt: new Date(scope.asAt),
    keys: scope.keys,
  };
}

/** The lines of what one seal covers, then the seal; a block with nothing to show is its seal alone. */
async function* sealedLines(
  db: Db,
  seal: Seal,
  before: Sealed["before"],
  scope: PackScope,
  evidence: EvidenceScope,
): AsyncGenerator<string> {
  // Hashes are kept back until something is to be shown; from then on everything goes out as it is read.
  let held: string[] | null = [];
  for await (const { lines, shown } of blockLines(db, seal, before, scope, evidence)) {
    if (held) held.push(...lines);
    if (held && !shown) continue;
    yield (held ?? lines).map((line) => `${line}\n`).join("");
    held = null;
  }
  yield `${JSON.stringify({ kind: "seal", ...seal, at: seal.at.toISOString(), entries: held === null })}\n`;
}

type Some = { lines: string[]; shown: boolean };

/** The same some rows at a time: which of them lie within the scope is asked for these alone, however many there are in all. */
async function* blockLines(
  db: Db,
  seal: Seal,
  before: Sealed["before"],
  scope: PackScope,
  evidence: EvidenceScope,
): AsyncGenerator<Some> {
  const statements = statementsBetween(db, before.statementSeq, seal.statementSeq);
  for await (const rows of batchesOf(statements)) {
    const periodIds = rows.map((row) => periodOf(row, evidence));
    const periods = await periodsWithin(db, scope, periodIds);
    const lines = rows.map((row, i) => {
      const inScope = periods.has(periodIds[i] ?? "");
      const full = inScope && (evidence.keys || !holdsKey(row.body));
      return { full, line: statementLine(row, full, inScope) };
    });
    yield { lines: lines.map((one) => one.line), shown: lines.some((one) => one.full) };
  }
  for await (const links of batchesOf(eventsBetween(db, before.auditSeq, seal.auditSeq))) {
    const named = (key: string) => links.map(({ data }) => textOf(data[key]));
    const people = await peopleWithin(db, scope, named("personId"));
    // Of which requirement an event is matters only where a scope has some.
    const periods = scope.requirements ? await periodsWithin(db, scope, named("registration")) : new Set("");
    const full = links.map((link) => isShown(link, evidence, { people, periods }));
    yield {
      lines: links.map((link, i) => eventLine(link, full[i] ?? false)),
      shown: full.some(Boolean),
    };
  }
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

function statementLine(row: StatementRow, full: boolean, inScope: boolean): string {
  const { seq, id, body } = row;
  if (full) return JSON.stringify({ kind: "statement", seq, id, stored: row.stored.toISOString(), body });
  const hash = Buffer.from(statementLeaf(row)).toString("hex");
  return JSON.stringify({ kind: "leaf", hash, ...(inScope ? { withheld: "answer key" } : {}) });
}

/** Rows in small arrays. */
async function* batchesOf<R>(rows: AsyncIterable<R>): AsyncGenerator<R[]> {
  let some: R[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < 500) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function eventLine(link: AuditLink, full: boolean): string {
  const { seq, hash } = link;
  return JSON.stringify(
    full ? { kind: "event", ...link, at: link.at.toISOString() } : { kind: "link", seq, hash },
  );
}
