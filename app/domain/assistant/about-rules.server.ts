import type { Db } from "#db/client.server.ts";
import type { Verdict } from "../risk/verdict.ts";
import { languageOf } from "./language-detection.ts";
import type { Embedding } from "./passage.server.ts";
import type { World } from "./reading.server.ts";
import { type Hit, retrieve } from "./retrieval.server.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** Sources of one answer about the rules, and how near to the best one each must come; found on the development part. */
const mostSources = 3;
const nearToBest = 0.8;

/**
 * Decides a question about the rules by whether clauses in force or register entries answer it: `cleared` with these as
 * sources, else `not_covered` without any. Whatever else the rules made of it stays as it is: only what they leave open
 * and no finding speaks against is looked up.
 */
export async function aboutRules(
  db: Db,
  verdict: Verdict,
  title: string,
  { rules, context, today }: World,
  embedding?: Embedding | null,
): Promise<{ verdict: Verdict; sources: Hit[] }> {
  if (verdict.matter !== "rules" || verdict.outcome !== "not_covered" || verdict.flagged)
    return { verdict, sources: [] };
  const { concepts } = vocabularyOf(rules, context.systems);
  const { hits, answerable } = await retrieve(
    db,
    {
      text: title,
      language: languageOf(title),
      today,
      limit: mostSources,
      kinds: ["clause", "system"],
      concepts,
    },
    embedding,
  );
  if (!answerable) return { verdict: { ...verdict, clauses: [], missing: [] }, sources: [] };
  const best = hits[0]?.score ?? 0;
  return {
    verdict: { ...verdict, outcome: "cleared", conditions: [], tools: [], missing: [] },
    sources: hits.filter((hit) => hit.score >= best * nearToBest),
  };
}
