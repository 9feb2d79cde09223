import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { organisation, person } from "#db/schema/people.ts";
import { isOwn, type StoredStatement } from "./outbox.ts";
import type { Statement } from "./statement.ts";
import { statementLine } from "./statement-line.ts";

/** A sentence for each statement, by its id. Those of this product name their person; of others only verb and object are known. */
export async function linesFor(db: Db, statements: readonly StoredStatement[]): Promise<Map<string, string>> {
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const lines = new Map(statements.map((one) => [one.id, foreignLine(one)]));
  const own = statements.filter((one) => isOwn(one, home?.baseIri ?? "")) as unknown as Statement[];
  const pseudonyms = [...new Set(own.map((one) => one.actor.account.name))];
  if (pseudonyms.length === 0) return lines;
  const people = await db
    .select({ pseudonym: person.pseudonym, name: person.name })
    .from(person)
    .where(inArray(person.pseudonym, pseudonyms));
  const names = new Map<string, string>(people.map((one) => [one.pseudonym, one.name]));
  // The identity map may have been erased while the evidence is held.
  for (const one of own)
    lines.set(
      one.id,
      statementLine(one, names.get(one.actor.account.name) ?? "Someone no longer known here"),
    );
  return lines;
}

function foreignLine({ verb, object }: StoredStatement): string {
  return `Somebody of another system: ${verb.id} · ${object.id ?? object.objectType ?? "an agent"}`;
}
