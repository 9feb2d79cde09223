import { z } from "zod";
import { type Language, sourceLanguage, translatedLanguages } from "./language.ts";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1);
const words = z.strictObject({ term: text, definition: text });

/** A word of the field, explained in plain language. */
export const term = z.strictObject({
  id: slug,
  ...words.shape,
  /** Other terms, by id. */
  seeAlso: z.array(slug).default([]),
  /** Where a law defines it. */
  source: text.optional(),
  ...(Object.fromEntries(translatedLanguages.map((language) => [language, words.optional()])) as Record<
    (typeof translatedLanguages)[number],
    z.ZodOptional<typeof words>
  >),
});
export type Term = z.infer<typeof term>;

/** `glossary.yaml`: each id once, and every reference to one that is there. */
export const termsFile = z.strictObject({ terms: z.array(term) }).superRefine(({ terms }, ctx) => {
  const ids = terms.map((one) => one.id);
  terms.forEach((one, i) => {
    if (ids.indexOf(one.id) !== i)
      ctx.addIssue({ code: "custom", path: ["terms", i, "id"], message: `term ${one.id} stands twice` });
    one.seeAlso.forEach((other, k) => {
      if (!ids.includes(other))
        ctx.addIssue({ code: "custom", path: ["terms", i, "seeAlso", k], message: `no term ${other}` });
    });
  });
});

export type TermView = {
  id: string;
  term: string;
  definition: string;
  /** The language it is explained in: the source's where it is not translated. */
  language: Language;
  source: string | null;
  seeAlso: { id: string; term: string }[];
};

/** The glossary in a language, in its alphabet. */
export function glossaryIn(terms: readonly Term[], language: Language): TermView[] {
  const inLanguage = (one: Term): Pick<TermView, "term" | "definition" | "language"> => {
    const found = language === sourceLanguage ? undefined : one[language];
    return found
      ? { ...found, language }
      : { term: one.term, definition: one.definition, language: sourceLanguage };
  };
  return terms
    .map((one) => ({
      id: one.id,
      ...inLanguage(one),
      source: one.source ?? null,
      seeAlso: one.seeAlso.flatMap((id) => {
        const other = terms.find((candidate) => candidate.id === id);
        return other ? [{ id, term: inLanguage(other).term }] : [];
      }),
    }))
    .toSorted((a, b) => a.term.localeCompare(b.term, language));
}
