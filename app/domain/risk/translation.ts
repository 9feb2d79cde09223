import { z } from "zod";
import type { Rule } from "./rule.ts";
import type { Purpose } from "./rule-set.ts";

/** Languages that the texts of rules are translated into; the rule files themselves are English. */
export const translatedLanguages = ["de", "fr", "es"] as const;
export type TranslatedLanguage = (typeof translatedLanguages)[number];

const text = z.string().trim().min(1);

/** What an answer shows of a rule, in another language. */
const ruleTexts = z.strictObject({
  title: text,
  reason: text,
  conditions: z.array(text).default([]),
  derogation: text.optional(),
});
export type RuleTexts = z.infer<typeof ruleTexts>;

/** `rules/translations/<language>.yaml`: the texts of every rule by its id, the name of every purpose by its slug. */
export const translationFile = z.strictObject({
  rules: z.record(z.string(), ruleTexts),
  purposes: z.record(z.string(), text),
});
export type Translation = z.infer<typeof translationFile>;
export type Translations = Record<TranslatedLanguage, Translation>;

/** `near` is the line of the translation's file to mend. */
export type TranslationFault = { language: TranslatedLanguage; near: string; reason: string };

/** Rules and purposes that a translation lacks or has too many, and rules of which it says more or less than the rule does. */
export function translationFaults(
  { rules, purposes }: { rules: readonly Rule[]; purposes: readonly Pick<Purpose, "slug">[] },
  translations: Translations,
): TranslationFault[] {
  return translatedLanguages.flatMap((language) => {
    const translation = translations[language];
    const ids = new Set(rules.map((r) => r.id));
    const slugs = new Set(purposes.map((p) => p.slug));
    const fault = (near: string, reason: string): TranslationFault => ({
      language,
      near: `${near}:`,
      reason,
    });
    return [
      ...rules.flatMap((r) => {
        const said = translation.rules[r.id];
        if (!said) return [fault("rules", `the rule ${r.id} is not translated`)];
        if (said.conditions.length !== r.conditions.length)
          return [fault(r.id, `the rule ${r.id} has ${r.conditions.length} conditions`)];
        return (said.derogation === undefined) === (r.derogation === undefined)
          ? []
          : [fault(r.id, `the rule ${r.id} has ${r.derogation === undefined ? "no" : "a"} derogation`)];
      }),
      ...Object.keys(translation.rules).flatMap((id) =>
        ids.has(id) ? [] : [fault(id, `there is no rule ${id}`)],
      ),
      ...purposes.flatMap(({ slug }) =>
        slug in translation.purposes ? [] : [fault("purposes", `the purpose ${slug} is not translated`)],
      ),
      ...Object.keys(translation.purposes).flatMap((slug) =>
        slugs.has(slug) ? [] : [fault(slug, `there is no purpose ${slug}`)],
      ),
    ];
  });
}
