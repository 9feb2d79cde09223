import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { aVoiding, store } from "#test/stored.ts";
import { Forbidden, system } from "../people/permission.ts";
import { buildStatement, type Statement, type VerbName } from "./statement.ts";
import { strayStatements } from "./stray-statement.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const baseIri = "https://learn.aldermoor.example";

/** What the product states of an outcome. */
function outcome(pseudonym: string, verb: VerbName, registration = randomUUID() as string): Statement {
  return buildStatement(
    { homePage: baseIri, pseudonym, baseIri },
    {
      id: randomUUID(),
      at: now,
      verb,
      object: { path: ["modules", "ai"], type: "urn:module", name: "AI awareness" },
      result: { score: { scaled: 0.92 } },
      registration,
    },
  );
}

async function somebodyWithPeriods(tx: Db, completed: (Date | null)[]) {
  await anOrganisation(tx);
  const holder = await aPerson(tx, { name: "Zofia Łuczak" });
  const { slug, title, audiences, module: moduleSlug } = aRequirement;
  await tx
    .insert(requirement)
    .values({ slug, title, moduleSlug, audiences, position: 1, body: aRequirement });
  const ids = completed.map(() => randomUUID());
  await tx.insert(period).values(
    completed.map((completedAt, number) => ({
      id: ids[number] ?? "",
      personId: holder.id,
      requirementSlug: slug,
      number,
      assignedAt: now,
      dueAt: now,
      graceUntil: now,
      completedAt,
    })),
  );
  return { holder, ids };
}

onBothEngines("statements without a record", (database) => {
  it("are those of this product that no completed period stands behind", () =>
    database.rolledBack(async (tx) => {
      const { holder, ids } = await somebodyWithPeriods(tx, [now, null]);
      const [done, open] = ids;
      const of = (verb: VerbName, registration?: string) => outcome(holder.pseudonym, verb, registration);
      const [unfinished, unknown, none] = [
        of("passed", open),
        of("completed"),
        { ...of("passed"), context: {} },
      ];
      const voided = of("passed", open);
      await store(tx, [of("passed", done), of("completed", done), of("failed", open), unfinished, voided]);
      await store(tx, [aVoiding(voided.id)]);
      await store(tx, [of("passed", open)], "moodle");
      await store(tx, [unknown, none]);
      const { strays, next } = await strayStatements(tx, system);
      expect(next).toBeNull();
      expect(strays.map((one) => [one.id, one.line])).toEqual([
        [none.id, "Zofia Łuczak passed AI awareness with 92 %"],
        [unknown.id, "Zofia Łuczak completed AI awareness with 92 %"],
        [unfinished.id, "Zofia Łuczak passed AI awareness with 92 %"],
      ]);
    }));

  it("come a page at a time, and a page that finds none leads on", () =>
    database.rolledBack(async (tx) => {
      const { holder, ids } = await somebodyWithPeriods(tx, [now]);
      const lost = Array.from({ length: 45 }, (_, i) =>
        outcome(holder.pseudonym, i % 2 ? "passed" : "completed"),
      );
      const whole = Array.from({ length: 2100 }, () => outcome(holder.pseudonym, "passed", ids[0]));
      await store(tx, lost);
      for (let i = 0; i < whole.length; i += 700) await store(tx, whole.slice(i, i + 700));
      const pages: string[][] = [];
      for (let before: number | undefined; ;) {
        const page = await strayStatements(tx, system, before);
        pages.push(page.strays.map((one) => one.id));
        if (page.next === null) break;
        before = page.next;
      }
      expect(pages.map((page) => page.length)).toEqual([0, 20, 20, 5]);
      expect(pages.flat()).toEqual(lost.map((one) => one.id).toReversed());
    }));

  it("are seen by those who may see evidence", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const employee = actorFor(await aPerson(tx));
      await expect(strayStatements(tx, employee)).rejects.toThrow(Forbidden);
      expect(await strayStatements(tx, system)).toEqual({ strays: [], next: null });
    }));
});
