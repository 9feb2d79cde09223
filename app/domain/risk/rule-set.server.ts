import { desc, eq } from "drizzle-orm";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { Db } from "#db/client.server.ts";
import { ruleSet } from "#db/schema/risk.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { ContentError, parseYaml } from "../content/source.ts";
import { type StoredReader, storedReader } from "./stored-reader.ts";
import { type RuleSet, crossCheck, legalFile, lexicon, organisationRules, purposesFile } from "./rule-set.ts";
import { type TranslatedLanguage, translationFile } from "./translation.ts";

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
    reader: loadReader(join(dir, "rules")),
    translations: {
      de: yaml(translationOf("de"), translationFile),
      fr: yaml(translationOf("fr"), translationFile),
      es: yaml(translationOf("es"), translationFile),
    },
  };
  const [fault] = crossCheck(set, known);
  if (fault) {
    const files = fault.language ? [translationOf(fault.language)] : ruleFiles;
    const [file, line] = locate(dir, files, fault.near);
    throw new ContentError(file, line, fault.reason);
  }
  return set;
}

const translationOf = (language: TranslatedLanguage): string => join("translations", `${language}.yaml`);

/** The reader, if it was made from the lexicon and examples that stand beside it. */
function loadReader(rules: string): StoredReader {
  const file = join(rules, "reader.json");
  const parsed = storedReader.safeParse(JSON.parse(read(file)));
  if (!parsed.success)
    throw new ContentError(file, 1, `${parsed.error.issues[0]?.message}; run npm run train-reader`);
  const now = readerSources(rules);
  const names = new Set([...Object.keys(now), ...Object.keys(parsed.data.sources)]);
  for (const name of [...names].toSorted())
    if (now[name] !== parsed.data.sources[name])
      throw new ContentError(
        join(rules, name),
        1,
        "the reader was made from another version: run npm run train-reader",
      );
  return parsed.data;
}

/** SHA-256 of each file that the reader is made from, by its path under `rules/`. */
export function readerSources(rules: string): Record<string, string> {
  const folders = ["lexicon", "examples"].flatMap((folder) => {
    if (!existsSync(join(rules, folder)))
      throw new ContentError(join(rules, folder), 1, "this folder is missing");
    return readdirSync(join(rules, folder))
      .filter((name) => name.endsWith(".yaml"))
      .toSorted()
      .map((name) => `${folder}/${name}`);
  });
  const paths = [...folders, "asked.yaml"];
  return Object.fromEntries(paths.map((path) => [path, sha256(read(join(rules, path)))]));
}

function read(file: string): string {
  if (!existsSync(file)) throw new ContentError(file, 1, "this file is missing");
  return readFileSync(file, "utf8");
}

const ruleFiles = ["organisation.yaml", "legal.yaml", "purposes.yaml"];

/** The last place in the files where a line says, or begins with, a text: of two equal ids, the one to mend. */
function locate(dir: string, files: readonly string[], near: string): [file: string, line: number] {
  const says = (row: string): boolean => row === near || row.startsWith(`${near} `);
  const paths = files.map((name) => join(dir, "rules", name));
  for (const file of paths) {
    const line = read(file)
      .split("\n")
      .findLastIndex((row) => says(row.trim().replace(/^- /, "")));
    if (line >= 0) return [file, line + 1];
  }
  return [paths.at(-1) ?? dir, 1];
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
  const [row] = await db
    .select({ hash: ruleSet.hash })
    .from(ruleSet)
    .orderBy(desc(ruleSet.currentSince))
    .limit(1);
  return row ? { hash: row.hash, body: await rulesOf(db, row.hash) } : null;
}

/** A set is large and never changes, so the one in use is kept in memory. */
let kept: { hash: string; body: RuleSet } | null = null;

/** The rules that a stored question was judged by. Throws when they are not there. */
export async function rulesOf(db: Db, hash: string): Promise<RuleSet> {
  if (kept?.hash === hash) return kept.body;
  const [row] = await db.select({ body: ruleSet.body }).from(ruleSet).where(eq(ruleSet.hash, hash));
  if (!row) throw new Error(`the rule set ${hash} is missing`);
  kept = { hash, body: row.body };
  return row.body;
}
