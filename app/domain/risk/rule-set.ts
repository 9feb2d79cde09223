import { z } from "zod";
import { dataClasses } from "../register/terms.ts";
import { affectedGroups, channels, effects, otherPurpose, oversights, places } from "./facts.ts";
import { rule } from "./rule.ts";
import type { StoredReader } from "./stored-reader.ts";
import { type TranslatedLanguage, type Translations, translationFaults } from "./translation.ts";

const text = z.string().trim().min(1);
const phrases = z.array(text).min(1);
const slug = z.string().regex(/^[a-z0-9][a-z0-9_]*$/, "use lower-case letters, digits and underscores");

/** What people use AI for, with the words they use for it. */
export const purpose = z.strictObject({
  slug,
  name: text,
  /** Words that name an everyday purpose outright. */
  phrases: z.array(text).default([]),
  /** Concepts that together speak of it, as `rank|score + applicant|cv`: of each part one within a sentence. */
  patterns: z.array(text).default([]),
  /** Purposes that this one contains. */
  covers: z.array(slug).default([]),
  /** Facts that normally go with the purpose; shown as taken for granted. */
  assumes: z
    .strictObject({
      affected: z.array(z.enum(affectedGroups)).min(1).optional(),
      oversight: z.enum(oversights).optional(),
      effect: z.enum(effects).optional(),
      /** What usually goes in where the text says nothing of it; a clearance then allows no more. */
      dataClasses: z.array(z.enum(dataClasses)).min(1).optional(),
    })
    .default({}),
});
export type Purpose = z.infer<typeof purpose>;

/** Names of concepts of the reader's lexicon. */
const concepts = z.array(text).default([]);

const gives = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .array(
      z.strictObject({ gives: z.array(z.enum(values)).min(1), phrases: z.array(text).default([]), concepts }),
    )
    .min(1);

/** Everyday words for facts. */
export const lexicon = z.strictObject({
  negations: phrases,
  dataClasses: gives(dataClasses),
  affected: gives(affectedGroups),
  oversight: gives(oversights),
  effect: gives(effects),
  places: gives(places),
  channels: gives(channels),
  /** Concepts that speak of profiling people. */
  profiling: concepts,
  /** Words for a change to something that is approved already. */
  change: z.strictObject({ phrases }),
  /** Words that would steer the verdict instead of describing a use. */
  steering: z.strictObject({ phrases }),
  /** Concepts of questions about the rules themselves. */
  rules: concepts,
  /** Concepts that deny what follows them. */
  denials: concepts,
  unregistered: z.strictObject({ phrases, names: phrases, concepts }),
});
export type Lexicon = z.infer<typeof lexicon>;

export const purposesFile = z.strictObject({ purposes: z.array(purpose).min(1) });
export const legalFile = z.strictObject({ rules: z.array(rule).min(1) });

const workingDays = z.number().int().min(1).max(30);
export const organisationRules = z.strictObject({
  caseDueWorkingDays: z.strictObject({ prohibited: workingDays, high_risk: workingDays, other: workingDays }),
  approvalMonths: z.number().int().min(1).max(12),
  automaticCases: z.array(z.enum(["limited", "high_risk"])),
  rules: z.array(rule).min(1),
});

/** Everything a question is judged by; published as a whole and known by the hash of its JSON. */
export type RuleSet = {
  purposes: Purpose[];
  lexicon: Lexicon;
  rules: z.infer<typeof rule>[];
  caseDueWorkingDays: z.infer<typeof organisationRules>["caseDueWorkingDays"];
  approvalMonths: number;
  automaticCases: z.infer<typeof organisationRules>["automaticCases"];
  prompts: { extract: string; phrase: string };
  /** Reads purposes and concepts without a model. */
  reader: StoredReader;
  /** Texts of rules and names of purposes in other languages; sets that were published before there were any have none. */
  translations?: Translations;
};

/** A purpose by its name; `other` names what is in no list. */
export function purposeName(
  purposes: readonly Pick<Purpose, "slug" | "name">[],
  slugOf: string,
  other = "Something else",
): string {
  if (slugOf === otherPurpose) return other;
  return purposes.find((p) => p.slug === slugOf)?.name ?? slugOf;
}

/** The parts of a pattern, each with its alternatives. */
export function conceptsOf(pattern: string): string[][] {
  return pattern.split("+").map((part) => part.split("|").map((concept) => concept.trim()));
}

/** Purposes that a rule with a result other than `inform` names: those the law or the policy treats with care. */
export function sensitivePurposes(rules: readonly z.infer<typeof rule>[]): Set<string> {
  return new Set(rules.filter((r) => r.result !== "inform").flatMap((r) => r.when.purposes ?? []));
}

/** A fault and the line beside which it stands, in the translation of a language or else in a file of rules. */
type Fault = { near: string; reason: string; language?: TranslatedLanguage };

/**
 * Faults that only show across the files: unknown purposes, ids that stand twice, clauses that no policy has, texts that
 * a translation lacks.
 */
export function crossCheck(
  set: Pick<RuleSet, "purposes" | "rules" | "lexicon" | "reader" | "translations">,
  known: { clauses: ReadonlySet<string>; purposesInUse: readonly string[] },
): Fault[] {
  const slugs = new Set(set.purposes.map((p) => p.slug));
  const ids = new Set<string>();
  const faults: Fault[] = [];
  if (slugs.size < set.purposes.length) {
    const twice = set.purposes.find((p, i) => set.purposes.findIndex((q) => q.slug === p.slug) < i);
    faults.push({ near: `slug: ${twice?.slug}`, reason: `purpose ${twice?.slug} stands twice` });
  }
  for (const p of set.purposes)
    for (const covered of p.covers)
      if (!slugs.has(covered))
        faults.push({ near: `slug: ${p.slug}`, reason: `there is no purpose ${covered}` });
  for (const r of set.rules) {
    if (ids.has(r.id)) faults.push({ near: `id: ${r.id}`, reason: `rule ${r.id} stands twice` });
    ids.add(r.id);
    for (const p of r.when.purposes ?? [])
      if (!slugs.has(p)) faults.push({ near: `id: ${r.id}`, reason: `there is no purpose ${p}` });
    for (const clause of r.clauses)
      if (!known.clauses.has(clause))
        faults.push({ near: `id: ${r.id}`, reason: `no policy has the clause ${clause}` });
  }
  const named = [
    ...set.purposes.flatMap((p) => p.patterns.flatMap((pattern) => conceptsOf(pattern).flat())),
    ...["dataClasses", "affected", "oversight", "effect", "places", "channels"].flatMap((key) =>
      set.lexicon[key as "places"].flatMap((entry) => entry.concepts),
    ),
    ...set.lexicon.profiling,
    ...set.lexicon.rules,
    ...set.lexicon.denials,
    ...set.lexicon.unregistered.concepts,
  ];
  for (const concept of named)
    if (!(concept in set.reader.concepts))
      faults.push({ near: "concepts:", reason: `the lexicon has no concept ${concept}` });
  for (const label of set.reader.labels)
    if (!["none", "rules"].includes(label) && !slugs.has(label))
      faults.push({ near: "purposes:", reason: `the examples are labelled ${label}, which is no purpose` });
  for (const p of known.purposesInUse)
    if (!slugs.has(p))
      faults.push({
        near: "purposes:",
        reason: `the register approves a purpose ${p} that is not listed here`,
      });
  if (set.translations) faults.push(...translationFaults(set, set.translations));
  return faults;
}
