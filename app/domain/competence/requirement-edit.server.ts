import { asc, desc, eq, inArray, max, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { newestModule } from "../content/publish.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { assignRequirements, forAllPeople, heldPeriods, type RuleRun } from "./assignment.server.ts";
import { isLive, planPeriods, type RuleEffect, type Some } from "./plan.ts";
import { type Requirement, requirement as shape } from "./requirement.ts";
import { beginRun, type Expected } from "./requirement-run.server.ts";
import { addVersion, bringIntoForce, columnsOf, putInForce } from "./requirement.server.ts";
import { subjectsOf } from "./subject.server.ts";

const shown = 8;

/**
 * What a requirement would do if it read so, to people as they are today; one of a later day as on that day. Reads, and
 * changes nothing.
 */
export async function effectOfRequirement(
  db: Db,
  actor: Actor,
  body: Requirement,
  now: Date,
): Promise<RuleEffect> {
  allow(actor, "requirement.manage", {});
  const at = new Date(Math.max(now.getTime(), Date.parse(`${body.effectiveFrom}T12:00:00Z`)));
  const ids = { assign: [] as string[], end: [] as string[], leave: [] as string[] };
  await forAllPeople(db, async (personIds) => {
    const held = await heldPeriods(db, personIds, body.slug);
    for (const one of await subjectsOf(db, personIds, at)) {
      const own = held.get(one.id) ?? [];
      const { open, end } = planPeriods([body], one, own, at);
      if (end.length > 0) ids.end.push(one.id);
      else if (own.some(isLive)) ids.leave.push(one.id);
      else if (open.length > 0) ids.assign.push(one.id);
    }
  });
  return {
    assign: await some(db, ids.assign),
    end: await some(db, ids.end),
    leave: await some(db, ids.leave),
  };
}

/** How many people, and the first of them by name. */
export async function some(db: Db, ids: readonly string[]): Promise<Some> {
  if (ids.length === 0) return { count: 0, first: [] };
  const first = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(sql`${person.id} = any(${sql.param([...ids])}::text[])`)
    .orderBy(asc(person.name), asc(person.id))
    .limit(shown);
  return { count: ids.length, first };
}

export type EditRefusal = "stale" | "slug_taken" | "no_module" | "ended";

/** Among more people than this a requirement is applied by the schedule, not while somebody waits for the page. */
export const peopleAtOnce = 1000;

/** What came of applying it: at once, or with the schedule. */
export type Applied = RuleRun & { scheduled: boolean };
/** Where it is to be applied by the schedule although there are fewer people, say how many may be at once. */
type Applying = { expected?: Expected | null; atOnce?: number };

/**
 * Writes the next version of a requirement, or the first of a new one, and applies it once its day has come: at once among
 * few people, else by the schedule. `seen` is the number of the version that was edited, 0 for a new one: refused when
 * another came in between. `expected` is what the trial said.
 */
export async function saveRequirement(
  db: Db,
  actor: Actor,
  input: { body: Requirement; reason: string; seen: number } & Applying,
  now: Date,
): Promise<({ ok: true; applied: boolean } & Applied) | { ok: false; reason: EditRefusal }> {
  allow(actor, "requirement.manage", {});
  const body = shape.parse(input.body);
  const { slug } = body;
  const today = now.toISOString().slice(0, 10);
  const saved = await db.transaction(async (tx) => {
    const [known] = await tx.select().from(requirement).where(eq(requirement.slug, slug)).for("update");
    const reason = await refusalOf(tx, { slug, module: body.module, seen: input.seen }, known);
    if (reason) return { ok: false, reason } as const;
    if (known) {
      await tx.update(requirement).set({ origin: "browser" }).where(eq(requirement.slug, slug));
    } else {
      const [last] = await tx.select({ position: max(requirement.position) }).from(requirement);
      const position = (last?.position ?? -1) + 1;
      const created = await tx
        .insert(requirement)
        .values({ slug, ...columnsOf(body), position, origin: "browser" })
        .onConflictDoNothing()
        .returning();
      if (created.length === 0) return { ok: false, reason: "slug_taken" } as const;
    }
    const { id, number } = await addVersion(tx, body, { author: actor.id, reason: input.reason }, now);
    const applied = body.effectiveFrom <= today;
    if (applied || !known) await putInForce(tx, id, body);
    const scheduled = applied && (await scheduleIfMany(tx, actor, { slug, versionId: id, ...input }, now));
    const data = { slug, version: number, effectiveFrom: body.effectiveFrom };
    await recordEvents(
      tx,
      actor,
      [{ type: "requirement.edited", subjectType: "requirement", subjectId: slug, data }],
      now,
    );
    return { ok: true, applied, scheduled } as const;
  });
  if (!saved.ok) return saved;
  const atOnce = saved.applied && !saved.scheduled;
  const run = atOnce ? await assignRequirements(db, actor, { slug }, now) : { opened: 0, ended: 0 };
  return { ...saved, ...run };
}

/** Why a version would not be saved, before anybody is shown what it would do; null where it would. */
export async function saveRefusal(
  db: Db,
  actor: Actor,
  of: { slug: string; module: string; seen: number },
): Promise<EditRefusal | null> {
  allow(actor, "requirement.manage", {});
  const [known] = await db.select().from(requirement).where(eq(requirement.slug, of.slug));
  return refusalOf(db, of, known);
}

async function refusalOf(
  db: Db,
  { slug, module, seen }: { slug: string; module: string; seen: number },
  known: { endedOn: string | null } | undefined,
): Promise<EditRefusal | null> {
  if (seen === 0 && known) return "slug_taken";
  if (seen !== 0 && known?.endedOn != null) return "ended";
  if (!(await newestModule(db, module))) return "no_module";
  return (await newestNumber(db, slug)) === seen ? null : "stale";
}

/** Leaves it to the schedule where there are many people; answers whether it does. */
async function scheduleIfMany(
  tx: Db,
  actor: Actor,
  { slug, versionId, expected = null, atOnce = peopleAtOnce }: { slug: string; versionId: string } & Applying,
  now: Date,
): Promise<boolean> {
  if ((await tx.$count(person)) <= atOnce) return false;
  await beginRun(tx, { slug, versionId, requestedBy: actor.id, expected }, now);
  return true;
}

/**
 * Ends a requirement today: it asks nothing more, its open periods end, and what was proven stays. Null when there is
 * none, or it has ended.
 */
export async function endRequirement(
  db: Db,
  actor: Actor,
  input: { slug: string; reason: string } & Applying,
  now: Date,
): Promise<Applied | null> {
  allow(actor, "requirement.manage", {});
  const { slug, reason } = input;
  const ended = await db.transaction(async (tx) => {
    const [known] = await tx.select().from(requirement).where(eq(requirement.slug, slug)).for("update");
    if (!known || known.endedOn !== null) return null;
    const today = now.toISOString().slice(0, 10);
    const body = { ...known.body, effectiveFrom: today };
    const { id } = await addVersion(tx, body, { author: actor.id, reason, ends: true }, now);
    await tx
      .update(requirement)
      .set({ endedOn: today, origin: "browser", versionId: id })
      .where(eq(requirement.slug, slug));
    const entry: AuditEntry = {
      type: "requirement.ended",
      subjectType: "requirement",
      subjectId: slug,
      data: { slug },
    };
    const scheduled = await scheduleIfMany(tx, actor, { versionId: id, ...input }, now);
    await recordEvents(tx, actor, [entry], now);
    return { scheduled };
  });
  if (!ended) return null;
  const run = ended.scheduled ? { opened: 0, ended: 0 } : await assignRequirements(db, actor, { slug }, now);
  return { ...ended, ...run };
}

/** Puts versions in force whose day has come and runs all rules for all people: for the schedule, and after a start. */
export async function runRequirements(db: Db, now: Date): Promise<RuleRun> {
  await db.transaction((tx) => bringIntoForce(tx, now));
  return assignRequirements(db, system, {}, now);
}

async function newestNumber(db: Db, slug: string): Promise<number> {
  const [row] = await db
    .select({ number: requirementVersion.number })
    .from(requirementVersion)
    .where(eq(requirementVersion.requirementSlug, slug))
    .orderBy(desc(requirementVersion.number))
    .limit(1);
  return row?.number ?? 0;
}

/** Names of people by id, for pages that say who decided; the id where there is no such person. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<(id: string) => string> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: person.id, name: person.name })
          .from(person)
          .where(inArray(person.id, [...new Set(ids)]));
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => names.get(id) ?? (id === system.id ? system.name : id);
}
