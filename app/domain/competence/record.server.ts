import { asc, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { statement } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { CertificateStatus } from "../evidence/certificate.ts";
import { certificatesOf } from "../evidence/certificate.server.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { type PeriodFacts, periodState, standing } from "./assignment.ts";
import { type PeriodState } from "./period-state.ts";
import { waiversOf } from "./board-row.server.ts";
import { plainLine } from "./record.ts";

export type RecordPeriod = PeriodFacts & {
  id: string;
  state: PeriodState;
  /** The one that speaks for the person now. */
  stands: boolean;
  attempts: {
    id: string;
    number: number;
    startedAt: Date;
    submittedAt: Date | null;
    /** 0..1 */
    score: number | null;
    passed: boolean | null;
  }[];
  certificate: {
    id: string;
    code: string;
    status: CertificateStatus;
    issuedAt: Date;
    expiresAt: Date;
  } | null;
  waivers: { reason: string; grantedBy: string; grantedAt: Date; until: Date }[];
  statements: { id: string; at: string; line: string }[];
};

export type PersonRecord = {
  person: {
    id: string;
    name: string;
    email: string;
    department: string;
    title: string;
    location: string;
    manager: string | null;
    leftOn: string | null;
  };
  requirements: {
    slug: string;
    title: string;
    ended: boolean;
    state: PeriodState | null;
    /** Newest first. */
    periods: RecordPeriod[];
  }[];
  acknowledgements: { slug: string; title: string; version: string; at: Date }[];
  mayWaive: boolean;
};

/**
 * Everything that proves a person's competence (ISO/IEC 42001 7.2 d, 7.3), for the person, their manager, HR and
 * auditors. Opening somebody else's record is itself recorded. Null when there is no such person.
 */
export async function personRecord(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<PersonRecord | null> {
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  allow(actor, "record.read", { personId, managerId: who?.managerId ?? null });
  if (!who) return null;
  return db.transaction(async (tx) => {
    const [manager] = who.managerId
      ? await tx.select({ name: person.name }).from(person).where(eq(person.id, who.managerId))
      : [];
    const rows = await tx
      .select({ period, requirement })
      .from(period)
      .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
      .where(eq(period.personId, personId))
      .orderBy(requirement.position, requirement.slug, desc(period.number));
    const evidence = await evidenceOf(
      tx,
      rows.map((row) => row.period.id),
    );
    const certificates = await certificatesOf(tx, actor, personId, now);
    const groups = new Map<string, PersonRecord["requirements"][number]>();
    for (const { requirement: one, period: p } of rows) {
      const siblings = rows.flatMap((r) => (r.requirement.slug === one.slug ? [r.period] : []));
      const group = groups.get(one.slug) ?? {
        slug: one.slug,
        title: one.title,
        ended: one.endedOn !== null,
        state: null,
        periods: [],
      };
      groups.set(one.slug, group);
      const waivers = evidence.waivers.get(p.id) ?? [];
      const state = periodState(p, waivers, now);
      const stands = standing(siblings, now)?.id === p.id;
      if (stands) group.state = state;
      const proof = certificates.find((c) => c.registration === p.id);
      group.periods.push({
        ...factsOf(p),
        state,
        stands,
        waivers,
        attempts: evidence.attempts.flatMap(({ registration, ...a }) => (registration === p.id ? [a] : [])),
        certificate: proof ? certificateOf(proof) : null,
        statements: evidence.statements.flatMap((s) => (s.registration === p.id ? [s.shown] : [])),
      });
    }
    const acknowledgements = await acknowledgementsOf(tx, personId);
    if (actor.id !== personId) {
      await recordEvents(
        tx,
        actor,
        [{ type: "record.read", subjectType: "person", subjectId: personId, data: { personId } }],
        now,
      );
    }
    const { id, name, email, department, title, location, leftOn } = who;
    return {
      person: { id, name, email, department, title, location, manager: manager?.name ?? null, leftOn },
      requirements: [...groups.values()],
      acknowledgements,
      mayWaive: can(actor, "waiver.grant", { personId, managerId: who.managerId }),
    };
  });
}

function factsOf(row: typeof period.$inferSelect): PeriodFacts & { id: string } {
  const { id, number, assignedAt, dueAt, graceUntil, startedAt, completedAt } = row;
  const { renewFrom, expiresAt, supersededAt } = row;
  return {
    id,
    number,
    assignedAt,
    dueAt,
    graceUntil,
    startedAt,
    completedAt,
    renewFrom,
    expiresAt,
    supersededAt,
  };
}

function certificateOf(row: NonNullable<RecordPeriod["certificate"]>): RecordPeriod["certificate"] {
  const { id, code, status, issuedAt, expiresAt } = row;
  return { id, code, status, issuedAt, expiresAt };
}

/** What stands behind periods. Statements come as sentences: their bodies hold answer keys. */
async function evidenceOf(tx: Db, periodIds: readonly string[]) {
  if (periodIds.length === 0) return { attempts: [], statements: [], waivers: new Map<string, never[]>() };
  const attempts = await tx
    .select({
      registration: attempt.registration,
      id: attempt.id,
      number: attempt.number,
      startedAt: attempt.startedAt,
      submittedAt: attempt.submittedAt,
      score: attempt.score,
      passed: attempt.passed,
    })
    .from(attempt)
    .where(inArray(attempt.registration, [...periodIds]))
    .orderBy(asc(attempt.number));
  const statements = await tx
    .select({ registration: statement.registration, id: statement.id, body: statement.body })
    .from(statement)
    .where(inArray(statement.registration, [...periodIds]))
    .orderBy(asc(statement.seq));
  const waivers = await waiversOf(tx, periodIds);
  const grantors = [...new Set([...waivers.values()].flat().map((w) => w.grantedBy))];
  const names = new Map(
    grantors.length === 0
      ? []
      : (
          await tx
            .select({ id: person.id, name: person.name })
            .from(person)
            .where(inArray(person.id, grantors))
        ).map((p) => [p.id, p.name] as const),
  );
  return {
    attempts,
    statements: statements.map(({ registration, id, body }) => ({
      registration,
      shown: { id, at: body.timestamp, line: plainLine(body) },
    })),
    waivers: new Map(
      [...waivers].map(([id, all]) => [
        id,
        all.map((w) => ({ ...w, grantedBy: names.get(w.grantedBy) ?? w.grantedBy })),
      ]),
    ),
  };
}

function acknowledgementsOf(tx: Db, personId: string): Promise<PersonRecord["acknowledgements"]> {
  return tx
    .select({
      slug: policyVersion.slug,
      title: policyVersion.title,
      version: policyVersion.version,
      at: acknowledgement.at,
    })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(eq(acknowledgement.personId, personId))
    .orderBy(desc(acknowledgement.at));
}
