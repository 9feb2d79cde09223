import { and, desc, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { type Db, rowsOf } from "#db/client.server.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import { moduleVersion, policyClause, policyVersion } from "#db/schema/content.ts";
import { passage, passageIndex, passageWord } from "#db/schema/passage.ts";
import { person } from "#db/schema/people.ts";
import { canonicalJson, sha256 } from "../audit/event.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { purposeName } from "../risk/rule-set.ts";
import { currentRules } from "../risk/rule-set.server.ts";
import { languageOf, noGlossary } from "./glossary.ts";
import {
  clausePassages,
  lessonPassage,
  nameParts,
  type Names,
  passageHash,
  type PassageText,
  precedentPassage,
  systemPassage,
} from "./passage.ts";
import { sentencesOf } from "./passage-vector.ts";
import { trigrams } from "./trigram.ts";

/** Rows written with one statement: well below PostgreSQL's 65,535 parameters. */
const batch = 500;

/**
 * Brings the passages in line with policies (all versions, with their days in force), register, decided cases and the
 * lessons of the newest modules published by `now`. Rows that say the same are left alone. Answers how many were
 * written and removed. Runs in the caller's transaction or on its own; two at once wait for each other.
 */
export async function indexPassages(db: Db, now: Date): Promise<{ written: number; removed: number }> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7200742003)`);
    const wanted = await wantedPassages(tx, now);
    const changes = await bringInLine(tx, wanted, now);
    if (changes.written + changes.removed > 0) await countWords(tx);
    return changes;
  });
}

async function wantedPassages(tx: Db, now: Date): Promise<PassageText[]> {
  const people = await tx.select({ id: person.id, name: person.name }).from(person);
  const { systems, approvals } = await theRegister(tx);
  const purposes = (await currentRules(tx))?.body.purposes ?? [];
  const nameOf = new Map(people.map((p) => [p.id, p.name]));
  const names: Names = {
    system: (slug) => systems.find((s) => s.slug === slug)?.name ?? slug,
    purpose: (slug) => purposeName(purposes, slug),
    person: (id) => nameOf.get(id) ?? id,
  };
  return [
    ...(await clauses(tx)),
    ...systems.map((s) => systemPassage(s, approvals, names)),
    ...(await precedents(tx, names, nameParts(people.map((p) => p.name)))),
    ...(await lessons(tx, now)),
  ];
}

async function clauses(tx: Db): Promise<PassageText[]> {
  const versions = await tx
    .select({
      id: policyVersion.id,
      slug: policyVersion.slug,
      title: policyVersion.title,
      effectiveFrom: policyVersion.effectiveFrom,
    })
    .from(policyVersion)
    .orderBy(desc(policyVersion.effectiveFrom), desc(policyVersion.publishedAt));
  const columns = {
    id: policyClause.id,
    policyVersionId: policyClause.policyVersionId,
    number: policyClause.number,
    heading: policyClause.heading,
    text: policyClause.text,
  };
  const all = await tx.select(columns).from(policyClause);
  const [row] = await tx.select({ glossary: passageIndex.glossary }).from(passageIndex);
  const { common } = row?.glossary ?? noGlossary;
  return [...new Set(versions.map((v) => v.slug))].flatMap((slug) =>
    clausePassages(
      versions.filter((v) => v.slug === slug),
      all,
      (text) => languageOf(text, common),
    ),
  );
}

async function precedents(tx: Db, names: Names, people: ReadonlySet<string>): Promise<PassageText[]> {
  const rows = await tx
    .select({
      id: reviewCase.id,
      number: reviewCase.number,
      title: reviewCase.title,
      facts: reviewCase.facts,
      decision: reviewCase.decision,
      decidedAt: reviewCase.decidedAt,
      data: caseEvent.data,
    })
    .from(reviewCase)
    .innerJoin(caseEvent, and(eq(caseEvent.caseId, reviewCase.id), eq(caseEvent.kind, "decided")))
    .where(eq(reviewCase.status, "decided"));
  return rows.flatMap(({ decision, decidedAt, data, ...row }) => {
    if (!decision || !decidedAt) return [];
    const given: unknown = data["conditions"];
    const conditions = Array.isArray(given) ? given.filter((c) => typeof c === "string") : [];
    const decidedOn = decidedAt.toISOString().slice(0, 10);
    return [precedentPassage({ ...row, decision, decidedOn, conditions }, names, people)];
  });
}

async function lessons(tx: Db, now: Date): Promise<PassageText[]> {
  const newest = await tx
    .selectDistinctOn([moduleVersion.slug], { id: moduleVersion.id, body: moduleVersion.body })
    .from(moduleVersion)
    .where(lte(moduleVersion.publishedAt, now))
    .orderBy(moduleVersion.slug, desc(moduleVersion.publishedAt));
  return newest.flatMap(({ id, body }) =>
    body.lessons.map((lesson) => lessonPassage({ id, slug: body.slug, language: body.language }, lesson)),
  );
}

async function bringInLine(
  tx: Db,
  wanted: readonly PassageText[],
  now: Date,
): Promise<{ written: number; removed: number }> {
  const stored = await tx
    .select({ id: passage.id, kind: passage.kind, sourceId: passage.sourceId, hash: passage.hash })
    .from(passage);
  const keyOf = (p: { kind: string; sourceId: string }): string => `${p.kind} ${p.sourceId}`;
  const known = new Map(stored.map((p) => [keyOf(p), p]));
  const fresh = wanted.filter((p) => known.get(keyOf(p))?.hash !== passageHash(p));
  const kept = new Set(wanted.map(keyOf));
  const gone = stored.filter((p) => !kept.has(keyOf(p))).map((p) => p.id);
  const replaced = fresh.flatMap((p) => known.get(keyOf(p))?.id ?? []);
  await removePassages(tx, [...gone, ...replaced]);
  await storePassages(tx, fresh, now);
  return { written: fresh.length, removed: gone.length };
}

async function removePassages(tx: Db, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += batch)
    await tx.delete(passage).where(inArray(passage.id, ids.slice(at, at + batch)));
}

/** Writes passages that are not there yet. Counting their words ({@link countWords}) is the caller's. */
export async function storePassages(tx: Db, passages: readonly PassageText[], now: Date): Promise<void> {
  for (let at = 0; at < passages.length; at += batch)
    await tx
      .insert(passage)
      .values(
        passages
          .slice(at, at + batch)
          .map((p) => ({ ...p, id: randomUUID(), hash: passageHash(p), updatedAt: now })),
      );
}

/** Counts anew which words the passages have; only words whose count changed are written. */
export async function countWords(tx: Db): Promise<void> {
  const counted = rowsOf<{ word: string; passages: number }>(
    await tx.execute(sql`select word, ndoc as passages from ts_stat('select search from passage')`),
  );
  const known = new Map(
    (await tx.select({ word: passageWord.word, passages: passageWord.passages }).from(passageWord)).map(
      (w) => [w.word, w.passages],
    ),
  );
  const changed = counted.filter((w) => known.get(w.word) !== w.passages);
  const now = new Set(counted.map((w) => w.word));
  const stale = [...changed.map((w) => w.word), ...[...known.keys()].filter((w) => !now.has(w))];
  for (let at = 0; at < stale.length; at += batch)
    await tx.delete(passageWord).where(inArray(passageWord.word, stale.slice(at, at + batch)));
  for (let at = 0; at < changed.length; at += batch)
    await tx
      .insert(passageWord)
      .values(changed.slice(at, at + batch).map((w) => ({ ...w, trigrams: trigrams(w.word) })));
  const total = { passages: await tx.$count(passage) };
  const empty = { glossary: noGlossary, glossaryHash: sha256(canonicalJson(noGlossary)) };
  await tx
    .insert(passageIndex)
    .values({ id: 1, ...total, ...empty })
    .onConflictDoUpdate({ target: passageIndex.id, set: total });
}

/** Texts to vectors, in their order: the door hands in what is configured. */
export type Embed = (texts: string[]) => Promise<number[][]>;

/** What makes vectors of texts, with the name of its model, which is kept with every vector. */
export type Embedding = {
  model: string;
  embed: Embed;
  /** It understands no other language. */
  englishOnly?: boolean;
};

/**
 * Gives vectors to at most `limit` passages that have none of this model: of each sentence, and of each example of a
 * question, one after the other. Answers how many. A passage that changes meanwhile keeps waiting for its own. Rejects
 * when the model fails; nothing is written then.
 */
export async function embedPassages(
  db: Db,
  { model, embed, englishOnly }: Embedding,
  limit: number,
): Promise<number> {
  const { id, ref, kind, language, title, text } = passage;
  const waiting = await db
    .select({ id, ref, kind, language, title, text })
    .from(passage)
    .where(or(isNull(passage.embeddingModel), ne(passage.embeddingModel, model)))
    // Clauses first: they are what answers rest on.
    .orderBy(passage.kind, passage.id)
    .limit(limit);
  if (waiting.length === 0) return 0;
  const [row] = await db.select({ glossary: passageIndex.glossary }).from(passageIndex);
  const { asked = {}, common } = row?.glossary ?? noGlossary;
  const understood = (of: string): boolean => !englishOnly || of === "en";
  const texts = waiting.map((p) => [
    ...(understood(p.language) ? sentencesOf(p) : []),
    ...(p.kind === "clause" ? (asked[p.ref] ?? []) : []).filter((q) => understood(languageOf(q, common))),
  ]);
  const vectors = await embed(texts.flat());
  let at = 0;
  for (const [i, p] of waiting.entries()) {
    const count = texts[i]?.length ?? 0;
    const embedding = vectors.slice(at, at + count).flat();
    at += count;
    await db.update(passage).set({ embedding, embeddingModel: model }).where(eq(passage.id, p.id));
  }
  return waiting.length;
}

/** Passages that get vectors at once: some hundred sentences, a few seconds. */
const atOnce = 20;

/** Gives vectors to all passages that have none of this model, part by part; others have their turn in between. */
export async function embedAll(db: Db, embedding: Embedding): Promise<number> {
  let all = 0;
  let some: number;
  do {
    some = await embedPassages(db, embedding, atOnce);
    all += some;
  } while (some > 0);
  return all;
}
