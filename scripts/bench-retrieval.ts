// How long the assistant needs to find passages, among few and among many, on one database.
import { type Database, openDatabase } from "#db/client.server.ts";
import type { ConceptIndex } from "#app/domain/assistant/concept.ts";
import { retrieve } from "#app/domain/assistant/retrieval.server.ts";
import { vocabularyOf } from "#app/domain/assistant/vocabulary.ts";
import { fillPassages } from "./bench-passages.ts";
import { loadContent } from "./content.ts";
import { labelledQuestions } from "./eval-retrieval.ts";
import { publish } from "./publish.ts";

/** Times of one search in milliseconds: half of the searches took less, and nineteen of twenty. */
export type RetrievalSpeed = { passages: number; searches: number; p50: number; p95: number };

const today = "2026-11-24";

/**
 * Publishes the content folder to an empty database, brings its passages to so many one after the other and times
 * searches with the labelled questions in four languages.
 */
export async function retrievalSpeed(
  url: string,
  sizes: readonly number[] = [1_000, 100_000],
): Promise<RetrievalSpeed[]> {
  const database = await openDatabase(url);
  try {
    await database.migrate();
    const content = loadContent("content");
    await publish(
      database.db,
      content,
      { kind: "own", baseIri: "http://127.0.0.1" },
      new Date(`${today}T09:00:00Z`),
    );
    const { concepts } = vocabularyOf(content.rules, content.systems);
    const speeds: RetrievalSpeed[] = [];
    for (const size of sizes) {
      await fillPassages(database, size);
      speeds.push(await timed(database, size, concepts));
    }
    return speeds;
  } finally {
    await database.close();
  }
}

async function timed({ db }: Database, passages: number, concepts: ConceptIndex): Promise<RetrievalSpeed> {
  const questions = labelledQuestions("dev");
  const search = ({ text, lang: language }: (typeof questions)[number]) =>
    retrieve(db, { text, language, today, limit: 5, concepts });
  for (const question of questions.slice(0, 20)) await search(question);
  const times: number[] = [];
  for (const question of [...questions, ...questions]) {
    const began = performance.now();
    await search(question);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { passages, searches: times.length, p50: at(0.5), p95: at(0.95) };
}

if (process.argv[1] === import.meta.filename)
  for (const speed of await retrievalSpeed(process.argv[2] ?? "memory://"))
    console.log(
      `${speed.passages} passages: p50 ${speed.p50.toFixed(1)} ms, p95 ${speed.p95.toFixed(1)} ms (${speed.searches} searches)`,
    );
