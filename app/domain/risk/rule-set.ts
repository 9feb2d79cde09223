import { z } from "zod";
import { dataClasses } from "../register/terms.ts";
import { affectedGroups, effects, otherPurpose, oversights } from "./facts.ts";
import { rule } from "./rule.ts";

const text = z.string().trim().min(1);
const phrases = z.array(text).min(1);
const slug = z.string().regex(/^[a-z0-9][a-z0-9_]*$/, "use lower-case letters, digits and underscores");

/** What people use AI for, with the words they use for it. */
export const purpose = z.strictObject({
  slug,
  name: text,
  phrases,
  /** Purposes that this one contains. */
  covers: z.array(slug).default([]),
  /** Facts that normally go with the purpose; shown as taken for granted. */
  assumes: z
    .strictObject({
      affected: z.array(z.enum(affectedGroups)).min(1).optional(),
      oversight: z.enum(oversights).optional(),
      effect: z.enum(effects).optional(),
    })
    .default({}),
});
export type Purpose = z.infer<typeof purpose>;

const gives = <T extends readonly [string, ...string[]]>(values: T) =>
  z.array(z.strictObject({ gives: z.array(z.enum(values)).min(1), phrases })).min(1);

/** Everyday words for facts. */
export const lexicon = z.strictObject({
  negations: phrases,
  dataClasses: gives(dataClasses),
  affected: gives(affectedGroups),
  oversight: gives(oversights),
  effect: gives(effects),
  unregistered: z.strictObject({ phrases, names: phrases }),
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
};

/** A purpose in the reader's words. */
export function purposeName(purposes: readonly Purpose[], slugOf: string): string {
  if (slugOf === otherPurpose) return "Something else";
  return purposes.find((p) => p.slug === slugOf)?.name ?? slugOf;
}

/** Purposes that a rule with a result other than `inform` names: those the law or the policy treats with care. */
export function sensitivePurposes(rules: readonly z.infer<typeof rule>[]): Set<string> {
  return new Set(rules.filter((r) => r.result !== "inform").flatMap((r) => r.when.purposes ?? []));
}

/** Faults that only show across the files: unknown purposes, ids that stand twice, clauses that no policy has. */
export function crossCheck(
  set: Pick<RuleSet, "purposes" | "rules">,
  known: { clauses: ReadonlySet<string>; purposesInUse: readonly string[] },
): { near: string; reason: string }[] {
  const slugs = new Set(set.purposes.map((p) => p.slug));
  const ids = new Set<string>();
  const faults: { near: string; reason: string }[] = [];
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
  for (const p of known.purposesInUse)
    if (!slugs.has(p))
      faults.push({
        near: "purposes:",
        reason: `the register approves a purpose ${p} that is not listed here`,
      });
  return faults;
}
