import { eq } from "drizzle-orm";
import { type Db } from "#db/client.server.ts";
import { organisation, person } from "#db/schema/people.ts";
import { prepareStatements } from "../lrs/statement-batch.ts";
import { storeWithin } from "../lrs/statement-store.server.ts";
import { ownAuthority, type Statement, type StatementContext } from "./statement.ts";

/**
 * Stores statements of this product in the caller's transaction, which is the record store's only writer from here until it
 * ends. External LRSs read them from the store. Ids are unique: storing one twice fails the transaction rather than
 * doubling evidence.
 */
export async function recordStatements(tx: Db, statements: readonly Statement[], now: Date): Promise<void> {
  if (statements.length === 0) return;
  const prepared = prepareStatements(JSON.stringify(statements), {
    version: "1.0.3",
    authority: ownAuthority(await baseIriOf(tx)),
    // Our builders make valid statements; test/profile.test.ts holds them to it.
    fault: () => null,
    newId: () => {
      throw new Error("a statement of this product has no id");
    },
  });
  if (!prepared.ok) throw new Error(prepared.reason);
  const batch = { statements: prepared.statements, attachments: [] };
  const [outcome] = (await storeWithin(tx, [batch], now)).outcomes;
  if (!outcome?.ok || outcome.known > 0)
    throw new Error(outcome?.ok ? "a statement was recorded twice" : outcome?.reason);
}

/** Prefix of all xAPI ids of this organisation, and homePage of all its accounts. Throws before there is one. */
export async function baseIriOf(tx: Db): Promise<string> {
  const [row] = await tx
    .select({ baseIri: organisation.baseIri })
    .from(organisation)
    .where(eq(organisation.id, 1));
  if (!row) throw new Error("no organisation");
  return row.baseIri;
}

/** What builders need to name a person in statements. Throws for an unknown person: callers hold a stored one. */
export async function statementContext(tx: Db, personId: string): Promise<StatementContext> {
  const [row] = await tx
    .select({ pseudonym: person.pseudonym, baseIri: organisation.baseIri })
    .from(person)
    .innerJoin(organisation, eq(organisation.id, 1))
    .where(eq(person.id, personId));
  if (!row) throw new Error(`no person ${personId}, or no organisation`);
  return { homePage: row.baseIri, pseudonym: row.pseudonym, baseIri: row.baseIri };
}
