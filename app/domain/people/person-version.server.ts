import { asc, eq, getTableColumns, inArray, sql, Subquery } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { personVersion } from "#db/schema/person-version.ts";
import {
  changedFields,
  factsOf,
  type LookBack,
  type PersonFacts,
  personFields,
  type PersonVersion,
  versionsOfChange,
} from "./person-version.ts";

/** A change of a person: `before` is what `person` says until now, null for somebody new; `from` the first day of which it is true. */
export type ChangeOfPerson = {
  personId: string;
  before: PersonFacts | null;
  after: PersonFacts;
  from: string;
};

/**
 * Keeps what changes of people beside what was known before, in the caller's transaction, which has locked their rows.
 * Whoever writes these columns of `person` calls it. What was said of somebody without versions is taken to have been
 * known since they came.
 */
export async function recordChanges(
  tx: Db,
  changes: readonly ChangeOfPerson[],
  by: string,
  now: Date,
): Promise<void> {
  const real = changes.filter(({ before, after }) => !before || changedFields(before, after).length > 0);
  if (real.length === 0) return;
  const known = await versionsOf(
    tx,
    real.map((one) => one.personId),
  );
  const rows = real.flatMap(({ personId, before, after, from }) => {
    let versions: PersonVersion[] = known.get(personId) ?? [];
    const rowsBefore = versions.length === 0 && before ? [asEver(before, now)] : [];
    versions = [...versions, ...rowsBefore];
    const change = { changeId: randomUUID(), recordedAt: now, recordedBy: by };
    const written = versionsOfChange(versions, after, from).map((one) => ({ ...one, ...change }));
    return [...rowsBefore, ...written].map((one) => ({ ...one, personId }));
  });
  for (let i = 0; i < rows.length; i += 500) await tx.insert(personVersion).values(rows.slice(i, i + 500));
}

function asEver(facts: PersonFacts, now: Date): PersonVersion {
  const { hiredOn } = facts;
  const came = new Date(`${hiredOn}T00:00:00Z`);
  const recordedAt = came < now ? came : now;
  return { ...factsOf(facts), changeId: randomUUID(), recordedAt, recordedBy: null, validFrom: hiredOn };
}

/** The versions of people in the order of recording, by person id. */
export async function versionsOf(
  db: Db,
  personIds: readonly string[],
): Promise<Map<string, PersonVersion[]>> {
  const all = new Map<string, PersonVersion[]>();
  if (personIds.length === 0) return all;
  const rows = await db
    .select()
    .from(personVersion)
    .where(inArray(personVersion.personId, [...personIds]))
    .orderBy(asc(personVersion.id));
  for (const { id: _, personId, ...version } of rows) {
    const own = all.get(personId);
    if (own) own.push(version);
    else all.set(personId, [version]);
  }
  return all;
}

/** Takes out of a person's versions what an erasure takes out of the person. Days and moments stay. */
export async function eraseVersions(
  tx: Db,
  personId: string,
  words: Partial<Omit<PersonFacts, "hiredOn" | "leftOn">>,
): Promise<void> {
  await tx.update(personVersion).set(words).where(eq(personVersion.personId, personId));
}

const versioned = personFields.map((field) => person[field].name);

/**
 * All people as of a day, for the place of `person` in a query: SQL twin of `versionOn`. Who was not known then, or had not
 * come, is not among them; who had left is. What no version keeps, as the e-mail address, is that of today. Its name is
 * that of the table unless another is given.
 */
export function peopleAsOf({ day, at, known }: LookBack, name = "person"): typeof person {
  const columns = versioned.map((column) =>
    sql.raw(`case when v.person_id is null then p.${column} else v.${column} end as ${column}`),
  );
  const recorded = known === "then" ? sql`and recorded_at <= ${at.toISOString()}::timestamptz` : sql``;
  const query = sql`select p.id, p.pseudonym, p.email, p.language, p.erased_at, ${sql.join(columns, sql`, `)}
    from person p left join lateral (
      select * from person_version where person_id = p.id and valid_from <= ${day}::date ${recorded}
      order by id desc limit 1) v on true
    where v.person_id is not null or not exists (select 1 from person_version o where o.person_id = p.id)`;
  // It has all columns of the table and its name, so whatever is written about the table is understood of it.
  return new Subquery(query, getTableColumns(person), name) as unknown as typeof person;
}
