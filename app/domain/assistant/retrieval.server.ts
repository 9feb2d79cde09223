import { and, eq, inArray, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { policyClause, policyVersion } from "#db/schema/content.ts";
import { policiesInForce } from "../content/publish.server.ts";
import type { Passage } from "./citation.ts";
import { elsewhere, likenessTo } from "./asked.ts";
import type { ConceptIndex } from "./concept.ts";
import { inEnglish } from "./gloss.ts";
import { type Bridge, words } from "./glossary.ts";
import { currentBridge } from "./glossary.server.ts";
import { nearTo, noneNear } from "./nearness.server.ts";
import type { Language } from "../content/language.ts";
import { lexiconOf, similarWords } from "./lexicon.server.ts";
import type { PassageKind } from "./passage.ts";
import type { Embedding } from "./passage.server.ts";
import { lexemeWeights, mattersOf, queryOf, selective, toStem, unknownWords } from "./query.ts";
import { answers, type Candidate, numbersNamed, ranked, rarityOf, unknownWorth } from "./ranking.ts";

const columns = {
  clauseId: policyClause.id,
  policySlug: policyVersion.slug,
  policyTitle: policyVersion.title,
  policyVersion: policyVersion.version,
  number: policyClause.number,
  heading: policyClause.heading,
  text: policyClause.text,
};

/** The clauses that rules name (`slug#number`), as in force on `today`, in the order named; unknown ones are left out. */
export async function passagesNamed(db: Db, refs: readonly string[], today: string): Promise<Passage[]> {
  const ids = (await policiesInForce(db, today)).map((v) => v.id);
  if (ids.length === 0 || refs.length === 0) return [];
  const numbers = refs.map((ref) => ref.split("#")[1] ?? "");
  const rows = await db
    .select(columns)
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .where(and(inArray(policyVersion.id, ids), inArray(policyClause.number, numbers)));
  return refs.flatMap((ref) => rows.find((row) => `${row.policySlug}#${row.number}` === ref) ?? []);
}

/** The stored clauses with these ids, in the order given, whichever version they are of. */
export async function passagesById(db: Db, ids: readonly string[]): Promise<Passage[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select(columns)
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .where(inArray(policyClause.id, [...ids]));
  return ids.flatMap((id) => rows.find((row) => row.clauseId === id) ?? []);
}

/** A passage found. */
export type Hit = {
  kind: PassageKind;
  /** `slug#number`, register slug, case id or `module/lesson`. */
  ref: string;
  /** Id of the clause, slug of the register entry, id of the case, `module version/lesson`. */
  sourceId: string;
  language: string;
  title: string;
  text: string;
  score: number;
};

/** What a search found, best first. When it is not `answerable` the hits are no sources and must not be shown as such. */
export type Found = { hits: Hit[]; answerable: boolean };

export type Search = {
  text: string;
  language: Language;
  /** YYYY-MM-DD: only what applies on this day is found. */
  today: string;
  limit: number;
  kinds?: readonly PassageKind[];
  /** The reader's lexicon: a second bridge from the words of four languages. */
  concepts?: ConceptIndex | null;
};

/** Passages that a word may have before rarer ones are searched instead; bounds the time at any number of passages. */
const mostSelected = 400;
/** Passages that are ranked by their words; and further ones by the closeness of vectors and by example questions. */
const mostRanked = 80;
const mostNear = 20;

/**
 * The passages that fit a text best, of those that apply on the day: by full text in the language asked and in English
 * by way of glossary and lexicon, by trigrams for words nobody knows, by likeness to example questions, and by vectors
 * where `embedding` is given. A model that fails is done without.
 */
export async function retrieve(db: Db, search: Search, embedding?: Embedding | null): Promise<Found> {
  const current = await currentBridge(db);
  const { bridge, passages } = current;
  const query = queryOf(search.text, search.language, bridge, search.concepts ?? null);
  const lexicon = await lexiconOf(db, toStem(query));
  const known = (lexeme: string): boolean => lexicon.having(lexeme) > 0;
  const similar = await similarWords(db, unknownWords(query, lexicon.stems, known));
  for (const s of similar) lexicon.learn(s.lexeme, s.passages);
  const { matters, unknown } = mattersOf(query, lexicon.stems, known, similar);
  const rarity = (lexeme: string): number => rarityOf(passages, lexicon.having(lexeme));
  const numbers = numbersNamed(search.text);
  const likeness = likenessTo(search.text, current.asked);
  const vector = embedding ? await vectorOf(search, bridge, embedding) : null;
  const near = vector && embedding ? await nearTo(db, embedding, vector, current) : noneNear;
  const by = {
    chosen: selective(matters, lexicon.having, mostSelected),
    weights: lexemeWeights(matters, rarity),
    numbers,
    ids: best(near.all, mostNear),
    refs: best(likeness, mostNear),
  };
  const rows = await candidates(db, search, by);
  const closeness = await near.of(rows.map((row) => row.id));
  const order = ranked(
    matters,
    rows.map((row) => {
      const alike = isNamed(row, query.asked) ? likenessOfName : (likeness.get(row.ref) ?? 0);
      return asCandidate(row, closeness.get(row.id) ?? null, alike);
    }),
    rarity,
    numbers,
    { count: unknown.length, each: unknownWorth(passages) },
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const hits = order.slice(0, search.limit).flatMap(({ id, score }) => {
    const row = byId.get(id);
    if (!row) return [];
    const { kind, ref, sourceId, language, title, text } = row;
    return [{ kind, ref, sourceId, language, title, text, score }];
  });
  const [first] = order;
  const against = {
    elsewhere: query.elsewhere,
    likeness: likeness.get(elsewhere) ?? 0,
    closeness: near.elsewhere,
  };
  const answerable = first !== undefined && answers(first, against, current.asked.examples.length > 0);
  return { hits, answerable };
}

/** The clauses a text is about, best first; none when nothing answers it. */
export async function clausesAbout(
  db: Db,
  search: Omit<Search, "kinds">,
  embedding?: Embedding | null,
): Promise<Passage[]> {
  const { hits, answerable } = await retrieve(db, { ...search, kinds: ["clause"] }, embedding);
  return answerable
    ? passagesById(
        db,
        hits.map((hit) => hit.sourceId),
      )
    : [];
}

/** A vector of the question, or null when there is none: the endpoint fails, or nothing of it is known in English. */
async function vectorOf(
  { text, language, concepts }: Search,
  bridge: Bridge,
  { embed, englishOnly }: Embedding,
): Promise<number[] | null> {
  const readable = englishOnly ? inEnglish(text, language, bridge, concepts ?? null) : text;
  if (readable === null) return null;
  return embed([readable]).then(
    ([vector]) => vector ?? null,
    () => null,
  );
}

/** The names with the highest values, best first. */
function best(values: ReadonlyMap<string, number>, count: number): string[] {
  return [...values]
    .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, count)
    .map(([name]) => name);
}

type Row = {
  id: string;
  kind: PassageKind;
  ref: string;
  sourceId: string;
  number: string | null;
  language: string;
  title: string;
  text: string;
  words: string[];
  heading: string[];
};

/** The passages on the day that have one of the chosen words, a number, an id or a ref; of the first the weightiest are kept. */
async function candidates(
  db: Db,
  { today, kinds }: Search,
  by: { chosen: string[]; weights: Map<string, number>; numbers: string[]; ids: string[]; refs: string[] },
): Promise<Row[]> {
  const weighed = [...by.weights].map(([word, weight]) => ({
    word,
    weight,
    chosen: by.chosen.includes(word),
  }));
  const texts = (list: readonly string[]) =>
    sql`array(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
  const ofKind = kinds ? sql`and kind = any(${texts(kinds)})` : sql``;
  const onDay = sql`coalesce(applies_from <= ${today}::date, true) and coalesce(applies_until >= ${today}::date, true)`;
  return rowsOf<Row>(
    await db.execute(sql`
      with lexeme as materialized (
        select ('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''')::tsquery as query, weight, chosen
        from jsonb_to_recordset(${JSON.stringify(weighed)}::jsonb) as l(word text, weight float8, chosen boolean)
      ),
      wanted as materialized (select string_agg(query::text, ' | ')::tsquery as query from lexeme where chosen),
      selected as materialized (
        select id, search from passage
        where search @@ (select query from wanted) and ${onDay} ${ofKind}
        limit ${mostSelected * 2}
      ),
      best as (
        select id from (
          select id, (select sum(weight) from lexeme where selected.search @@ lexeme.query) as weight from selected
        ) as weighed
        order by weight desc nulls last, id limit ${mostRanked}
      ),
      named as (
        (select id from passage where number = any(${texts(by.numbers)}) and ${onDay} ${ofKind} limit 40)
        union (select id from passage where id = any(${texts(by.ids)}::uuid[]) and ${onDay} ${ofKind})
        union (select id from passage where number = any(${texts(by.refs.flatMap((ref) => ref.split("#")[1] ?? []))}) and ref = any(${texts(by.refs)}) and ${onDay} ${ofKind} limit 40)
      )
      select id, kind, ref, source_id as "sourceId", number, language, title, text,
        tsvector_to_array(search) as words, tsvector_to_array(ts_filter(search, '{a}')) as heading
      from passage where id in (select id from best union select id from named)`),
  );
}

/** A register entry whose name is in the question is as likely meant as a clause with a very similar example. */
const likenessOfName = 0.6;

function isNamed({ kind, title }: Row, asked: readonly string[]): boolean {
  return kind === "system" && words(title.replace(/\(.*/, "")).every((word) => asked.includes(word));
}

function asCandidate(row: Row, closeness: number | null, likeness: number): Candidate {
  const { id, kind, number } = row;
  const words = new Set(row.words);
  return { id, kind, number, words, heading: new Set(row.heading), closeness, likeness };
}
