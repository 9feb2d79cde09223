import { count, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { moduleVersion, policyVersion } from "#db/schema/content.ts";
import { statement } from "#db/schema/lrs.ts";
import { credential, person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import { verifyChain } from "#app/domain/audit/event.server.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { periodStates } from "#app/domain/competence/period-state.ts";
import { reconcile } from "#app/domain/evidence/reconciliation.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { loadContent } from "#scripts/content.ts";
import { publish } from "#scripts/publish.ts";
import { onBothEngines } from "./database.ts";

const now = new Date("2026-11-24T09:00:00Z");
const baseIri = "https://learn.aldermoor.example";

async function countsOf(db: Db): Promise<Record<string, number>> {
  const tables = { person, period, statement, auditEvent, moduleVersion, policyVersion, aiSystem };
  const entries = Object.entries(tables).map(async ([name, table]) => {
    const [row] = await db.select({ n: count() }).from(table);
    return [name, row?.n ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

onBothEngines("the first start", (database) => {
  it(
    "writes a sample organisation whose record and evidence agree; a second start changes nothing",
    { timeout: 300_000 },
    () =>
      database.rolledBack(async (tx) => {
        const content = loadContent("content");
        const first = await publish(tx, content, { kind: "sample", baseIri }, now);
        expect(first).toEqual({ first: true, kind: "sample" });
        const counts = await countsOf(tx);
        expect(counts).toMatchObject({
          person: 64,
          moduleVersion: content.modules.length,
          policyVersion: 9,
          aiSystem: 27,
        });

        const seen = await board(tx, system, { filter: boardFilter.parse({}) }, now);
        for (const state of periodStates)
          expect(
            seen.summary.reduce((sum, row) => sum + row.counts[state], 0),
            state,
          ).toBeGreaterThan(0);
        expect((await reconcile(tx, system)).gaps).toEqual([]);
        expect(await verifyChain(tx)).toMatchObject({ links: counts["auditEvent"], broken: null });
        const links = await tx.select({ at: auditEvent.at }).from(auditEvent).orderBy(auditEvent.seq);
        const moments = links.map((link) => link.at.getTime());
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));

        const second = await publish(tx, content, { kind: "own", baseIri: "https://elsewhere.example" }, now);
        expect(second).toEqual({ first: false, kind: "sample" });
        expect(await countsOf(tx)).toEqual(counts);
      }),
  );

  it("leaves an organisation of one's own without sample people, sign-ins and history", () =>
    database.rolledBack(async (tx) => {
      const content = loadContent("content");
      await publish(tx, content, { kind: "own", baseIri }, now);
      const moduleVersion = content.modules.length;
      expect(await countsOf(tx)).toMatchObject({ person: 0, period: 0, statement: 0, moduleVersion });
      expect(await tx.$count(credential, eq(credential.sample, true))).toBe(0);
    }));

  it("says which modules of the content folder are behind what is published, and leaves them alone", () =>
    database.rolledBack(async (tx) => {
      const content = loadContent("content");
      await publish(tx, content, { kind: "own", baseIri }, now);
      const [module] = content.modules;
      const older = { ...content, modules: content.modules.map((one) => ({ ...one, version: "0.9.0" })) };
      const lines: string[] = [];
      await publish(tx, older, { kind: "own", baseIri }, now, (line) => lines.push(line));
      expect(lines).toHaveLength(content.modules.length);
      expect(lines[0]).toContain(
        `Module ${module?.slug}: version ${module?.version} is published and stays; the content folder holds 0.9.0.`,
      );
      expect(await tx.$count(moduleVersion)).toBe(content.modules.length);
    }));
});
