import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { statement } from "#db/schema/lrs.ts";
import { answerInformation } from "#app/domain/cases/case.server.ts";
import { decideCase, rateCase } from "#app/domain/cases/decision.server.ts";
import type { Statement } from "#app/domain/evidence/statement.ts";
import { verbs } from "#app/domain/evidence/statement.ts";
import { profileDocument } from "#app/domain/evidence/profile.ts";
import { loadContent } from "#scripts/content.ts";
import { publish } from "#scripts/publish.ts";
import { onBothEngines } from "./database.ts";
import { extensionFaults, templateFaults } from "./profile-template.ts";
import { followed } from "./profile-pattern.ts";
import { samplePerson } from "./sample.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** Takes an open case of the sample organisation from a question back to the person to the decision. */
async function decideOne(tx: Db): Promise<void> {
  const [open] = await tx.select().from(reviewCase).where(eq(reviewCase.requesterId, "p-yasmin"));
  if (!open) throw new Error("the sample organisation has no case of p-yasmin");
  const reviewer = samplePerson("p-ravi");
  const caseId = open.id;
  const rating = { likelihood: 2, severity: 4 };
  const inquiry = { kind: "request_information", note: "Which applicants?" } as const;
  const rejection = { kind: "reject", ...rating, note: "Not in this form.", secondId: null } as const;
  const done = [
    await decideCase(tx, reviewer, { caseId, revision: 1, decision: inquiry }, later(1)),
    await answerInformation(tx, samplePerson("p-yasmin"), { caseId, note: "Those of May." }, later(2)),
    await rateCase(tx, reviewer, { caseId, revision: 3, note: "", ...rating }, later(3)),
    await decideCase(tx, reviewer, { caseId, revision: 4, decision: rejection }, later(4)),
  ];
  expect(done).toEqual(done.map(() => ({ ok: true })));
}

/** Of each registration, in the order in which things happened. */
function byRegistration(statements: readonly Statement[]): Map<string | undefined, Statement[]> {
  const groups = new Map<string | undefined, Statement[]>();
  for (const one of statements.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))) {
    const registration = one.context?.registration;
    groups.set(registration, [...(groups.get(registration) ?? []), one]);
  }
  return groups;
}

onBothEngines("everything that the product has written", (database) => {
  it(
    "follows the templates and patterns of its profile",
    () =>
      database.rolledBack(async (tx) => {
        const options = { kind: "sample", baseIri: "https://learn.aldermoor.example" } as const;
        await publish(tx, loadContent("content"), options, now);
        await decideOne(tx);
        const rows = await tx.select({ body: statement.body }).from(statement).orderBy(asc(statement.seq));
        const statements = rows.map((row) => JSON.parse(row.body) as Statement);
        expect(new Set(statements.map((one) => one.verb.id))).toEqual(new Set(Object.values(verbs)));

        const matches = new Map(statements.map((one) => [one.id, templateFaults(profileDocument, one)]));
        const faults = statements.flatMap((one) => {
          const found = matches.get(one.id) ?? [];
          const broken = [...found.flatMap((m) => m.faults), ...extensionFaults(profileDocument, one)];
          return found.length === 1 && broken.length === 0 ? [] : [{ id: one.id, found, broken }];
        });
        expect(faults).toEqual([]);

        const lost = [...byRegistration(statements)]
          .map(([registration, course]) => ({
            registration,
            course: course.map((one) => (matches.get(one.id) ?? []).map((m) => m.template)),
          }))
          .filter(({ course }) => followed(profileDocument.patterns, course).length === 0);
        expect(lost).toEqual([]);
      }),
    300_000,
  );
});
