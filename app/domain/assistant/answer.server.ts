import type { Db } from "#db/client.server.ts";
import { factsKey } from "../cases/case.ts";
import { precedentsOf } from "../cases/precedent.server.ts";
import { alternatives } from "../risk/alternative.ts";
import type { Verdict } from "../risk/verdict.ts";
import { type Answer, leadOf } from "./answer.ts";
import { askBack } from "./ask-back.ts";
import { quotesFrom, verified } from "./citation.ts";
import type { Reading, World } from "./reading.server.ts";
import { passagesAbout, passagesById, passagesNamed } from "./retrieval.server.ts";

/** The parts of the answer besides the verdict; every quote is checked against the stored clause. */
export async function answerTo(
  tx: Db,
  { facts, suggestions, reading, title }: Reading & { title: string },
  verdict: Verdict,
  automatic: boolean,
  world: World,
): Promise<Answer> {
  const { context, rules, today, contactId } = world;
  const permitting = context.approvals.filter((a) => verdict.approvals.some((v) => v.id === a.id));
  const refs = [...new Set([...permitting.flatMap((a) => a.clause ?? []), ...verdict.clauses])];
  const named = await passagesNamed(tx, refs, today);
  const search = named.length === 0 && verdict.outcome !== "asked_back";
  const about = search ? await passagesAbout(tx, title, today, 2) : [];
  const quotes = quotesFrom([...named, ...about], (ref) =>
    [
      title,
      ...verdict.findings.filter((f) => f.clauses.includes(ref)).map((f) => `${f.title} ${f.reason}`),
    ].join(" "),
  );
  const stored = await passagesById(
    tx,
    quotes.map((q) => q.clauseId),
  );
  const tool = context.systems.find((s) => s.slug === verdict.systemSlug)?.name ?? facts.systemName;
  return {
    lead: leadOf(verdict, tool, automatic),
    quotes: verified(quotes, stored),
    askBack: askBack(verdict.missing, facts, { ...context, purposes: rules.purposes }, suggestions),
    alternatives: alternatives(facts, verdict, context, today),
    reading,
    contactId,
    precedents: await precedentsOf(tx, factsKey(facts)),
  };
}
