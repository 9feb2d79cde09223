import { and, eq, inArray } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { certificate } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { posting } from "#db/schema/lrs.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { attemptFor, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import { aCourse, aModule, aRequirement, rightAnswer, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { aVoiding, aWildStatement, store } from "#test/stored.ts";
import { type Actor, Forbidden, system } from "../people/permission.ts";
import { gapsOfRecords, reconcile } from "./reconciliation.server.ts";
import { statementsOfRecords } from "./record-statement.server.ts";
import { verbs } from "./statement.ts";

const now = new Date("2026-11-23T10:00:00Z");

/** Somebody who passed, and somebody who answered nothing and failed. */
async function twoResults(tx: Db): Promise<{ employee: Actor }> {
  const module = aModule();
  await anOrganisation(tx);
  const passes = actorFor(await aPerson(tx));
  const fails = actorFor(await aPerson(tx));
  await aCourse(tx, now, module);
  const requirement = aRequirement.slug;
  for (const actor of [passes, fails]) {
    await takeAllLessons(tx, actor, module, now);
    await acknowledgePolicies(tx, actor, { requirement, policies: ["ai-policy"] }, now);
    const started = await startAssessment(tx, actor, { requirement, seed: 7 }, now);
    if (!started?.ok) throw new Error("the attempt did not start");
    const { attemptId } = started;
    const view = await attemptFor(tx, actor, attemptId, now);
    for (const shown of actor === passes ? (view?.items ?? []) : []) {
      const { position, revision } = shown;
      const given = rightAnswer(module, shown);
      await saveAnswer(tx, actor, { attemptId, position, given, revision }, now);
    }
    await submitAssessment(tx, actor, { attemptId }, now);
  }
  return { employee: passes };
}

onBothEngines("reconciliation", (database) => {
  it("finds record, statements, certificate and audit log in agreement after every submission", () =>
    database.rolledBack(async (tx) => {
      const { employee } = await twoResults(tx);
      expect(await reconcile(tx, system)).toEqual({ periods: 1, attempts: 2, gaps: [] });
      await expect(reconcile(tx, employee)).rejects.toThrow(Forbidden);
    }));

  it("names a row that has gone, wherever it was", () =>
    database.rolledBack(async (tx) => {
      await twoResults(tx);
      const [passed] = await tx.select().from(attempt).where(eq(attempt.passed, true));
      const [failed] = await tx.select().from(attempt).where(eq(attempt.passed, false));
      if (!passed || !failed) throw new Error("no attempts");
      await tx.delete(certificate);
      const stated = (await statementsOfRecords(tx, [failed.registration])).get(failed.registration) ?? [];
      const gone = stated.filter((one) =>
        [`${verbs.scored}`, `${verbs.answered}`].includes(one.statement.verb.id),
      );
      await tx.delete(posting).where(
        inArray(
          posting.seq,
          gone.map((one) => one.seq),
        ),
      );
      await tx
        .delete(auditEvent)
        .where(and(eq(auditEvent.type, "attempt.submitted"), eq(auditEvent.subjectId, passed.id)));
      const { gaps } = await reconcile(tx, system);
      expect(gaps.map((gap) => [gap.id, gap.missing])).toEqual(
        expect.arrayContaining([
          [passed.registration, "certificate"],
          [passed.registration, "audit event certificate.issued"],
          [passed.id, "audit event attempt.submitted"],
          [failed.id, "statement scored"],
          [failed.id, "statements answered"],
        ]),
      );
      expect(gaps).toHaveLength(5);
    }));

  it("counts neither what a client said of a record nor what was voided", () =>
    database.rolledBack(async (tx) => {
      await twoResults(tx);
      const [passed] = await tx.select().from(attempt).where(eq(attempt.passed, true));
      if (!passed) throw new Error("no attempt");
      const { registration } = passed;
      const stated = (await statementsOfRecords(tx, [registration])).get(registration) ?? [];
      const completed = stated.find((one) => one.statement.verb.id === verbs.completed);
      await store(tx, [aVoiding(completed?.id ?? "")]);
      await store(
        tx,
        [aWildStatement({ verb: { id: verbs.completed }, context: { registration } })],
        "moodle",
      );
      expect((await reconcile(tx, system)).gaps).toEqual([
        { subject: "period", id: registration, missing: "statement completed" },
      ]);
      expect(await gapsOfRecords(tx, [registration])).toEqual(
        new Map([[registration, [{ subject: "period", id: registration, missing: "statement completed" }]]]),
      );
    }));
});
