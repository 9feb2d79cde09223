import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { approval } from "#db/schema/register.ts";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { type AiSystem, aiSystem, type ApprovalEntry } from "./ai-system.ts";
import { listSystems, publishRegister, readSystem, theRegister } from "./ai-system.server.ts";
import { personGroup } from "./approval.ts";
import { grantApproval } from "./approval.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const everything = { q: "", status: "", riskClass: "" } as const;

const entry = (id: string, overrides: Partial<ApprovalEntry> = {}): ApprovalEntry => ({
  id,
  purposes: ["draft_text"],
  dataClasses: ["internal"],
  groups: ["all-staff"],
  conditions: ["Check it."],
  approvedOn: "2026-03-02",
  approvedBy: "p-ravi",
  reviewOn: "2027-03-01",
  ...overrides,
});
const aSystem = (slug: string, overrides: Partial<AiSystem> = {}): AiSystem =>
  aiSystem.parse({
    slug,
    name: slug,
    vendor: "Maker",
    aliases: [],
    description: "A tool.",
    kind: "chat_assistant",
    owner: "p-sofia",
    status: "in_use",
    aiActRole: "deployer",
    riskClass: "limited",
    overseers: [],
    hosting: "EU",
    registeredOn: "2026-01-15",
    approvals: [entry(`${slug}-general`)],
    ...overrides,
  });

async function people(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-sofia", name: "Sofia Brandt" });
  const ravi = await aPerson(tx, { id: "p-ravi", name: "Ravi Menon", roles: ["employee", "reviewer"] });
  const mila = await aPerson(tx, { id: "p-mila", name: "Mila Janssen" });
  return { ravi: actorFor(ravi), mila: actorFor(mila), dana: actorFor(await aPerson(tx)) };
}

onBothEngines("the AI register", (database) => {
  it("follows content and says so once", async () => {
    await database.rolledBack(async (tx) => {
      const { mila } = await people(tx);
      const both = [aSystem("quillmate"), aSystem("parlance")];
      expect(await publishRegister(tx, both, now)).toMatchObject([{ data: { systems: 2, approvals: 2 } }]);
      expect(await publishRegister(tx, both, now)).toEqual([]);

      const narrowed = [aSystem("quillmate", { status: "pilot", approvals: [] })];
      expect(await publishRegister(tx, narrowed, now)).toHaveLength(1);
      expect(await publishRegister(tx, narrowed, now)).toEqual([]);
      const { systems, approvals } = await theRegister(tx);
      expect(systems.map((s) => [s.slug, s.status])).toEqual([
        ["parlance", "retired"],
        ["quillmate", "pilot"],
      ]);
      expect(approvals).toEqual([]);
      expect((await listSystems(tx, mila, { ...everything, status: "pilot" }, now)).systems).toHaveLength(1);

      expect(await publishRegister(tx, both, now)).toHaveLength(1);
      expect((await theRegister(tx)).approvals).toHaveLength(2);
    });
  });

  it("leaves approvals of cases alone, and shows them to their holder and to reviewers", async () => {
    await database.rolledBack(async (tx) => {
      const { ravi, mila, dana } = await people(tx);
      await publishRegister(tx, [aSystem("quillmate")], now);
      await grantApproval(tx, {
        ...entry("case-1"),
        systemSlug: "quillmate",
        clause: null,
        caseId: "c-1",
        groups: [personGroup("p-mila")],
        affected: ["customers"],
        oversights: ["human_reviews"],
      });
      await publishRegister(tx, [aSystem("quillmate", { status: "pilot", approvals: [] })], now);
      const [row] = await tx.select().from(approval).where(eq(approval.id, "case-1"));
      expect(row?.withdrawnAt).toBeNull();
      const ids = async (actor: typeof ravi) =>
        (await readSystem(tx, actor, "quillmate", now))?.approvals.map((a) => [a.id, a.person]);
      expect(await ids(mila)).toEqual([["case-1", "Mila Janssen"]]);
      expect(await ids(ravi)).toEqual([["case-1", "Mila Janssen"]]);
      expect(await ids(dana)).toEqual([]);
      expect(await readSystem(tx, mila, "unknown", now)).toBeNull();
    });
  });

  it("tells which approvals count today, and who is behind them", async () => {
    await database.rolledBack(async (tx) => {
      const { mila } = await people(tx);
      const approvals = [entry("one"), entry("late", { reviewOn: "2026-09-30" })];
      await publishRegister(tx, [aSystem("quillmate", { approvals, overseers: ["p-mila", "p-gone"] })], now);
      const { systems, all } = await listSystems(tx, mila, everything, now);
      expect([systems[0]?.approvalsInForce, all]).toEqual([1, 1]);
      const seen = await readSystem(tx, mila, "quillmate", now);
      expect(seen?.approvals.map((a) => [a.id, a.counts, a.approver])).toEqual([
        ["late", false, "Ravi Menon"],
        ["one", true, "Ravi Menon"],
      ]);
      expect([seen?.owner, seen?.overseers]).toEqual(["Sofia Brandt", ["Mila Janssen", "p-gone"]]);
    });
  });
});
