import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recognised } from "../evidence/recognition-statement.ts";
import { statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { closeSuperseded } from "./assignment.server.ts";
import type { BasisKind } from "./basis-kind.ts";
import { earlierOf } from "./completion.server.ts";
import { recognitionDates } from "./recognition.ts";
import type { Requirement } from "./requirement.ts";

/** The newest period of a person for a requirement that still asks it, locked; null when there is none. */
export async function lockedNewest(
  tx: Db,
  personId: string,
  requirementSlug: string,
): Promise<{ period: typeof period.$inferSelect; requirement: Requirement; attemptOpen: boolean } | null> {
  const [row] = await tx
    .select({ period, requirement: requirement.body })
    .from(period)
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(
      and(
        eq(period.personId, personId),
        eq(period.requirementSlug, requirementSlug),
        isNull(requirement.endedOn),
        isNull(period.endedAt),
      ),
    )
    .orderBy(desc(period.number))
    .limit(1)
    .for("update", { of: period });
  if (!row) return null;
  const open = await tx.$count(
    attempt,
    and(eq(attempt.registration, row.period.id), isNull(attempt.submittedAt)),
  );
  return { ...row, attemptOpen: open > 0 };
}

/**
 * Completes a locked, open period by a basis instead of its training, with the statement that says so, in the caller's
 * transaction; answers the audit entry to record. There is no certificate: that one proves a passed assessment.
 */
export async function completeByBasis(
  tx: Db,
  of: { period: typeof period.$inferSelect; requirement: Requirement },
  basis: { kind: BasisKind; lastDay: string | null },
  now: Date,
): Promise<{ expiresAt: Date; lastDay: string; entry: AuditEntry }> {
  const { id, personId, requirementSlug } = of.period;
  const [who] = await tx
    .select({ hiredOn: person.hiredOn, timeZone: person.timeZone })
    .from(person)
    .where(eq(person.id, personId));
  if (!who) throw new Error(`no person ${personId}`);
  const dates = recognitionDates(of.requirement, who, await earlierOf(tx, of.period), now, basis.lastDay);
  await tx
    .update(period)
    .set({ completedAt: now, recognisedAs: basis.kind, ...dates })
    .where(eq(period.id, id));
  await closeSuperseded(tx, { personId, requirementSlug }, now);
  const said = recognised(await statementContext(tx, personId), {
    id: statementId(id, "recognised"),
    at: now,
    registration: id,
    requirement: { slug: requirementSlug, title: of.requirement.title },
    basis: basis.kind,
    expiresAt: dates.expiresAt,
  });
  await recordStatements(tx, [said], now);
  const data = {
    personId,
    requirement: requirementSlug,
    kind: basis.kind,
    expiresAt: dates.expiresAt.toISOString(),
  };
  return {
    expiresAt: dates.expiresAt,
    lastDay: lastDayUntil(dates.expiresAt, who.timeZone),
    entry: { type: "period.recognised", subjectType: "period", subjectId: id, data },
  };
}
