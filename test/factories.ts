import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { asc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { statement } from "#db/schema/lrs.ts";
import { organisation, person } from "#db/schema/people.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import type { issueCertificate } from "#app/domain/evidence/certificate.server.ts";
import { publishContent } from "#app/domain/content/publish.server.ts";
import { parsePolicy, parseYaml } from "#app/domain/content/source.ts";
import { type AiSystem, aiSystem } from "#app/domain/register/ai-system.ts";
import { publishRegister } from "#app/domain/register/ai-system.server.ts";
import { type FactName, type Facts, noFacts } from "#app/domain/risk/facts.ts";
import type { RuleSet } from "#app/domain/risk/rule-set.ts";
import { loadRules, publishRules } from "#app/domain/risk/rule-set.server.ts";
import {
  activityTypes,
  buildStatement,
  type Statement,
  type StatementContext,
  statementId,
} from "#app/domain/evidence/statement.ts";

type Person = typeof person.$inferSelect;

/** All stored statements in the order of storing. */
export async function storedStatements(db: Db): Promise<Statement[]> {
  const rows = await db.select({ body: statement.body }).from(statement).orderBy(asc(statement.seq));
  return rows.map((row) => JSON.parse(row.body) as Statement);
}

/** Every test database's organisation; call once per transaction. */
export async function anOrganisation(tx: Db): Promise<void> {
  await tx
    .insert(organisation)
    .values({
      id: 1,
      kind: "sample",
      name: "Aldermoor Instruments",
      baseIri: "https://learn.aldermoor.example",
      policyContactId: null,
      createdAt: new Date("2026-01-01T00:00:00Z"),
    })
    .onConflictDoNothing();
}

/** A stored person; an employee in `all-staff` unless told otherwise. */
export async function aPerson(tx: Db, overrides: Partial<Person> = {}): Promise<Person> {
  const id = overrides.id ?? `p-${randomUUID().slice(0, 8)}`;
  const row: Person = {
    id,
    pseudonym: randomUUID(),
    email: `${id}@aldermoor.example`,
    name: `Person ${id}`,
    department: "Customer Support",
    title: "Specialist",
    managerId: null,
    location: "Rotterdam",
    timeZone: "Europe/Amsterdam",
    language: "en",
    employmentType: "permanent",
    hiredOn: "2024-01-08",
    leftOn: null,
    computerShare: 90,
    audiences: ["all-staff"],
    roles: ["employee"],
    erasedAt: null,
    ...overrides,
  };
  await tx.insert(person).values(row);
  return row;
}

/** The actor a stored person is when signed in. */
export function actorFor(row: Person): Actor {
  return { id: row.id, name: row.name, roles: row.roles };
}

/** A statement of ours about somebody, as the store takes it; `position` tells several apart and dates them a second apart. */
export function aStatement(
  who: StatementContext,
  overrides: { scope?: string; position?: number; at?: Date; registration?: string } = {},
): Statement {
  const {
    scope = randomUUID(),
    position = 0,
    at = new Date("2026-11-23T10:00:00Z"),
    registration = statementId(scope, "initialized"),
  } = overrides;
  return buildStatement(who, {
    id: statementId(scope, "asked", position),
    at: new Date(at.getTime() + position * 1000),
    verb: "asked",
    object: { path: ["questions", scope], type: activityTypes.question, name: "May I use it?" },
    registration,
  });
}

/** What a completed period hands over to have its certificate issued. */
export function certificateInput(
  personId: string,
  overrides: Partial<Parameters<typeof issueCertificate>[1]> = {},
): Parameters<typeof issueCertificate>[1] {
  return {
    registration: randomUUID(),
    personId,
    title: "AI awareness",
    moduleVersionId: randomUUID(),
    moduleVersion: "1.0.0",
    scorePercent: 92,
    expiresAt: new Date("2027-11-23T10:00:00Z"),
    ...overrides,
  };
}

/** The sample organisation's policies, register and rules, published: what uses of AI are judged by. */
export async function publishedRulebook(
  tx: Db,
  now = new Date("2026-11-23T08:00:00Z"),
): Promise<{ rules: RuleSet; systems: AiSystem[] }> {
  const policies = readdirSync("content/policies", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => parsePolicy(readFileSync(join("content/policies", name), "utf8"), name));
  const register = readFileSync("content/register.yaml", "utf8");
  const { systems } = parseYaml(register, z.object({ systems: z.array(aiSystem) }), "register.yaml");
  const clauses = new Set(policies.flatMap((p) => p.clauses.map((c) => `${p.slug}#${c.number}`)));
  const purposesInUse = systems.flatMap((s) => s.approvals.flatMap((a) => a.purposes));
  const rules = loadRules("content", { clauses, purposesInUse });
  await publishContent(tx, { modules: [], policies }, now);
  await publishRegister(tx, systems, now);
  await publishRules(tx, rules, now);
  return { rules, systems };
}

/** A register entry that is in use. */
export function anAiSystem(overrides: Partial<AiSystem> = {}): AiSystem {
  return aiSystem.parse({
    slug: "hirelens",
    name: "Hirelens",
    vendor: "Hirelens GmbH",
    aliases: [],
    description: "Ranks applications.",
    kind: "ranking",
    owner: "p-ravi",
    status: "in_use",
    aiActRole: "deployer",
    riskClass: "high_risk",
    overseers: [],
    hosting: "European Union",
    registeredOn: "2026-01-01",
    approvals: [],
    ...overrides,
  });
}

/** Facts as chosen by an asker; what is not named stays unknown. */
export function someFacts(
  values: Partial<{ [N in FactName]: NonNullable<Facts[N]>["value"] }> & Pick<Partial<Facts>, "systemName">,
): Facts {
  const { systemName = null, ...known } = values;
  const chosen = Object.entries(known).map(([name, value]) => [
    name,
    { value, source: "chosen", confidence: 1, words: "" },
  ]);
  return { ...noFacts, systemName, ...(Object.fromEntries(chosen) as Partial<Facts>) };
}
