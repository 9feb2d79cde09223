import { sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { keyOf, type PostingKind, postingKinds, postingsOf, referenceOf } from "./posting.ts";
import { Refusal } from "./request.ts";
import type { PreparedStatement } from "./statement-batch.ts";

/** A statement whose object refers to another: its place, and the hash of the other's id. */
export type StoredReference = { seq: number; key: string };

type Placed = { statement: Pick<PreparedStatement, "id" | "reference" | "postings">; seq: number };
type Node = { seq: number; id: string; reference: string | null; postings: PreparedStatement["postings"] };
type Inherited = { kind: PostingKind; key: string; seq: number; via: number };

/** No sensible chain of references is longer; a hostile one must not grow what it costs without end. */
const longestChain = 1000;

/** Rows that one transaction hands on at most: what a few seconds suffice for. */
const mostHandedOn = 500_000;

/**
 * What statements are found by through the statements they refer to, however many steps away and in whichever order they
 * arrive (xAPI 1.0.3 part 3 §2.1.3, Filter Conditions for StatementRefs): the rows to add when `placed` are stored and
 * `referring` already point at some of them. Where references form a circle, some are there already. Throws
 * {@link Refusal} when there are more than a few seconds suffice for.
 */
export async function referenceClosure(
  tx: Db,
  placed: readonly Placed[],
  referring: readonly StoredReference[],
): Promise<Inherited[]> {
  if (referring.length === 0 && placed.every(({ statement }) => statement.reference === null)) return [];
  const nodes = new Nodes(tx, placed);
  const referredTo = new Set(referring.map(({ key }) => key));
  const rows = new Map<string, Inherited>();
  const handOn = (target: Node, seq: number): void => {
    for (const { kind, key } of target.postings)
      if (kind !== postingKinds.reference && target.seq !== seq)
        rows.set(`${kind} ${key} ${seq} ${target.seq}`, { kind, key, seq, via: target.seq });
    if (rows.size > mostHandedOn)
      throw new Refusal(
        413,
        "The statements refer to each other in chains too long to be stored at once. Send fewer in one batch.",
      );
  };
  for (const { statement, seq } of placed) {
    const below = await nodes.below(statement.reference);
    for (const target of below) handOn(target, seq);
    const key = keyOf(statement.id);
    if (!referredTo.has(key)) continue;
    const self: Node = {
      seq,
      id: statement.id,
      reference: statement.reference,
      postings: statement.postings,
    };
    // A stored statement meets all that is new by the first new one on its way.
    for (const ancestor of await storedAbove(tx, key))
      for (const target of [self, ...below]) handOn(target, ancestor);
  }
  return [...rows.values()];
}

/** Places of the stored statements that refer to the one with this hash, directly or through others that are stored. */
async function storedAbove(tx: Db, key: string): Promise<number[]> {
  // A UUID is its own key. A union without "all" lets circles end.
  const rows = await tx.execute(sql`
    with recursive above (seq, id) as (
      select s.seq, s.id from posting p join statement s on s.seq = p.seq
      where p.kind = ${postingKinds.reference} and p.key = ${key}::uuid
      union
      select s.seq, s.id from above a
        join posting p on p.kind = ${postingKinds.reference}
          and p.key = a.id
        join statement s on s.seq = p.seq
    )
    select seq::float8 as seq from above`);
  return rowsOf<{ seq: number }>(rows).map(({ seq }) => seq);
}

/** Statements of the store and of this transaction, looked up as the walk needs them. */
class Nodes {
  private readonly byId = new Map<string, Node | null>();

  constructor(
    private readonly tx: Db,
    placed: readonly Placed[],
  ) {
    for (const { statement, seq } of placed) {
      const { id, reference, postings } = statement;
      this.byId.set(id, { seq, id, reference, postings });
    }
  }

  /** The statement referred to, the one that refers to, and so on; a circle ends where it began. */
  async below(reference: string | null): Promise<Node[]> {
    const found: Node[] = [];
    const seen = new Set<string>();
    for (let id = reference; id !== null && !seen.has(id) && found.length < longestChain;) {
      seen.add(id);
      const node = this.byId.get(id) ?? (await this.node(id));
      if (!node) break;
      found.push(node);
      id = node.reference;
    }
    return found;
  }

  private async node(id: string): Promise<Node | null> {
    const known = this.byId.get(id);
    if (known !== undefined) return known;
    const [row] = rowsOf<{ seq: number; body: string }>(
      await this.tx.execute(sql`select seq::float8 as seq, body from statement where id = ${id}::uuid`),
    );
    const node = row ? nodeOf(id, row) : null;
    this.byId.set(id, node);
    return node;
  }
}

function nodeOf(id: string, row: { seq: number; body: string }): Node {
  const value = JSON.parse(row.body) as Record<string, unknown>;
  return {
    seq: row.seq,
    id,
    reference: referenceOf(value),
    postings: postingsOf(value, value["authority"]),
  };
}
