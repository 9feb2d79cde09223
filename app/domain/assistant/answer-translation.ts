import type { describeFacts } from "../risk/facts.ts";
import { type Purpose, type RuleSet, purposeName } from "../risk/rule-set.ts";
import type { Translation } from "../risk/translation.ts";
import { type JudgeContext, type Verdict, assumedDataCondition } from "../risk/verdict.ts";
import { answerWords, citationIn } from "./answer-words.ts";
import type { Language } from "../content/language.ts";

type Rules = Pick<RuleSet, "rules" | "purposes" | "translations">;

/** A text as it is shown, and the language it is in. */
export type Told = { text: string; language: Language };

/** The texts of rules in a language; null in English, and where a set was published before it was translated. */
function translationIn(
  { translations }: Pick<Rules, "translations">,
  language: Language,
): Translation | null {
  return language === "en" ? null : (translations?.[language] ?? null);
}

/**
 * A verdict with the texts of its rules in a language; what was decided stays. Conditions that the register sets are the
 * organisation's own words and stay as they are written.
 */
export function verdictIn(
  verdict: Verdict,
  rules: Pick<Rules, "rules" | "translations">,
  language: Language,
): Verdict {
  const translation = translationIn(rules, language);
  const words = answerWords[language];
  return {
    ...verdict,
    findings: verdict.findings.map((finding) => {
      const said = translation?.rules[finding.rule];
      const { title, reason, derogation } = said ?? finding;
      return {
        ...finding,
        title,
        reason,
        derogation: finding.derogation === null ? null : (derogation ?? null),
        anchor: citationIn(finding.anchor, words),
        source: citationIn(finding.source, words),
      };
    }),
    soon: verdict.soon.map((rule) => ({
      ...rule,
      title: translation?.rules[rule.rule]?.title ?? rule.title,
      anchor: citationIn(rule.anchor, words),
    })),
    conditions: conditionsIn(verdict, rules, language).map(({ text }) => text),
  };
}

/** The conditions of a stored verdict in a language, each with the language it is in after all. */
export function conditionsIn(
  { conditions }: Pick<Verdict, "conditions">,
  rules: Pick<Rules, "rules" | "translations">,
  language: Language,
): Told[] {
  const translation = translationIn(rules, language);
  const known = new Map<string, string>([[assumedDataCondition, answerWords[language].assumedData]]);
  for (const rule of rules.rules)
    for (const [i, condition] of rule.conditions.entries()) {
      const said = translation?.rules[rule.id]?.conditions[i];
      if (said !== undefined) known.set(condition, said);
    }
  return conditions.map((condition) => {
    const said = known.get(condition);
    return said === undefined ? { text: condition, language: "en" } : { text: said, language };
  });
}

/** The purposes of a rule set with their names in a language. */
export function purposesIn(rules: Pick<Rules, "purposes" | "translations">, language: Language): Purpose[] {
  const translation = translationIn(rules, language);
  return rules.purposes.map((p) => ({ ...p, name: translation?.purposes[p.slug] ?? p.name }));
}

/** Names of tools and purposes as people read them in a language. */
export function namesIn(
  {
    rules,
    context,
  }: { rules: Pick<Rules, "purposes" | "translations">; context: Pick<JudgeContext, "systems"> },
  language: Language,
): Parameters<typeof describeFacts>[1] {
  const purposes = purposesIn(rules, language);
  const { somethingElse } = answerWords[language].askBack;
  return {
    system: (slug) => context.systems.find((s) => s.slug === slug)?.name ?? slug,
    purpose: (slug) => purposeName(purposes, slug, somethingElse),
  };
}
