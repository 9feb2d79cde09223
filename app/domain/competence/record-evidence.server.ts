import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { ownStatementsOf } from "../evidence/record-statement.server.ts";
import type { AttemptKind } from "../learning/attempt-kind.ts";
import { attemptsOf } from "../learning/attempt.server.ts";
import { grantsOf, isUsedUp } from "../learning/attempt-grant.server.ts";
import { system } from "../people/permission.ts";
import { waiversOf } from "./board-row.server.ts";
import { plainLine } from "./record.ts";
import { lastDayOf } from "./waiver.ts";

/** What stands behind a period, as its readers see it. */
export type PeriodEvidence = {
  attempts: {
    id: string;
    kind: AttemptKind;
    number: number;
    startedAt: Date;
    submittedAt: Date | null;
    /** 0..1 */
    score: number | null;
    passed: boolean | null;
  }[];
  /** `lastDay` is a day in UTC; `until` the moment after it, or when the waiver was ended early. */
  waivers: {
    id: string;
    reason: string;
    grantedBy: string;
    grantedAt: Date;
    until: Date;
    lastDay: Date;
    ended: { at: Date; by: string; reason: string } | null;
    counts: boolean;
  }[];
  /** Attempts granted beyond those of the module. */
  grants: { reason: string; grantedBy: string; grantedAt: Date }[];
  /** Sentences: the bodies hold answer keys. */
  statements: { id: string; at: Date; line: string }[];
  /** Whether no attempt is left and none has passed. */
  usedUp: boolean;
};

/** What stands behind each of the periods, in the order in which it happened; people are named. */
export async function evidenceOf(
  tx: Db,
  periodIds: readonly string[],
  now: Date,
): Promise<(periodId: string) => PeriodEvidence> {
  const attempts = await attemptsOf(tx, periodIds);
  const grants = await grantsOf(tx, periodIds);
  const waivers = await waiversOf(tx, periodIds);
  const statements = await ownStatementsOf(tx, periodIds);
  const granted = [...waivers.values()].flat();
  const nameOf = await namesOf(tx, [
    ...[...grants, ...granted].map((one) => one.grantedBy),
    ...granted.flatMap((one) => one.ended?.by ?? []),
  ]);
  const usedUp = new Map<string, boolean>();
  for (const id of periodIds) {
    const granted = grants.filter((g) => g.registration === id).length;
    const own = attempts.filter((a) => a.registration === id);
    usedUp.set(id, await isUsedUp(tx, own, granted, now));
  }
  return (periodId) => ({
    attempts: attempts
      .filter((a) => a.registration === periodId)
      .map(({ id, kind, number, startedAt, submittedAt, score, passed }) => ({
        id,
        kind,
        number,
        startedAt,
        submittedAt,
        score,
        passed,
      })),
    waivers: (waivers.get(periodId) ?? []).map((w) => ({
      ...w,
      grantedBy: nameOf(w.grantedBy),
      lastDay: w.ended ? w.ended.at : lastDayOf(w.until),
      ended: w.ended ? { ...w.ended, by: nameOf(w.ended.by) } : null,
      counts: w.grantedAt <= now && w.until > now,
    })),
    grants: grants
      .filter((g) => g.registration === periodId)
      .map(({ reason, grantedBy, grantedAt }) => ({ reason, grantedBy: nameOf(grantedBy), grantedAt })),
    statements: (statements.get(periodId) ?? []).map(({ id, body }) => ({
      id,
      at: new Date(body.timestamp),
      line: plainLine(body),
    })),
    usedUp: usedUp.get(periodId) ?? false,
  });
}

/** Names of those who did something; ids of people that are no longer stored stay ids. */
export async function namesOf(tx: Db, of: readonly string[]): Promise<(id: string) => string> {
  const ids = [...new Set(of)];
  const rows =
    ids.length === 0
      ? []
      : await tx.select({ id: person.id, name: person.name }).from(person).where(inArray(person.id, ids));
  const names = new Map([[system.id, system.name], ...rows.map((row) => [row.id, row.name] as const)]);
  return (id) => names.get(id) ?? id;
}
