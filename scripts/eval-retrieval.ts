// `npx tsx scripts/eval-retrieval.ts [train|dev|held] [--each]`: how well the assistant finds the passages that answer a question.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Db, openDatabase } from "#db/client.server.ts";
import type { ConceptIndex } from "#app/domain/assistant/concept.ts";
import { languages } from "#app/domain/content/language.ts";
import { type Embedding, embedAll } from "#app/domain/assistant/passage.server.ts";
import { passagesById, retrieve } from "#app/domain/assistant/retrieval.server.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";
import { type Labelled, type Retrieved, retrievalSlices } from "#app/domain/assistant/retrieval-figures.ts";
import { vocabularyOf } from "#app/domain/assistant/vocabulary.ts";
import { policiesInForce } from "#app/domain/content/publish.server.ts";
import { localEmbedding } from "#app/platform/embed.ts";
import { sentenceVectors } from "#app/platform/sentence-vector.ts";
import { loadContent } from "./content.ts";
import { publish } from "./publish.ts";

/** A line of `policy.*.jsonl`. */
export const labelledQuestion = z.object({
  id: z.string(),
  lang: z.enum(languages),
  kind: z.string(),
  text: z.string(),
  clauses: z.array(z.string()),
  systems: z.array(z.string()),
  answerable: z.boolean(),
});

/** The labelled questions of one half. */
export function labelledQuestions(half: string): z.infer<typeof labelledQuestion>[] {
  const file = join(import.meta.dirname, "../test/fixtures/eval", `policy.${half}.jsonl`);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => labelledQuestion.parse(JSON.parse(line)));
}

/** Asks each question on `today` and answers what was found, for `retrievalSlices`. */
export async function judgeRetrieval(
  db: Db,
  questions: readonly z.infer<typeof labelledQuestion>[],
  today: string,
  { concepts, embedding }: { concepts: ConceptIndex; embedding: Embedding | null },
): Promise<{ question: Labelled; found: Retrieved; scores: number[] }[]> {
  const inForce = new Set((await policiesInForce(db, today)).map((v) => `${v.slug} ${v.version}`));
  const judged: { question: Labelled; found: Retrieved; scores: number[] }[] = [];
  for (const question of questions) {
    const { text, lang: language } = question;
    const { hits, answerable } = await retrieve(
      db,
      { text, language, today, limit: 20, concepts },
      embedding,
    );
    const clauses = await passagesById(
      db,
      hits.filter((h) => h.kind === "clause").map((h) => h.sourceId),
    );
    const superseded = clauses.filter((c) => !inForce.has(`${c.policySlug} ${c.policyVersion}`)).length;
    const found = { refs: hits.map((h) => h.ref), answerable, superseded };
    judged.push({ question, found, scores: hits.map((h) => h.score) });
  }
  return judged;
}

/** An embedded database in memory with the content folder published to it. */
async function publishedContent(now: Date, embedding: Embedding) {
  const database = await openDatabase("memory://");
  await database.migrate();
  const options = { kind: "own" as const, baseIri: "https://learn.aldermoor.example" };
  const content = loadContent("content");
  await publish(database.db, { ...content, requirements: [] }, options, now);
  await embedAll(database.db, embedding);
  return { ...database, concepts: vocabularyOf(content.rules, []).concepts };
}

const percent = ({ value: share, low, high, n: of }: Proportion): string =>
  share === null
    ? "–"
    : `${(share * 100).toFixed(0)} % (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}, n ${of})`;

async function main([half = "dev", ...flags]: string[]): Promise<void> {
  const now = new Date("2026-11-24T09:00:00Z");
  const embedding = localEmbedding(sentenceVectors());
  const database = await publishedContent(now, embedding);
  const { db, concepts } = database;
  const today = now.toISOString().slice(0, 10);
  const judged = await judgeRetrieval(db, labelledQuestions(half), today, { concepts, embedding });
  await database.close();
  if (flags.includes("--each"))
    for (const { question, found, scores } of judged)
      console.log(
        `${question.id} ${question.answerable ? (found.answerable ? "  " : "OR") : found.answerable ? "UA" : "  "} ` +
          `${scores[0]?.toFixed(2) ?? "–"} rank ${found.refs.findIndex((r) => [...question.clauses, ...question.systems].includes(r)) + 1} ` +
          `${question.text} [${[...question.clauses, ...question.systems].join(" ")}] → ${found.refs.slice(0, 5).join(" ")}`,
      );
  for (const [slice, f] of retrievalSlices(judged))
    console.log(
      `${slice} (${f.questions}): recall@5 ${percent(f.recallAt5)}, clauses ${percent(f.clauseRecallAt5)}, MRR ${f.mrr?.toFixed(2) ?? "–"}, ` +
        `refused unanswerable ${percent(f.refusalRecall)}, over-refusal ${percent(f.overRefusal)}, superseded ${f.superseded}`,
    );
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
