import { CsvError, parse } from "csv-parse/sync";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type EvaluationReport, parseReport } from "#app/domain/assistant/evaluation-report.ts";
import { loadGlossary } from "#app/domain/assistant/glossary.server.ts";
import { casesFile } from "#app/domain/cases/case.ts";
import { loadMails } from "#app/domain/communication/mail-book.server.ts";
import { remindersFile } from "#app/domain/competence/reminder.ts";
import { requirement } from "#app/domain/competence/requirement.ts";
import type { Module } from "#app/domain/content/module.ts";
import { aiRoles } from "#app/domain/people/ai-role.ts";
import { termsFile } from "#app/domain/content/term.ts";
import { moduleFiles, type ModuleSource, parseSource } from "#app/domain/content/module-source.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import {
  checkFile,
  checkFileName,
  checkTranslationFile,
  translationFault,
  type WrittenCheck,
} from "#app/domain/content/policy-check.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { ContentError, lineOf, parsePolicy, parseYaml, Reading } from "#app/domain/content/source.ts";
import { marksFile } from "#app/domain/content/wording.ts";
import { retentionFile, type RetentionRule } from "#app/domain/people/retention.ts";
import { checkPeople, type PersonRow } from "#app/domain/people/import.ts";
import { aiSystem } from "#app/domain/register/ai-system.ts";
import { loadRules } from "#app/domain/risk/rule-set.server.ts";
import { checkReferences, clausesIn } from "./content-references.ts";

const organisationFile = z.strictObject({
  name: z.string().min(1),
  description: z.string(),
  aiRoles: z.array(z.enum(aiRoles)).min(1),
  domain: z.string(),
  policyContact: z.string(),
  escalation: z.strictObject({ reviewer: z.string(), secondReviewer: z.string() }),
});

/** Everything an organisation's content folder says, validated and cross-checked. */
export type Content = ReturnType<typeof loadContent>;

/**
 * Reads a content folder. Throws {@link ContentError} with file, line and reason of each fault; what one file says of another
 * is looked at once every file can be read.
 */
export function loadContent(dir: string) {
  const reading = new Reading();
  const read = (path: string): string => {
    const file = join(dir, path);
    if (!existsSync(file)) throw new ContentError(file, 1, "this file is missing");
    return readFileSync(file, "utf8");
  };
  const yaml = <S extends z.ZodType>(path: string, schema: S): z.infer<S> =>
    parseYaml(read(path), schema, join(dir, path));
  const folders = (path: string): string[] => {
    if (!existsSync(join(dir, path))) throw new ContentError(join(dir, path), 1, "this folder is missing");
    return readdirSync(join(dir, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  };

  const organisation = reading.of(() => yaml("organisation.yaml", organisationFile));
  const policyFolders = reading.of(() => folders("policies")) ?? [];
  const policies = policyFolders.flatMap((slug) =>
    readdirSync(join(dir, "policies", slug))
      .filter((name) => name.endsWith(".md"))
      .toSorted()
      .flatMap(
        (name) =>
          reading.of(() =>
            readPolicy(read(`policies/${slug}/${name}`), join(dir, "policies", slug, name), slug, name),
          ) ?? [],
      ),
  );
  const checks = policyFolders.flatMap(
    (slug) =>
      reading.of(() =>
        readChecks(
          join(dir, "policies", slug),
          slug,
          policies.filter((one) => one.slug === slug),
        ),
      ) ?? [],
  );
  const written = (reading.of(() => folders("modules")) ?? []).flatMap(
    (slug) => reading.of(() => readModule(join(dir, "modules", slug), slug)) ?? [],
  );
  const modules = written.map((one) => one.module);
  const sources = Object.fromEntries(written.map(({ module, source }) => [module.slug, source]));
  const systems = reading.of(
    () => yaml("register.yaml", z.strictObject({ systems: z.array(aiSystem) })).systems,
  );
  const requirements = reading.of(
    () => yaml("requirements.yaml", z.strictObject({ requirements: z.array(requirement) })).requirements,
  );
  const people = reading.of(() => readPeople(read("people.csv"), join(dir, "people.csv")));
  const cases = reading.of(() => yaml("cases.yaml", casesFile).cases);

  // An organisation whose folder says nothing deletes nothing by time.
  const retention: RetentionRule[] | undefined = existsSync(join(dir, "retention.yaml"))
    ? reading.of(() => yaml("retention.yaml", retentionFile).rules)
    : [];
  const evaluation = reading.of(() => readEvaluation(join(dir, "evaluation.json")));
  const glossary = reading.of(() => loadGlossary(dir));
  const terms = existsSync(join(dir, "glossary.yaml"))
    ? reading.of(() => yaml("glossary.yaml", termsFile).terms)
    : [];
  const mails = reading.of(() => loadMails(dir));
  const reminders = reading.of(() => yaml("reminders.yaml", remindersFile));
  reading.end();
  if (!organisation || !systems || !requirements || !people || !cases || !retention)
    throw new Error("a file that cannot be read has a fault");
  if (evaluation === undefined || !glossary || !terms || !mails || !reminders)
    throw new Error("a file that cannot be read has a fault");

  const rules = reading.of(() =>
    loadRules(dir, {
      clauses: clausesIn(policies),
      purposesInUse: systems.flatMap((s) => s.approvals.flatMap((a) => a.purposes)),
    }),
  );
  checkReferences(reading, dir, { modules, sources, policies, requirements, people, systems, cases });
  reading.end();
  if (!rules) throw new Error("a file that cannot be read has a fault");
  return {
    organisation,
    policies,
    /** Comprehension checks of policy versions. */
    checks,
    modules,
    /** What each module was read from, by slug. */
    sources,
    systems,
    requirements,
    people,
    cases,
    rules,
    evaluation,
    retention,
    glossary,
    terms,
    mails,
    reminders,
  };
}

function readPolicy(text: string, file: string, slug: string, name: string): Policy {
  const policy = parsePolicy(text, file);
  if (policy.slug !== slug)
    throw new ContentError(file, 2, `the folder is ${slug}, the slug is ${policy.slug}`);
  if (name !== `${policy.version}.md`)
    throw new ContentError(file, 2, `the file of version ${policy.version} is named ${policy.version}.md`);
  return policy;
}

/** The checks beside the versions of a policy; see `checkFile`. */
function readChecks(folder: string, slug: string, policies: readonly Policy[]): WrittenCheck[] {
  const names = readdirSync(folder).toSorted();
  const files = names.flatMap((name) => {
    const named = checkFileName(name);
    return named ? [{ ...named, file: join(folder, name) }] : [];
  });
  return files
    .filter((one) => one.language === sourceLanguage)
    .map(({ version, file }) => {
      const text = readFileSync(file, "utf8");
      const { items } = parseYaml(text, checkFile, file);
      const policy = policies.find((one) => one.version === version);
      if (!policy) throw new ContentError(file, 1, `there is no version ${version} of this policy`);
      for (const [i, item] of items.entries())
        if (!policy.clauses.some((clause) => clause.number === item.clause))
          throw new ContentError(
            file,
            lineOf(text, ["items", i, "clause"]),
            `version ${version} has no clause ${item.clause}`,
          );
      const translations = files
        .filter((one) => one.version === version && one.language !== sourceLanguage)
        .map(({ language, file: translated }) => {
          const parsed = parseYaml(readFileSync(translated, "utf8"), checkTranslationFile, translated);
          const fault = translationFault({ items }, parsed);
          if (fault) throw new ContentError(translated, 1, fault);
          return { language, ...parsed };
        });
      return { slug, version, body: { items, translations } };
    });
}

/** The files of a module in its folder, faulty or not. */
export function readSource(folder: string): ModuleSource {
  const source: Record<string, string> = Object.fromEntries(
    [...moduleFiles, marksFile]
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const figures = join(folder, "figures");
  if (existsSync(figures))
    for (const name of readdirSync(figures).toSorted())
      source[`figures/${name}`] = readFileSync(join(figures, name), "utf8");
  return source;
}

function readModule(folder: string, slug: string): { module: Module; source: ModuleSource } {
  const source = readSource(folder);
  const module = parseSource(source, folder);
  if (module.slug !== slug)
    throw new ContentError(join(folder, "module.md"), 2, `the folder is ${slug}, the slug is ${module.slug}`);
  return { module, source };
}

/** The report of `npm run eval -- --write`; an organisation that has measured nothing has none. */
function readEvaluation(file: string): EvaluationReport | null {
  return existsSync(file) ? parseReport(readFileSync(file, "utf8"), file) : null;
}

/** The people of a file, all or none: throws {@link ContentError} for the first row that is not in order. */
export function readPeople(csv: string, file: string, today: string | null = null): PersonRow[] {
  const checked = checkPeople(readRecords(csv, file), today);
  if (checked.ok) return checked.people;
  const [fault] = checked.faults;
  throw new ContentError(file, fault?.row ?? 1, `column ${fault?.column}: ${fault?.reason}`);
}

function readRecords(csv: string, file: string): Record<string, string>[] {
  try {
    return parse(csv, { columns: true, skip_empty_lines: true, bom: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error["lines"];
    throw new ContentError(file, typeof line === "number" ? line : 1, error.message);
  }
}
