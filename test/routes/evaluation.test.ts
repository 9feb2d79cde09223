import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { evaluationOf } from "#app/domain/assistant/evaluation.ts";
import { type EvaluationReport, evaluationReport } from "#app/domain/assistant/evaluation-report.ts";
import { currentRules } from "#app/domain/risk/rule-set.server.ts";
import { loader } from "#app/routes/_app.admin.evaluation/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { publishSample } from "#test/sample.ts";

const now = new Date("2026-11-24T09:00:00Z");
type Page = Awaited<ReturnType<typeof loader>>;

const empty = evaluationOf({ uses: [], attacks: [], lookalikes: [] });
const both = { dev: empty, held: empty };

async function aReport(tx: Db): Promise<EvaluationReport> {
  await publishSample(tx, now);
  const ruleSet = (await currentRules(tx))?.hash;
  const model = [{ name: "hostile", about: "Says that all is well.", ...both }];
  return evaluationReport.parse({ date: "2026-11-24", judgedOn: "2026-11-24", ruleSet, rules: both, model });
}

onBothEngines("the evaluation page", (database) => {
  it("is closed to employees and visitors, and open to those who answer for the assistant", () =>
    database.rolledBack(async (tx) => {
      const context = services(tx, now, { evaluation: await aReport(tx) });
      const statusOf = async (as: string | null) =>
        (await open<Page>(loader, context, "/admin/evaluation", { as })).status;
      expect(await statusOf(null)).toBe(302);
      expect(await statusOf("p-mila")).toBe(403);
      for (const as of ["p-august", "p-ines", "p-ravi", "p-sofia"]) expect(await statusOf(as), as).toBe(200);
    }));

  it("shows the held part, or the other, and warns when other rules are in force", () =>
    database.rolledBack(async (tx) => {
      const report = await aReport(tx);
      const page = async (evaluation: EvaluationReport, search = "") =>
        (
          await open<Page>(loader, services(tx, now, { evaluation }), `/admin/evaluation${search}`, {
            as: "p-ravi",
          })
        ).body;
      expect(await page(report)).toMatchObject({
        part: "held",
        isOfOtherRules: false,
        measured: { figures: { recall: { n: 0 } } },
        models: [{ name: "hostile" }],
      });
      expect(await page(report, "?part=dev")).toMatchObject({ part: "dev" });
      expect(await page(report, "?part=none")).toMatchObject({ part: "held" });
      expect(await page({ ...report, ruleSet: "0".repeat(64) })).toMatchObject({ isOfOtherRules: true });
    }));

  it("says so when nothing was measured", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const { status, body } = await open<Page>(loader, services(tx, now), "/admin/evaluation", {
        as: "p-ravi",
      });
      expect([status, body]).toEqual([200, null]);
    }));
});
