import { parse } from "csv-parse/sync";
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Db } from "#db/client.server.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import { parsePolicy, parseYaml } from "#app/domain/content/source.ts";
import { checkPeople, type PersonRow } from "#app/domain/people/import.ts";
import { loadGlossary, publishGlossary } from "#app/domain/assistant/glossary.server.ts";
import { indexPassages } from "#app/domain/assistant/passage.server.ts";
import { importPeople } from "#app/domain/people/import.server.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";
import { type AiSystem, aiSystem } from "#app/domain/register/ai-system.ts";
import { approvalOf } from "#app/domain/register/approval.ts";
import type { RuleSet } from "#app/domain/risk/rule-set.ts";
import { loadRules } from "#app/domain/risk/rule-set.server.ts";
import { anOrganisation, publishedRulebook } from "./factories.ts";

type Sample = { policies: Policy[]; systems: AiSystem[]; people: PersonRow[] };

let content: Sample | undefined;
let rules: RuleSet | undefined;

/** Policies, register and people of the sample organisation, read once per test file; modules are left alone. */
export function sampleContent(): Sample {
  content ??= readSample("content");
  return content;
}

function readSample(dir: string): Sample {
  const text = (path: string): string => readFileSync(`${dir}/${path}`, "utf8");
  const policies = readdirSync(`${dir}/policies`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => parsePolicy(text(`policies/${path}`), path));
  const register = z.strictObject({ systems: z.array(aiSystem) });
  const people = checkPeople(parse(text("people.csv"), { columns: true, skip_empty_lines: true, bom: true }));
  if (!people.ok) throw new Error(`people.csv: ${people.faults[0]?.reason}`);
  const { systems } = parseYaml(text("register.yaml"), register, "register.yaml");
  return { policies, systems, people: people.people };
}

/** What the rule files are checked against. */
export function sampleKnown(): Parameters<typeof loadRules>[1] {
  const { policies, systems } = sampleContent();
  return {
    clauses: new Set(policies.flatMap((p) => p.clauses.map((c) => `${p.slug}#${c.number}`))),
    purposesInUse: systems.flatMap((s) => s.approvals.flatMap((a) => a.purposes)),
  };
}

export function sampleRules(): RuleSet {
  rules ??= loadRules("content", sampleKnown());
  return rules;
}

/** Systems and approvals as the register content states them. */
export function sampleRegister() {
  const { systems } = sampleContent();
  return { systems, approvals: systems.flatMap((s) => s.approvals.map((a) => approvalOf(s.slug, a))) };
}

/** Publishes organisation, people, policies, register, rules and glossary of the sample organisation, without modules. */
export async function publishSample(tx: Db, now: Date): Promise<void> {
  await anOrganisation(tx);
  await importPeople(tx, sampleContent().people, system, now);
  await publishedRulebook(tx, now);
  await publishGlossary(tx, loadGlossary("content"));
  await indexPassages(tx, now);
}

/** Somebody of the sample organisation, signed in. */
export function samplePerson(id: string): Actor {
  const row = sampleContent().people.find((p) => p.id === id);
  if (!row) throw new Error(`nobody in people.csv has the id ${id}`);
  return { id, name: row.name, roles: row.roles };
}
