import { sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { elsewhere } from "./asked.ts";
import { type Bridge, languageOf } from "./glossary.ts";
import type { Embedding } from "./passage.server.ts";
import { type Centred, centred, closenessIn, takenApart } from "./passage-vector.ts";

/** Passages up to which a question is compared with every one; among more only those that share words with it are compared. */
const mostCompared = 1_000;

/** What is near to a question by vectors. */
export type Near = {
  /** Closeness of every passage by id; empty where there are too many. */
  all: ReadonlyMap<string, number>;
  /** Closeness of the passages with these ids, as far as they have vectors. */
  of: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Closeness of the questions that no clause answers; null where that is not known. */
  elsewhere: number | null;
};

export const noneNear: Near = { all: new Map(), of: async () => new Map(), elsewhere: null };

// Vectors of all passages take a second to read: they are kept while the passages stay the same.
let kept: { of: string; vectors: Centred } | undefined;

/** Compares a question's vector with those of the passages that `model` made. */
export async function nearTo(
  db: Db,
  { model, embed, englishOnly }: Embedding,
  question: readonly number[],
  { hash, passages, bridge }: { hash: string; passages: number; bridge: Bridge },
): Promise<Near> {
  const length = question.length;
  if (passages > mostCompared)
    return {
      ...noneNear,
      of: async (ids) => closenessIn(centred(await vectorsOf(db, model, length, ids)), question),
    };
  const [state] = rowsOf<{ ids: string | null }>(
    await db.execute(
      sql`select md5(string_agg(id::text, '' order by id)) as ids from passage where embedding_model = ${model}`,
    ),
  );
  const of = `${model} ${hash} ${state?.ids}`;
  if (kept?.of !== of) {
    const known = englishOnly ? englishOf(bridge) : (bridge.asked[elsewhere] ?? []);
    const others = await embed(known).catch(() => []);
    const vectors = await vectorsOf(db, model, length, null);
    kept = {
      of,
      vectors: centred(
        vectors.set(
          elsewhere,
          others.map((v) => Float32Array.from(v)),
        ),
      ),
    };
  }
  const all = closenessIn(kept.vectors, question);
  const others = all.get(elsewhere) ?? null;
  all.delete(elsewhere);
  return { all, of: async () => all, elsewhere: others };
}

function englishOf({ asked, glossary }: Bridge): string[] {
  return (asked[elsewhere] ?? []).filter((text) => languageOf(text, glossary.common) === "en");
}

async function vectorsOf(
  db: Db,
  model: string,
  length: number,
  ids: readonly string[] | null,
): Promise<Map<string, Float32Array[]>> {
  const wanted = ids
    ? sql`and id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid[])`
    : sql``;
  const rows = rowsOf<{ id: string; embedding: number[] }>(
    await db.execute(
      sql`select id, embedding from passage where embedding_model = ${model} and embedding is not null ${wanted}`,
    ),
  );
  return new Map(rows.map(({ id, embedding }) => [id, takenApart(embedding, length)]));
}
