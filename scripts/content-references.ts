import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { CaseEntry } from "#app/domain/cases/case.ts";
import type { requirement } from "#app/domain/competence/requirement.ts";
import type { Module } from "#app/domain/content/module.ts";
import { checkCitations, type ModuleSource } from "#app/domain/content/module-source.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import { namesSystem } from "#app/domain/content/reader.ts";
import { ContentError, type Reading } from "#app/domain/content/source.ts";
import type { PersonRow } from "#app/domain/people/import.ts";
import type { aiSystem } from "#app/domain/register/ai-system.ts";

/** Keeps what one file says of another that is not so: clauses cited, modules required, policies acknowledged, people named. */
export function checkReferences(
  reading: Reading,
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
  const mustKnow = (
    ...about: [Set<string>, string | undefined, string, string | undefined, string]
  ): void => {
    reading.of(() => mustBeKnown(...about));
  };
  for (const module of content.modules) {
    const folder = join(dir, "modules", module.slug);
    reading.of(() =>
      checkCitations(module, content.sources[module.slug] ?? {}, folder, { clauses, policies }),
    );
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
      reading.of(() => {
        throw new ContentError(file, Math.max(1, line + 1), fault);
      });
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
export function clausesIn(policies: readonly Policy[]): Set<string> {
  return new Set(policies.flatMap((p) => p.clauses.map((c) => `${p.slug}#${c.number}`)));
}

function mustBeKnown(
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
