import { CsvError, parse } from "csv-parse/sync";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type EvaluationReport, parseReport } from "#app/domain/assistant/evaluation-report.ts";
import { loadGlossary } from "#app/domain/assistant/glossary.server.ts";
import { type CaseEntry, casesFile } from "#app/domain/cases/case.ts";
import { loadMails } from "#app/domain/communication/mail-book.server.ts";
import { remindersFile } from "#app/domain/competence/reminder.ts";
import { requirement } from "#app/domain/competence/requirement.ts";
import type { Module } from "#app/domain/content/module.ts";
import { namesSystem } from "#app/domain/content/reader.ts";
import { aiRoles } from "#app/domain/people/ai-role.ts";
import { termsFile } from "#app/domain/content/term.ts";
import {
  checkCitations,
  moduleFiles,
  type ModuleSource,
  parseSource,
} from "#app/domain/content/module-source.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import {
  checkFile,
  checkFileName,
  checkTranslationFile,
  translationFault,
  type WrittenCheck,
} from "#app/domain/content/policy-check.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { ContentError, lineOf, parsePolicy, parseYaml } from "#app/domain/content/source.ts";
import { retentionFile, type RetentionRule } from "#app/domain/people/retention.ts";
import { checkPeople, type PersonRow } from "#app/domain/people/import.ts";
import { aiSystem } from "#app/domain/register/ai-system.ts";
import { loadRules } from "#app/domain/risk/rule-set.server.ts";

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

/** Reads a content folder. Throws {@link ContentError} with file, line and reason of the first fault. */
export function loadContent(dir: string) {
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

  const organisation = yaml("organisation.yaml", organisationFile);
  const policies = folders("policies").flatMap((slug) =>
    readdirSync(join(dir, "policies", slug))
      .filter((name) => name.endsWith(".md"))
      .toSorted()
      .map((name) =>
        readPolicy(read(`policies/${slug}/${name}`), join(dir, "policies", slug, name), slug, name),
      ),
  );
  const checks = folders("policies").flatMap((slug) =>
    readChecks(
      join(dir, "policies", slug),
      slug,
      policies.filter((one) => one.slug === slug),
    ),
  );
  const written = folders("modules").map((slug) => readModule(join(dir, "modules", slug), slug));
  const modules = written.map((one) => one.module);
  const sources = Object.fromEntries(written.map(({ module, source }) => [module.slug, source]));
  const systems = yaml("register.yaml", z.strictObject({ systems: z.array(aiSystem) })).systems;
  const { requirements } = yaml("requirements.yaml", z.strictObject({ requirements: z.array(requirement) }));
  const people = readPeople(read("people.csv"), join(dir, "people.csv"));
  const cases = yaml("cases.yaml", casesFile).cases;
  const rules = loadRules(dir, {
    clauses: clausesIn(policies),
    purposesInUse: systems.flatMap((s) => s.approvals.flatMap((a) => a.purposes)),
  });

  // An organisation whose folder says nothing deletes nothing by time.
  const retention: RetentionRule[] = existsSync(join(dir, "retention.yaml"))
    ? yaml("retention.yaml", retentionFile).rules
    : [];
  const evaluation = readEvaluation(join(dir, "evaluation.json"));
  const glossary = loadGlossary(dir);
  const terms = existsSync(join(dir, "glossary.yaml")) ? yaml("glossary.yaml", termsFile).terms : [];

  const mails = loadMails(dir);
  const reminders = yaml("reminders.yaml", remindersFile);

  checkReferences(dir, { modules, sources, policies, requirements, people, systems, cases });
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

function readModule(folder: string, slug: string): { module: Module; source: ModuleSource } {
  const source: Record<string, string> = Object.fromEntries(
    moduleFiles
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const figures = join(folder, "figures");
  if (existsSync(figures))
    for (const name of readdirSync(figures).toSorted())
      source[`figures/${name}`] = readFileSync(join(figures, name), "utf8");
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

/** Checks what one file says of another: clauses cited, modules required, policies acknowledged, people named. */
function checkReferences(
  dir: string,
  content: {
    modules: Module[];
    sources: Readonly<Record<string, ModuleSource>>;
    policies: Policy[];
    requirements: z.infer<typeof requirement>[];
    people: PersonRow[];
    systems: z.infer<typeof aiSystem>[];
    cases: CaseEntry[];
  },
): void {
  const clauses = clausesIn(content.policies);
  const policies = new Set(content.policies.map((p) => p.slug));
  const people = new Set(content.people.map((p) => p.id));
  const modules = new Set(content.modules.map((m) => m.slug));
  for (const module of content.modules) {
    const folder = join(dir, "modules", module.slug);
    checkCitations(module, content.sources[module.slug] ?? {}, folder, { clauses, policies });
  }
  for (const policy of content.policies) {
    const file = join(dir, "policies", policy.slug, `${policy.version}.md`);
    mustKnow(people, policy.owner, file, "owner:", "nobody has the id");
    mustKnow(people, policy.approver, file, "approver:", "nobody has the id");
  }
  for (const requirement of content.requirements) {
    mustKnow(
      modules,
      requirement.module,
      join(dir, "requirements.yaml"),
      requirement.slug,
      "there is no module",
    );
    const known = content.systems.some((system) => system.slug === requirement.system);
    const module = content.modules.find((one) => one.slug === requirement.module);
    const fault =
      requirement.system !== undefined && !known
        ? `the register has no system ${requirement.system}`
        : requirement.system === undefined && module && namesSystem(JSON.stringify(module))
          ? `the module ${module.slug} is about a system: name it as system`
          : null;
    if (fault) {
      const file = join(dir, "requirements.yaml");
      const line = readFileSync(file, "utf8")
        .split("\n")
        .findIndex((row) => row.includes(`slug: ${requirement.slug}`));
      throw new ContentError(file, Math.max(1, line + 1), fault);
    }
  }
  for (const system of content.systems) {
    const file = join(dir, "register.yaml");
    for (const id of [system.owner, ...system.overseers])
      mustKnow(people, id, file, `slug: ${system.slug}`, "nobody has the id");
    for (const approval of system.approvals)
      mustKnow(clauses, approval.clause, file, approval.id, "no policy has the clause");
  }
  for (const entry of content.cases) {
    const file = join(dir, "cases.yaml");
    for (const id of [entry.requester, entry.decidedBy])
      mustKnow(people, id, file, `id: ${entry.id}`, "nobody has the id");
    for (const clause of entry.clauses)
      mustKnow(clauses, clause, file, `id: ${entry.id}`, "no policy has the clause");
  }
}

/** Every clause of every version, as `slug#number`. */
function clausesIn(policies: readonly Policy[]): Set<string> {
  return new Set(policies.flatMap((p) => p.clauses.map((c) => `${p.slug}#${c.number}`)));
}

function mustKnow(
  known: Set<string>,
  value: string | undefined,
  file: string,
  near: string | undefined,
  reason: string,
): void {
  if (value === undefined || known.has(value)) return;
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((row) => near !== undefined && row.includes(near)) + 1;
  throw new ContentError(file, Math.max(1, line), `${reason} ${value}`);
}
