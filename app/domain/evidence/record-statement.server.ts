import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { posting, statement, voiding } from "#db/schema/lrs.ts";
import { organisation } from "#db/schema/people.ts";
import { keyOf, postingKinds } from "../lrs/posting.ts";
import { isOwn, type StoredStatement } from "./outbox.ts";
import type { Statement } from "./statement.ts";

/** A stored statement of a competence record. */
export type RecordStatement = {
  seq: number;
  id: string;
  statement: StoredStatement;
  /** Whether this product wrote it. */
  own: boolean;
  /** Whether its verb is `voided`. */
  voiding: boolean;
  /** Place of the statement that voids it. */
  voidedBy: number | null;
};

/** The statements that name each of these registrations in their own context, in the order of the store. */
export async function statementsOfRecords(
  db: Db,
  registrations: readonly string[],
): Promise<Map<string, RecordStatement[]>> {
  const found = new Map<string, RecordStatement[]>(registrations.map((one) => [one, []]));
  if (found.size === 0) return found;
  const byKey = new Map([...found.keys()].map((one) => [keyOf(one.toLowerCase()), one]));
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const rows = await db
    .select({
      key: posting.key,
      seq: statement.seq,
      id: statement.id,
      body: statement.body,
      voiding: statement.voiding,
      voidedBy: voiding.seq,
    })
    .from(posting)
    .innerJoin(statement, eq(statement.seq, posting.seq))
    .leftJoin(voiding, and(eq(voiding.targetId, statement.id), eq(statement.voiding, false)))
    .where(
      and(
        eq(posting.kind, postingKinds.registration),
        inArray(posting.key, [...byKey.keys()]),
        // One that only refers to another is found by the other's registration too.
        eq(posting.via, posting.seq),
      ),
    )
    .orderBy(asc(statement.seq));
  for (const { key, body, ...row } of rows) {
    const parsed = JSON.parse(body) as StoredStatement;
    const own = isOwn(parsed, home?.baseIri ?? "");
    found.get(byKey.get(key) ?? "")?.push({ ...row, statement: parsed, own });
  }
  return found;
}

/** As {@link statementsOfRecords}, those of this product alone: what clients say of a registration proves nothing about its record. */
export async function ownStatementsOf(
  db: Db,
  registrations: readonly string[],
): Promise<Map<string, { seq: number; id: string; body: Statement }[]>> {
  const all = await statementsOfRecords(db, registrations);
  return new Map(
    [...all].map(([registration, statements]) => [
      registration,
      statements
        .filter((one) => one.own)
        // Whatever names us as its authority was made by our builders.
        .map(({ seq, id, statement }) => ({ seq, id, body: statement as unknown as Statement })),
    ]),
  );
}
