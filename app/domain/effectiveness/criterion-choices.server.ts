import { and, arrayOverlaps, gt, isNull, ne, or, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { currentRequirements } from "../competence/requirement.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { evaluatorRoles } from "./criterion.ts";

export type Named = { id: string; name: string };

/** What a criterion can name. */
export type CriterionChoices = {
  requirements: { slug: string; title: string }[];
  audiences: string[];
  departments: string[];
  evaluators: (Named & { title: string })[];
};

/** What the actor can choose from when writing a criterion. */
export async function criterionChoices(db: Db, actor: Actor, now: Date): Promise<CriterionChoices> {
  allow(actor, "effectiveness.manage", {});
  const rows = await db
    .selectDistinct({ department: person.department, audiences: person.audiences })
    .from(person)
    .where(stillThere(now));
  const sorted = (names: string[]): string[] => [...new Set(names)].toSorted();
  return {
    requirements: (await currentRequirements(db)).map(({ slug, title }) => ({ slug, title })),
    audiences: sorted(rows.flatMap((row) => row.audiences)),
    departments: sorted(rows.map((row) => row.department)),
    evaluators: await evaluatorsFor(db, actor, now),
  };
}

/** Those whom the actor can name as evaluators: everybody who may evaluate and is still there, but the actor. */
export async function evaluatorsFor(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<CriterionChoices["evaluators"]> {
  const rows = await db
    .select({ id: person.id, name: person.name, title: person.title })
    .from(person)
    .where(and(ne(person.id, actor.id), stillThere(now), arrayOverlaps(person.roles, [...evaluatorRoles])))
    .orderBy(person.name);
  return rows;
}

/** Everybody who can be given something to do. */
export async function possibleOwners(db: Db, now: Date): Promise<Named[]> {
  return db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(stillThere(now))
    .orderBy(person.name, person.id)
    .limit(2000);
}

const stillThere = (now: Date): SQL | undefined =>
  or(isNull(person.leftOn), gt(person.leftOn, now.toISOString().slice(0, 10)));
