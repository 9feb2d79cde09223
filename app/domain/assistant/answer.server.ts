import type { Db } from "#db/client.server.ts";
import { factsKey } from "../cases/case.ts";
import { precedentsOf } from "../cases/precedent.server.ts";
import { alternatives } from "../risk/alternative.ts";
import type { Verdict } from "../risk/verdict.ts";
import { type Answer, changeIn, leadOf } from "./answer.ts";
import { purposesIn } from "./answer-translation.ts";
import { answerWords } from "./answer-words.ts";
import { askBack } from "./ask-back.ts";
import { type Passage, quotesFrom, verified } from "./citation.ts";
import type { Reading, World } from "./reading.server.ts";
import type { Language } from "../content/language.ts";
import { languageOf } from "./language-detection.ts";
import { clausesAbout, type Hit, passagesById, passagesNamed } from "./retrieval.server.ts";

/**
 * The parts of the answer besides the verdict, in `language`; every quote is checked against the stored clause. `sources`
 * are what answers a question about the rules. A question that is not covered has no sources at all.
 */
export async function answerTo(
  tx: Db,
  { facts, suggestions, reading, title, language }: Reading & { title: string; language: Language },
  verdict: Verdict,
  automatic: boolean,
  world: World,
  sources: readonly Hit[] = [],
): Promise<Answer> {
  const { context, rules, today, contactId } = world;
  const passages = await passagesFor(tx, title, verdict, world, sources);
  const quotes = quotesFrom(passages, (ref) =>
    [
      title,
      ...verdict.findings.filter((f) => f.clauses.includes(ref)).map((f) => `${f.title} ${f.reason}`),
    ].join(" "),
  );
  const stored = await passagesById(
    tx,
    quotes.map((q) => q.clauseId),
  );
  const words = answerWords[language];
  const nameOf = (slug: string): string | undefined => context.systems.find((s) => s.slug === slug)?.name;
  const tool = (verdict.systemSlug === null ? null : nameOf(verdict.systemSlug)) ?? facts.systemName;
  const tools = verdict.tools.map((slug) => nameOf(slug) ?? slug);
  return {
    lead: leadOf(verdict, { tool, tools, automatic }, words),
    quotes: verified(quotes, stored),
    askBack: askBack(
      verdict.missing,
      facts,
      { ...context, purposes: purposesIn(rules, language) },
      words,
      suggestions,
    ),
    alternatives: alternatives(facts, verdict, context, today).map((a) => ({
      change: changeIn(a, words),
      systemSlug: a.systemSlug,
    })),
    reading,
    contactId,
    entries: sources
      .filter((s) => s.kind === "system")
      .map(({ ref, title: name, text }) => ({ slug: ref, name, text })),
    precedents: await precedentsOf(tx, factsKey(facts)),
  };
}

/** The clauses that an answer rests on: those that findings and approvals name before those that a search finds. */
async function passagesFor(
  tx: Db,
  title: string,
  verdict: Verdict,
  { context, today }: World,
  sources: readonly Hit[],
): Promise<Passage[]> {
  if (verdict.outcome === "not_covered") return [];
  const found = sources.filter((s) => s.kind === "clause").map((s) => s.sourceId);
  if (sources.length > 0) return passagesById(tx, found);
  const permitting = context.approvals.filter((a) => verdict.approvals.some((v) => v.id === a.id));
  const refs = [...new Set([...permitting.flatMap((a) => a.clause ?? []), ...verdict.clauses])];
  const named = await passagesNamed(tx, refs, today);
  if (named.length > 0 || verdict.outcome === "asked_back") return named;
  return clausesAbout(tx, { text: title, language: languageOf(title), today, limit: 2 });
}
