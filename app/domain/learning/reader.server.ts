import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import type { NamedSystem, Reader } from "../content/reader.ts";

/** Who reads the module of a period: its learner, in this organisation, about the system of its requirement. */
export async function readerOf(db: Db, registration: string): Promise<Reader> {
  const [row] = await db
    .select({ audiences: person.audiences, aiRoles: organisation.aiRoles, system: aiSystem.body })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .leftJoin(organisation, sql`true`)
    .leftJoin(aiSystem, eq(aiSystem.slug, sql`${requirement.body} ->> 'system'`))
    .where(eq(period.id, registration));
  return {
    audiences: row?.audiences ?? [],
    aiRoles: row?.aiRoles ?? [],
    system: row?.system ? namedSystem(row.system) : null,
  };
}

/** A registered system as modules name it: what it is for is the first sentence of its entry. */
export function namedSystem(system: {
  name: string;
  vendor: string;
  description: string;
  kind: string;
  highRiskArea?: string | undefined;
}): NamedSystem {
  const [purpose = ""] = system.description.split(/(?<=\.)\s/);
  return {
    name: system.name,
    vendor: system.vendor,
    purpose: purpose.trim(),
    area: (system.highRiskArea ?? system.kind).replaceAll("_", " "),
  };
}
