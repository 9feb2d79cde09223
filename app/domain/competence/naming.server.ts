import { and, asc, count, eq, gte, inArray, isNull, or } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { naming } from "#db/schema/naming.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";
import { dayOf } from "./board-row.server.ts";
import type { NamingRefusal } from "./naming.ts";
import { namesOf } from "./requirement-edit.server.ts";
import { namingCounts } from "./subject.server.ts";

type Named = { ok: true; namingId: string } | { ok: false; reason: NamingRefusal | "own" };

/**
 * Has a requirement ask people by name whom its rule does not ask, until a last day or until it is ended: a fact of the
 * person, so that every later run of the rules keeps it (ISO/IEC 42001 7.2 a). Answers what came of each; who is not known
 * is left out. In one transaction with the periods that it opens.
 */
export async function nameForRequirement(
  db: Db,
  actor: Actor,
  input: { requirement: string; personIds: readonly string[]; reason: string; lastDay: string | null },
  now: Date,
): Promise<Map<string, Named>> {
  allow(actor, "requirement.name", {});
  const { requirement: slug, reason, lastDay } = input;
  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(requirement).where(eq(requirement.slug, slug));
    const people = await tx
      .select({ id: person.id, leftOn: person.leftOn })
      .from(person)
      .where(inArray(person.id, [...new Set(input.personIds)]))
      .orderBy(asc(person.id))
      .for("update");
    const ids = people.map((one) => one.id);
    const asked = await askedAlready(tx, slug, ids);
    const refusal = (one: (typeof people)[number]): NamingRefusal | "own" | null => {
      if (one.id === actor.id) return "own";
      if (!known || known.endedOn !== null || (known.body.effectiveUntil ?? dayOf(now)) < dayOf(now))
        return "requirement_ended";
      if (one.leftOn !== null && one.leftOn <= dayOf(now)) return "left";
      return asked.has(one.id) ? "already" : null;
    };
    const all = new Map<string, Named>();
    const rows: (typeof naming.$inferInsert)[] = [];
    for (const one of people) {
      const refused = refusal(one);
      const id = randomUUID();
      all.set(one.id, refused ? { ok: false, reason: refused } : { ok: true, namingId: id });
      const facts = { requirementSlug: slug, reason, until: lastDay, namedBy: actor.id, namedAt: now };
      if (!refused) rows.push({ id, personId: one.id, ...facts });
    }
    if (rows.length === 0) return all;
    await tx.insert(naming).values(rows);
    const named = rows.map((row) => row.personId);
    const follow = await openPeriods(tx, named, now, { slug, cause: "named" });
    const entries = rows.map(({ id, personId }): AuditEntry => ({
      type: "naming.made",
      subjectType: "naming",
      subjectId: id,
      data: { personId, requirement: slug, until: lastDay },
    }));
    await recordEvents(tx, actor, [...entries, ...follow], now);
    return all;
  });
}

/** Of people, those whom a requirement asks already: by its rule, or named until further notice. */
async function askedAlready(tx: Db, slug: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ id: period.personId })
    .from(period)
    .where(
      and(
        eq(period.requirementSlug, slug),
        inArray(period.personId, [...ids]),
        isNull(period.supersededAt),
        isNull(period.endedAt),
      ),
    );
  return new Set(rows.map((row) => row.id));
}

/**
 * Ends today that a requirement asks somebody by name, with a reason. Where no rule asks it of them, what is open ends;
 * what was proven stays on the record. Null when there is no such naming.
 */
export async function endNaming(
  db: Db,
  actor: Actor,
  input: { namingId: string; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "nothing_left" } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(naming).where(eq(naming.id, input.namingId)).for("update");
    allow(actor, "requirement.name", { personId: row?.personId ?? null });
    if (!row) return null;
    if (row.endedAt !== null || (row.until ?? dayOf(now)) < dayOf(now))
      return { ok: false, reason: "nothing_left" };
    await tx
      .update(naming)
      .set({ endedAt: now, endedBy: actor.id, endReason: input.reason })
      .where(eq(naming.id, row.id));
    const { personId, requirementSlug: slug } = row;
    const follow = await openPeriods(tx, [personId], now, { slug });
    const data = { personId, requirement: slug };
    const entry = { type: "naming.ended", subjectType: "naming", subjectId: row.id, data } as const;
    await recordEvents(tx, actor, [entry, ...follow], now);
    return { ok: true };
  });
}

export type NamingLine = {
  id: string;
  requirement: string;
  title: string;
  personId: string;
  name: string;
  reason: string;
  by: string;
  at: Date;
  until: string | null;
};

/** How many of those named a page shows. */
const shown = 50;

/**
 * Who is asked by name now: of a person, for those who may read their record, or of a requirement, for those who may read
 * requirements; the caller has made sure of that. The first by name, and how many there are.
 */
export async function namingsOf(
  db: Db,
  of: { personId: string } | { requirement: string },
  now: Date,
): Promise<{ lines: NamingLine[]; total: number }> {
  const matching = and(
    "personId" in of ? eq(naming.personId, of.personId) : eq(naming.requirementSlug, of.requirement),
    namingCounts(dayOf(now)),
    or(isNull(person.leftOn), gte(person.leftOn, dayOf(now))),
  );
  const [all] = await db
    .select({ n: count() })
    .from(naming)
    .innerJoin(person, eq(person.id, naming.personId))
    .where(matching);
  const rows = await db
    .select({ naming, name: person.name, title: requirement.title })
    .from(naming)
    .innerJoin(person, eq(person.id, naming.personId))
    .innerJoin(requirement, eq(requirement.slug, naming.requirementSlug))
    .where(matching)
    .orderBy(asc(person.name), asc(person.id), asc(naming.namedAt))
    .limit(shown);
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.naming.namedBy),
  );
  const lines = rows.map(({ naming: one, name, title }) => ({
    id: one.id,
    requirement: one.requirementSlug,
    title,
    personId: one.personId,
    name,
    reason: one.reason,
    by: nameOf(one.namedBy),
    at: one.namedAt,
    until: one.until,
  }));
  return { lines, total: all?.n ?? 0 };
}
