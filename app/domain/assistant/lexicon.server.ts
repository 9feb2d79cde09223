import { sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import type { Language } from "../content/language.ts";
import type { Similar, Stems, ToStem } from "./query.ts";
import { trigrams } from "./trigram.ts";

/** The words of the passages, as far as a question asks for them. */
export type Lexicon = {
  stems: Stems;
  /** How many passages have a stemmed word. */
  having: (lexeme: string) => number;
  learn: (lexeme: string, passages: number) => void;
};

/** Stems texts by the database's own dictionaries and tells how many passages have each stem. */
export async function lexiconOf(db: Db, texts: readonly ToStem[]): Promise<Lexicon> {
  const rows = rowsOf<{ at: number; lexeme: string; passages: number | null }>(
    await db.execute(sql`
      select asked.at, stem.lexeme, word.passages
      from jsonb_to_recordset(${JSON.stringify(texts.map((t, at) => ({ at, text: t.text, config: configurations[t.language] })))}::jsonb)
        as asked(at int, text text, config text)
      cross join lateral unnest(tsvector_to_array(to_tsvector(asked.config::regconfig, asked.text))) as stem(lexeme)
      left join passage_word word on word.word = stem.lexeme`),
  );
  const stems = new Map<string, string[]>();
  const having = new Map<string, number>();
  for (const { at, lexeme, passages } of rows) {
    const asked = texts[at];
    if (!asked) continue;
    const name = `${asked.language} ${asked.text}`;
    stems.set(name, [...(stems.get(name) ?? []), lexeme]);
    if (passages !== null) having.set(lexeme, passages);
  }
  return {
    stems: (text, language) => stems.get(`${language} ${text}`) ?? [],
    having: (lexeme) => having.get(lexeme) ?? 0,
    learn: (lexeme, passages) => void having.set(lexeme, passages),
  };
}

const configurations: Record<Language | "simple", string> = {
  en: "english",
  de: "german",
  fr: "french",
  es: "spanish",
  simple: "simple",
};

/** Trigrams that an unknown word must share with one of the passages to be taken for it; and how many of the likest count. */
const leastAlike = 0.45;
const mostSimilar = 3;
/** Unknown words that are looked up: a question has few, a pasted text in another language has many. */
const mostUnknown = 8;

/** Words of the passages that unknown ones may be meant for, likest first. */
export async function similarWords(
  db: Db,
  unknown: readonly string[],
): Promise<(Similar & { passages: number })[]> {
  const asked = unknown.slice(0, mostUnknown).map((word) => ({ word, trigrams: trigrams(word) }));
  const found: (Similar & { passages: number })[] = [];
  for (const { word, trigrams: own } of asked) {
    const wanted = sql`array(select jsonb_array_elements_text(${JSON.stringify(own)}::jsonb))`;
    const common = sql`(select count(*) from unnest(trigrams) t where t = any(${wanted}))`;
    const alike = sql`${common}::float8 / (${own.length}::int + cardinality(trigrams) - ${common})`;
    const rows = rowsOf<{ lexeme: string; passages: number; alike: number }>(
      await db.execute(sql`
        select * from (
          select word as lexeme, passages, ${alike} as alike from passage_word where trigrams && ${wanted}
        ) as near
        where alike >= ${leastAlike}::float8 order by alike desc, lexeme limit ${mostSimilar}`),
    );
    found.push(...rows.map((row) => ({ asked: word, ...row })));
  }
  return found;
}
