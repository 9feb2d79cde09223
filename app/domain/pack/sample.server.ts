import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { sampleDraw } from "#db/schema/pack.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { sha256 } from "../audit/event.ts";
import { type Actor, allow, can, Forbidden } from "../people/permission.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import { coversDepartment, coversRequirement } from "../people/seat.ts";
import { visiblePeople } from "../competence/board-row.server.ts";
import { peoplePages, standingsOf } from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import type { PackScope } from "./scope.ts";
import {
  algorithm,
  drawSample,
  populationText,
  type SampleFilter,
  type SampleInput,
  type SampleRefusal,
} from "./sample.ts";

export type Drawn = { ok: true; id: string } | { ok: false; reason: SampleRefusal };

/**
 * Draws a random sample and keeps it with all that is needed to draw it again. Without a seed one is made. The population are
 * those who stood in the state (or in any) at the end of the day, of whom the actor may see the records.
 */
export async function drawNew(db: Db, actor: Actor, input: SampleInput, now: Date): Promise<Drawn> {
  if (!can(actor, "sample.draw")) throw new Forbidden("sample.draw");
  const { purpose, size, requirement, department, state, asAt } = input;
  const filter: SampleFilter = { requirement, department, state, asAt };
  if (asAt > now.toISOString().slice(0, 10)) return { ok: false, reason: "future" };
  const outside =
    (department !== null && actor.scope !== undefined && !coversDepartment(actor.scope, department)) ||
    (requirement !== null && !coversRequirement(actor.scope, requirement));
  if (outside) return { ok: false, reason: "outside" };
  return db.transaction(async (tx) => {
    const people = await populationOf(tx, actor, filter, now);
    if (people.length === 0) return { ok: false, reason: "nobody" };
    const seed = input.seed ?? randomBytes(8).toString("hex");
    const population = populationText(people);
    const id = randomUUID();
    const populationHash = sha256(population);
    await tx.insert(sampleDraw).values({
      id,
      purpose,
      filter,
      algorithm,
      seed,
      size: Math.min(size, people.length),
      populationSize: people.length,
      populationHash,
      population,
      picked: drawSample(people, seed, size),
      drawnBy: actor.id,
      drawnAt: now,
    });
    const data = { population: people.length, populationHash, seed, size, algorithm };
    await recordEvents(
      tx,
      actor,
      [{ type: "sample.drawn", subjectType: "sample", subjectId: id, data }],
      now,
    );
    return { ok: true, id };
  });
}

/** Pseudonyms of all who match. */
async function populationOf(db: Db, actor: Actor, filter: SampleFilter, now: Date): Promise<string[]> {
  const scope: PackScope = {
    departments: filter.department === null ? list(actor.scope?.departments) : [filter.department],
    requirements: filter.requirement === null ? list(actor.scope?.requirements) : [filter.requirement],
    from: filter.asAt,
    until: filter.asAt,
    asAt: knownBy(filter, now).toISOString(),
    keys: false,
    samples: "own",
  };
  const requirements = await requirementsIn(db, scope);
  const found: string[] = [];
  for await (const people of peoplePages(db, scope)) {
    const standings = await standingsOf(db, people, scope, requirements);
    for (const { person: one, cells } of standings)
      if (cells.some((cell) => filter.state === null || cell.state === filter.state))
        found.push(one.pseudonym);
  }
  return found;
}

/** The end of the day that a draw is of; of a day that has not ended, the moment of the draw. */
function knownBy({ asAt }: SampleFilter, drawnAt: Date): Date {
  const end = new Date(Date.parse(`${asAt}T00:00:00Z`) + 86_400_000 - 1);
  return end < drawnAt ? end : drawnAt;
}

const list = (of: readonly string[] | null | undefined): string[] | null => (of ? [...of] : null);

/** A draw as a list shows it. */
export type SampleRow = {
  id: string;
  purpose: string;
  filter: SampleFilter;
  seed: string;
  size: number;
  populationSize: number;
  drawnAt: Date;
  drawnBy: string;
};

const columns = {
  id: sampleDraw.id,
  purpose: sampleDraw.purpose,
  filter: sampleDraw.filter,
  seed: sampleDraw.seed,
  size: sampleDraw.size,
  populationSize: sampleDraw.populationSize,
  drawnAt: sampleDraw.drawnAt,
  drawnById: sampleDraw.drawnBy,
  drawnBy: person.name,
};

/** The draws there were, newest first: all of them, or those of a seat alone. */
export async function samples(db: Db, actor: Actor): Promise<SampleRow[]> {
  if (!can(actor, "sample.draw")) throw new Forbidden("sample.draw");
  const rows = await db
    .select(columns)
    .from(sampleDraw)
    .leftJoin(person, eq(person.id, sampleDraw.drawnBy))
    .where(can(actor, "sample.read_all") ? undefined : eq(sampleDraw.drawnBy, actor.id))
    .orderBy(desc(sampleDraw.drawnAt), desc(sampleDraw.id))
    .limit(100);
  return rows.map(({ drawnById, ...row }) => ({ ...row, drawnBy: row.drawnBy ?? drawnById }));
}

/** One draw with the people drawn, in the order of the draw. */
export type Sample = SampleRow & {
  algorithm: string;
  populationHash: string;
  /** `id` is null where the reader may not see them (any more). */
  people: { pseudonym: string; id: string | null; name: string | null; department: string | null }[];
};

/** One draw, with names and departments as they were known of its day; null when there is none, or when it is somebody else's and not the reader's to see. Whose names were shown is recorded. */
export async function sample(db: Db, actor: Actor, id: string, now: Date): Promise<Sample | null> {
  if (!can(actor, "sample.draw")) throw new Forbidden("sample.draw");
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({
        ...columns,
        algorithm: sampleDraw.algorithm,
        populationHash: sampleDraw.populationHash,
        picked: sampleDraw.picked,
      })
      .from(sampleDraw)
      .leftJoin(person, eq(person.id, sampleDraw.drawnBy))
      .where(eq(sampleDraw.id, id));
    if (!row || (row.drawnById !== actor.id && !can(actor, "sample.read_all"))) return null;
    const { picked, drawnById, ...rest } = row;
    const { asAt: day } = row.filter;
    const mayBeSeen = sql`${person.id} in (
      select person.id from person where ${actor.scope ? visiblePeople(actor, "record.read", now) : sql`true`})`;
    const found = await tx
      .select({
        id: person.id,
        pseudonym: person.pseudonym,
        name: person.name,
        department: person.department,
      })
      .from(peopleAsOf({ day, at: knownBy(row.filter, row.drawnAt), known: "then" }))
      .where(and(inArray(person.pseudonym, picked), mayBeSeen));
    const people = picked.map((pseudonym) => {
      const one = found.find((p) => p.pseudonym === pseudonym);
      return { pseudonym, id: one?.id ?? null, name: one?.name ?? null, department: one?.department ?? null };
    });
    await recordEvents(
      tx,
      actor,
      found
        .filter((one) => one.id !== actor.id)
        .map((one) => ({
          type: "record.read",
          subjectType: "person",
          subjectId: one.id,
          data: { personId: one.id, through: "sample" },
        })),
      now,
    );
    return { ...rest, drawnBy: row.drawnBy ?? drawnById, people };
  });
}

/** What the form of a draw offers: departments and requirements that the actor may choose. */
export async function scopeChoices(
  db: Db,
  actor: Actor,
): Promise<{ departments: string[]; requirements: { slug: string; title: string }[] }> {
  if (!can(actor, "sample.draw") && !can(actor, "pack.make")) allow(actor, "seat.manage", {});
  const rows = await db
    .selectDistinct({ department: person.department })
    .from(person)
    .orderBy(person.department);
  const departments = rows.map((row) => row.department).filter((name) => name !== "");
  const ever = { from: "0001-01-01", until: "9999-12-31", asAt: "9999-12-31T23:59:59.999Z" } as const;
  const whole = { departments: null, requirements: null, keys: false, samples: "own" } as const;
  const all = await requirementsIn(db, { ...whole, ...ever });
  return {
    departments: departments.filter((name) => !actor.scope || coversDepartment(actor.scope, name)),
    requirements: all
      .filter((one) => coversRequirement(actor.scope, one.slug))
      .map(({ slug, title }) => ({ slug, title })),
  };
}
