import { asc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { sealKey } from "#db/schema/audit.ts";
import { organisation, person } from "#db/schema/people.ts";
import type { AuditLink } from "../audit/event.ts";
import { sealsUpTo } from "../audit/evidence-file.server.ts";
import { eventsBetween, statementsBetween } from "../audit/seal.server.ts";
import { type Seal, statementLeaf } from "../audit/seal.ts";
import { peopleIn, peoplePages, periodIdsIn } from "./person-page.server.ts";
import { type EvidenceScope, holdsKey, isShown, isStatementOf } from "./evidence-scope.ts";
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
  // Which statements and events are shown is looked up once for all files.
  let lookedUp: Promise<EvidenceScope> | undefined;
  const within = (): Promise<EvidenceScope> => (lookedUp ??= evidenceScope(db, order));
  return [
    ...files,
    ...groups.map((group, i): PackFile => ({
      path: `${folder}/sealed-${String(i + 1).padStart(4, "0")}.jsonl`,
      shows:
        "Statements and audit events within the scope, and the signed seals over them: a JSON object a line. Of what lies outside there are hashes.",
      hidden: i > 0,
      async *content() {
        const scope = await within();
        for (const { seal, before } of group) yield* sealedLines(db, seal, before, scope);
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
  const people = new Set<string>();
  for (const { id } of await db.select({ id: person.id }).from(person).where(peopleIn(scope))) people.add(id);
  return {
    people,
    periods: await periodIdsIn(db, scope),
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
  scope: EvidenceScope,
): AsyncGenerator<string> {
  // At most as many entries as one seal covers.
  const lines: string[] = [];
  let shown = 0;
  for await (const row of statementsBetween(db, before.statementSeq, seal.statementSeq)) {
    const inScope = isStatementOf(row, scope);
    if (inScope && (scope.keys || !holdsKey(row.body))) {
      shown += 1;
      const { seq, id, body } = row;
      lines.push(JSON.stringify({ kind: "statement", seq, id, stored: row.stored.toISOString(), body }));
    } else {
      const hash = Buffer.from(statementLeaf(row)).toString("hex");
      lines.push(JSON.stringify({ kind: "leaf", hash, ...(inScope ? { withheld: "answer key" } : {}) }));
    }
  }
  for await (const link of eventsBetween(db, before.auditSeq, seal.auditSeq)) {
    if (isShown(link, scope)) shown += 1;
    lines.push(eventLine(link, isShown(link, scope)));
  }
  if (shown > 0) for (const line of lines) yield `${line}\n`;
  yield `${JSON.stringify({ kind: "seal", ...seal, at: seal.at.toISOString(), entries: shown > 0 })}\n`;
}

function eventLine(link: AuditLink, full: boolean): string {
  const { seq, hash } = link;
  return JSON.stringify(
    full ? { kind: "event", ...link, at: link.at.toISOString() } : { kind: "link", seq, hash },
  );
}
