import { z } from "zod";
import type { Item } from "./item.ts";
import { type Language, sourceLanguage, translatedLanguages } from "./language.ts";

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1);

const checkItem = z.strictObject({
  id,
  /** The clause of the policy that decides it, such as `3.3`. */
  clause: z.string().regex(/^\d+\.\d+$/, 'write the clause in quotes, such as "3.3"'),
  stem: text,
  options: z
    .array(z.strictObject({ id, text, correct: z.boolean().default(false), feedback: text }))
    .min(3)
    .max(5)
    .refine((o) => o.filter((x) => x.correct).length === 1, "exactly one option must be correct")
    .refine(distinct, "option ids must differ"),
});

/** `<version>.check.yaml`: two or three scenarios that whoever acknowledges the version answers first. */
export const checkFile = z.strictObject({
  items: z.array(checkItem).min(2).max(3).refine(distinct, "item ids must differ"),
});

/** `<version>.check.de.yaml`: the same in another language. Keys stand in the English file alone. */
export const checkTranslationFile = z.strictObject({
  items: z.array(
    z.strictObject({ id, stem: text, options: z.array(z.strictObject({ id, text, feedback: text })) }),
  ),
});

export type CheckItem = z.infer<typeof checkItem>;
type Translation = z.infer<typeof checkTranslationFile> & { language: Language };

/** The comprehension check of a policy version, keys included. Never leaves the server as it is. */
export type PolicyCheck = { items: CheckItem[]; translations: Translation[] };
/** A check with the version it was written for. */
export type WrittenCheck = { slug: string; version: string; body: PolicyCheck };

/** What a translation lacks or has too much, or null when it says all that the check says. */
export function translationFault(
  check: Pick<PolicyCheck, "items">,
  of: Pick<Translation, "items">,
): string | null {
  const shape = (items: readonly { id: string; options: readonly { id: string }[] }[]): string =>
    JSON.stringify(items.map((item) => [item.id, item.options.map((option) => option.id)]));
  return shape(check.items) === shape(of.items)
    ? null
    : "the items and options must have the ids of the English file, in its order";
}

/** The items of a check in a language, or in the source language where it is not translated, as any item is. */
export function checkItemsIn(
  check: WrittenCheck,
  language: Language,
): { items: Extract<Item, { type: "single_choice" }>[]; language: Language } {
  const found = check.body.translations.find((one) => one.language === language);
  const items = check.body.items.map((item) => {
    const words = found?.items.find((one) => one.id === item.id);
    return {
      type: "single_choice" as const,
      id: item.id,
      objective: "policy",
      level: "apply" as const,
      riskDomain: 7,
      difficulty: 0.7,
      clause: `${check.slug}#${item.clause}`,
      stem: words?.stem ?? item.stem,
      options: item.options.map((option) => {
        const said = words?.options.find((one) => one.id === option.id);
        return { ...option, text: said?.text ?? option.text, feedback: said?.feedback ?? option.feedback };
      }),
    };
  });
  return { items, language: found ? language : sourceLanguage };
}

/**
 * The check that belongs to a version: its own, else that of the last version before it, as long as all versions since are
 * editorial. A material version without a check of its own has none. `versions` and `checks` are of one policy.
 */
export function checkOf<C extends { version: string }>(
  versions: readonly { version: string; effectiveFrom: string; material: boolean }[],
  checks: readonly C[],
  version: string,
): C | null {
  const ordered = versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  for (const one of ordered.slice(ordered.findIndex((v) => v.version === version))) {
    const own = checks.find((check) => check.version === one.version);
    if (own) return own;
    if (one.material) return null;
  }
  return null;
}

/** The language of a file such as `2.0.check.de.yaml`, and its version; null for another file. */
export function checkFileName(name: string): { version: string; language: Language } | null {
  const match = /^(\d+\.\d+)\.check(?:\.([a-z]{2}))?\.yaml$/.exec(name);
  if (!match) return null;
  const language =
    match[2] === undefined ? sourceLanguage : translatedLanguages.find((one) => one === match[2]);
  return language ? { version: match[1] ?? "", language } : null;
}

function distinct(list: readonly { id: string }[]): boolean {
  return new Set(list.map((one) => one.id)).size === list.length;
}
