import type { Language } from "#app/domain/content/language.ts";
import { policyTitles } from "#app/domain/content/policy.server.ts";
import { namesIn, purposesIn, verdictIn } from "#app/domain/assistant/answer-translation.ts";
import { answerWords } from "#app/domain/assistant/answer-words.ts";
import { rulesInForce } from "#app/domain/cases/case.server.ts";
import type { CaseFile } from "#app/domain/cases/queue.server.ts";
import { theRegister } from "#app/domain/register/ai-system.server.ts";
import { describeFacts } from "#app/domain/risk/facts.ts";
import type { Services } from "#app/http/services.ts";
import { scopeOf } from "./scope.ts";

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v) => typeof v === "string") : [];

/** A case as its page draws it in a language: names instead of ids, and no more than the reader may know. */
export async function viewOf(db: Services["db"], file: CaseFile, language: Language) {
  const { about, deciding } = file;
  const words = answerWords[language];
  const rules = await rulesInForce(db);
  const { systems } = await theRegister(db);
  const verdict = verdictIn(about.verdict, rules, language);
  const titles = await policyTitles(
    db,
    verdict.clauses.map((clause) => clause.split("#")[0] ?? ""),
  );
  const decided = file.history.findLast((event) => event.kind === "decided");
  const granted = decided?.data["granted"] as { reviewOn: string; systemSlug: string } | null | undefined;
  return {
    id: about.id,
    number: about.number,
    title: about.title,
    language: file.language,
    automatic: about.automatic,
    questionId: file.mine ? about.questionId : null,
    openedAt: about.openedAt.toISOString(),
    dueAt: about.dueAt.toISOString(),
    pace: file.pace,
    status: about.status,
    revision: about.revision,
    riskClass: verdict.riskClass,
    rating: { likelihood: about.likelihood, severity: about.severity },
    findings: verdict.findings,
    soon: verdict.soon,
    clauses: verdict.clauses,
    judgedOn: verdict.judgedOn,
    titles: Object.fromEntries(titles),
    requester: file.requester,
    facts: describeFacts(about.facts, namesIn({ rules, context: { systems } }, language), words.facts),
    system: file.system
      ? { slug: file.system.slug, name: file.system.name, status: file.system.status }
      : null,
    history: file.history.map(({ id, kind, at, actor, note, data }) => ({
      id,
      kind,
      at: at.toISOString(),
      actor,
      note: kind === "decided" ? "" : note,
      rating:
        kind === "rated"
          ? { likelihood: Number(data["likelihood"]), severity: Number(data["severity"]) }
          : null,
    })),
    outcome:
      decided && about.decision
        ? {
            decision: about.decision,
            at: decided.at.toISOString(),
            by: file.decidedBy ?? decided.actor,
            with: file.decidedWith,
            reason: decided.note,
            conditions: strings(decided.data["conditions"]),
            clauses: strings(decided.data["clauses"]),
            reviewOn: granted?.reviewOn ?? null,
            systemSlug: granted?.systemSlug ?? null,
          }
        : null,
    precedents: file.precedents,
    mine: file.mine,
    mayReply: file.mayReply,
    deciding: deciding?.ok
      ? {
          ok: true as const,
          seconds: deciding.seconds,
          scope: verdict.approvable ? scopeOf(about, deciding, purposesIn(rules, language), words) : null,
        }
      : deciding,
  };
}

export type CaseView = Awaited<ReturnType<typeof viewOf>>;
