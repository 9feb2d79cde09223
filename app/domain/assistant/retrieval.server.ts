import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyClause, policyVersion } from "#db/schema/content.ts";
import { policiesInForce } from "../content/publish.server.ts";
import type { Passage } from "./citation.ts";

const columns = {
  clauseId: policyClause.id,
  policySlug: policyVersion.slug,
  policyTitle: policyVersion.title,
  policyVersion: policyVersion.version,
  number: policyClause.number,
  heading: policyClause.heading,
  text: policyClause.text,
};

/** Ids of the policy versions in force on `today` (YYYY-MM-DD): nothing else is ever quoted. */
async function versionsInForce(db: Db, today: string): Promise<string[]> {
  return (await policiesInForce(db, today)).map((v) => v.id);
}

/** The clauses that rules name (`slug#number`), as in force on `today`, in the order named; unknown ones are left out. */
export async function passagesNamed(db: Db, refs: readonly string[], today: string): Promise<Passage[]> {
  const ids = await versionsInForce(db, today);
  if (ids.length === 0 || refs.length === 0) return [];
  const numbers = refs.map((ref) => ref.split("#")[1] ?? "");
  const rows = await db
    .select(columns)
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .where(and(inArray(policyVersion.id, ids), inArray(policyClause.number, numbers)));
  return refs.flatMap((ref) => rows.find((row) => `${row.policySlug}#${row.number}` === ref) ?? []);
}

/**
 * Clauses in force on `today` that share words with a text, best first, by PostgreSQL full text search. A word counts
 * the more, the fewer clauses have it; between equals a match in the heading, or in a shorter clause, comes first.
 */
export async function passagesAbout(db: Db, text: string, today: string, limit: number): Promise<Passage[]> {
  const ids = await versionsInForce(db, today);
  if (ids.length === 0) return [];
  // plainto_tsquery drops operators and stop words, so that free text cannot be a faulty query; any word may match.
  const query = sql`replace(plainto_tsquery('english', ${text})::text, '&', '|')::tsquery`;
  const inForce = inArray(policyClause.policyVersionId, ids);
  const weight = sql`(
    with clause as (select tsvector_to_array(search) as words from policy_clause where ${inForce}),
    rarity as (
      select word, ln(1 + (select count(*) from clause)::float8 / count(*)) as weight
      from unnest(tsvector_to_array(to_tsvector('english', ${text}))) as word
      join clause on word = any(clause.words)
      group by word
    )
    select coalesce(jsonb_object_agg(word, weight), '{}') from rarity
  )`;
  const words = db
    .$with("words")
    .as(db.select({ weights: sql<unknown>`${weight}`.as("weights") }).from(sql`(values (1)) as one`));
  const rank = sql`(
    select coalesce(sum((words.weights ->> word)::float8), 0)
    from unnest(tsvector_to_array(${policyClause.search})) as word
  )`;
  return db
    .with(words)
    .select(columns)
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .innerJoin(words, sql`true`)
    .where(and(inForce, sql`${policyClause.search} @@ ${query}`))
    .orderBy(
      desc(rank),
      desc(sql`ts_rank_cd(${policyClause.search}, ${query}, 1)`),
      policyVersion.slug,
      policyClause.position,
    )
    .limit(limit);
}

/** The stored clauses with these ids, whichever version they are of. */
export async function passagesById(db: Db, ids: readonly string[]): Promise<Passage[]> {
  if (ids.length === 0) return [];
  return db
    .select(columns)
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .where(inArray(policyClause.id, [...ids]));
}
