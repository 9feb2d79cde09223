import { desc } from "drizzle-orm";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { Db } from "#db/client.server.ts";
import { ruleSet } from "#db/schema/risk.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { ContentError, parseYaml } from "../content/source.ts";
import { type RuleSet, crossCheck, legalFile, lexicon, organisationRules, purposesFile } from "./rule-set.ts";

/** What the rules are checked against: the clauses policies have, and the purposes the register approves. */
type Known = { clauses: ReadonlySet<string>; purposesInUse: readonly string[] };

/** Reads `rules/` and `prompts/` of a content folder. Throws {@link ContentError} with file, line and reason. */
export function loadRules(dir: string, known: Known): RuleSet {
  const yaml = <S extends z.ZodType>(name: string, schema: S): z.infer<S> => {
    const file = join(dir, "rules", name);
    return parseYaml(read(file), schema, file);
  };
  const organisation = yaml("organisation.yaml", organisationRules);
  const set: RuleSet = {
    purposes: yaml("purposes.yaml", purposesFile).purposes,
    lexicon: yaml("lexicon.yaml", lexicon),
    rules: [...yaml("legal.yaml", legalFile).rules, ...organisation.rules],
    caseDueWorkingDays: organisation.caseDueWorkingDays,
    approvalMonths: organisation.approvalMonths,
    automaticCases: organisation.automaticCases,
    prompts: {
      extract: read(join(dir, "prompts", "extract.md")).trim(),
      phrase: read(join(dir, "prompts", "phrase.md")).trim(),
    },
  };
  const [fault] = crossCheck(set, known);
  if (fault) {
    const [file, line] = locate(dir, fault.near);
    throw new ContentError(file, line, fault.reason);
  }
  return set;
}

function read(file: string): string {
  if (!existsSync(file)) throw new ContentError(file, 1, "this file is missing");
  return readFileSync(file, "utf8");
}

/** The last place where a text stands in the rule files: of two equal ids, the one to mend. */
function locate(dir: string, near: string): [file: string, line: number] {
  for (const name of ["organisation.yaml", "legal.yaml", "purposes.yaml"]) {
    const file = join(dir, "rules", name);
    const line = read(file)
      .split("\n")
      .findLastIndex((row) => row.trim().replace(/^- /, "") === near);
    if (line >= 0) return [file, line + 1];
  }
  return [join(dir, "rules", "purposes.yaml"), 1];
}

/**
 * Makes a rule set the current one, in the caller's transaction; answers the audit entries to record, none when it is
 * current already. Sets are kept by hash, so every question keeps pointing at the rules that judged it.
 */
export async function publishRules(tx: Db, rules: RuleSet, now: Date): Promise<AuditEntry[]> {
  const hash = sha256(canonicalJson(rules));
  const current = await currentRules(tx);
  if (current?.hash === hash) return [];
  await tx
    .insert(ruleSet)
    .values({ hash, body: rules, publishedAt: now, currentSince: now })
    .onConflictDoUpdate({ target: ruleSet.hash, set: { currentSince: now } });
  const data = { slug: "rules", version: hash.slice(0, 12), hash };
  return [{ type: "content.published", subjectType: "rule_set", subjectId: hash, data }];
}

/** The current rule set with its hash, or null before the first publication. */
export async function currentRules(db: Db): Promise<{ hash: string; body: RuleSet } | null> {
  const [row] = await db.select().from(ruleSet).orderBy(desc(ruleSet.currentSince)).limit(1);
  return row ? { hash: row.hash, body: row.body } : null;
}
