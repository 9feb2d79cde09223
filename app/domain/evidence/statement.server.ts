import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { lrsTarget, outbox, statement } from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import type { Statement, StatementContext } from "./statement.ts";

/** Rows of one insert: both engines allow 65,535 parameters. */
const batch = 1000;

/**
 * Stores statements and, for every active external LRS, their outbox rows, in the caller's transaction.
 * Ids are unique: storing one twice fails the transaction rather than doubling evidence.
 */
export async function recordStatements(tx: Db, statements: readonly Statement[], now: Date): Promise<void> {
  for (let i = 0; i < statements.length; i += batch) {
    await tx.insert(statement).values(
      statements.slice(i, i + batch).map((body) => ({
        id: body.id,
        actor: body.actor.account.name,
        verb: body.verb.id,
        object: body.object.id,
        registration: body.context?.registration ?? null,
        stored: now,
        body,
      })),
    );
  }
  // Read after the insert: whoever adds a target locks out inserts, so no statement falls between (see lrs-target.server.ts).
  const targets = await tx.select({ name: lrsTarget.name }).from(lrsTarget).where(eq(lrsTarget.active, true));
  for (const target of targets) {
    for (let i = 0; i < statements.length; i += batch) {
      await tx
        .insert(outbox)
        .values(
          statements
            .slice(i, i + batch)
            .map(({ id }) => ({ target: target.name, statementId: id, nextTryAt: now })),
        );
    }
  }
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
