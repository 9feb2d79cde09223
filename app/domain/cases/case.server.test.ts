import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import {
  actorFor,
  anOrganisation,
  aPerson,
  publishedRulebook,
  someFacts,
  storedStatements,
} from "#test/factories.ts";
import { recordEvents, verifyChain } from "../audit/event.server.ts";
import { recordStatements } from "../evidence/statement.server.ts";
import { Forbidden } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { groupsOf } from "../register/approval.ts";
import type { Facts } from "../risk/facts.ts";
import { judge } from "../risk/verdict.ts";
import { answerInformation, openCase, rulesInForce } from "./case.server.ts";
import type { Decision } from "./decision.ts";
import { decideCase, rateCase } from "./decision.server.ts";
import { caseFor, caseQueue } from "./queue.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const day = "2026-11-23";
const hour = 3_600_000;

/** Customer data in a tool that is not approved for it: not allowed, and approvable. */
const usual = someFacts({
  system: "quillmate",
  purposes: ["brainstorm"],
  dataClasses: ["customer"],
  affected: ["customers"],
  oversight: "human_decides",
  effect: "advisory",
});
/** Rating colleagues: high-risk. */
const appraisal = someFacts({
  system: "quillmate",
  purposes: ["performance_evaluation"],
  dataClasses: ["personal"],
  affected: ["employees"],
  oversight: "human_decides",
  effect: "consequential",
});
/** Reading colleagues' emotions: prohibited. */
const emotions = someFacts({
  system: "quillmate",
  purposes: ["emotion_recognition"],
  dataClasses: ["personal"],
  affected: ["employees"],
  oversight: "human_decides",
  effect: "consequential",
});

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const mila = await aPerson(tx, { audiences: ["all-staff", "customer-support"] });
  const ravi = await aPerson(tx, { name: "Ravi", roles: ["employee", "reviewer"] });
  const kasia = await aPerson(tx, { name: "Kasia", roles: ["employee", "reviewer"] });
  await publishedRulebook(tx);
  return { mila, ravi, kasia };
}

async function judged(db: Db, person: { id: string; audiences: string[] }, facts: Facts, today = day) {
  const register = await theRegister(db);
  const { rules } = await rulesInForce(db);
  return judge(facts, { ...register, rules, groups: groupsOf(person) }, today);
}

async function opened(db: Db, person: { id: string; audiences: string[] }, facts: Facts, at = now) {
  const verdict = await judged(db, person, facts);
  return db.transaction(async (tx) => {
    const input = { requesterId: person.id, questionId: randomUUID(), title: "May I?", automatic: false };
    const result = await openCase(tx, { ...input, facts, verdict }, at);
    await recordStatements(tx, result.statements, at);
    await recordEvents(tx, { id: person.id }, result.entries, at);
    return result;
  });
}

const approval = (facts: Facts, secondId: string | null = null): Decision => ({
  kind: "approve_with_conditions",
  likelihood: 2,
  severity: 3,
  note: "Reasoned.",
  secondId,
  approving: {
    systemSlug: facts.system?.value ?? "",
    purposes: facts.purposes?.value ?? [],
    dataClasses: facts.dataClasses?.value ?? [],
    affected: facts.affected?.value ?? [],
    oversight: facts.oversight?.value ?? "human_decides",
    conditions: ["Remove names first."],
  },
});
const rejection: Decision = { kind: "reject", likelihood: 2, severity: 2, note: "No.", secondId: null };

onBothEngines("cases", (database) => {
  it("opens a case once for the same person and facts", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi } = await aWorld(tx);
      const first = await opened(tx, mila, usual);
      const again = await opened(tx, mila, usual);
      expect(again).toMatchObject({ caseId: first.caseId, existing: true, entries: [], statements: [] });
      const colleague = await opened(tx, ravi, usual);
      expect(colleague.existing).toBe(false);
      expect(colleague.number).not.toBe(first.number);
      const [row] = await tx.select().from(reviewCase).where(eq(reviewCase.id, first.caseId));
      expect(row).toMatchObject({ status: "open", revision: 1, dueAt: new Date("2026-11-26T10:00:00Z") });
      const said = (await storedStatements(tx)).find((s) => s.actor.account.name === mila.pseudonym);
      expect(said).toMatchObject({
        verb: { display: { en: "opened" } },
        actor: { account: { name: mila.pseudonym } },
      });
    });
  });

  it("keeps cases with unknown facts apart by their question", async () => {
    await database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      const vague = { ...usual, affected: null, unsure: ["affected" as const] };
      const questionId = randomUUID();
      const verdict = await judged(tx, mila, vague);
      const input = { requesterId: mila.id, title: "May I?", facts: vague, verdict, automatic: false };
      const one = await openCase(tx, { ...input, questionId }, now);
      const same = await openCase(tx, { ...input, questionId }, now);
      const other = await openCase(tx, { ...input, questionId: randomUUID() }, now);
      expect([same.existing, other.existing]).toEqual([true, false]);
      expect(same.caseId).toBe(one.caseId);
    });
  });

  it("approves: the approval then counts for the requester, and for nobody else", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, kasia } = await aWorld(tx);
      expect((await judged(tx, mila, usual)).outcome).toBe("not_allowed");
      const { caseId } = await opened(tx, mila, usual);
      const input = { caseId, revision: 1, decision: approval(usual) };
      expect(await decideCase(tx, actorFor(ravi), input, now)).toEqual({ ok: true });

      const after = await judged(tx, mila, usual);
      expect(after).toMatchObject({ outcome: "cleared", approvals: [{ caseId }] });
      expect(after.conditions).toContain("Remove names first.");
      expect((await judged(tx, mila, usual, "2027-11-24")).outcome).toBe("not_allowed");
      expect((await judged(tx, kasia, usual)).outcome).toBe("not_allowed");

      const seen = await caseFor(tx, actorFor(mila), caseId, now);
      expect(seen?.about).toMatchObject({
        status: "decided",
        decision: "approve_with_conditions",
        likelihood: 2,
      });
      expect(seen?.history.map((e) => [e.kind, e.actor])).toEqual([
        ["opened", mila.name],
        ["decided", "Ravi"],
      ]);
      expect(seen?.history[1]?.data["conditions"]).toEqual(["Remove names first."]);
      const audit = await tx.select({ type: auditEvent.type }).from(auditEvent).orderBy(auditEvent.seq);
      expect(audit.map((a) => a.type)).toEqual(["case.opened", "case.decided", "approval.granted"]);
      const said = (await storedStatements(tx)).find((s) => s.actor.account.name === ravi.pseudonym);
      expect(said?.result).toMatchObject({ response: "approve_with_conditions", completion: true });
      expect(JSON.stringify(said)).not.toContain("Reasoned");
      expect((await verifyChain(tx)).broken).toBeNull();
    });
  });

  it("has a high-risk use approved by two, and its rejection is a precedent that takes two to leave", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, kasia } = await aWorld(tx);
      expect(await judged(tx, mila, appraisal)).toMatchObject({
        outcome: "flagged",
        riskClass: "high_risk",
      });
      const { caseId } = await opened(tx, mila, appraisal);
      const decide = (decision: Decision, id = caseId) =>
        decideCase(tx, actorFor(ravi), { caseId: id, revision: 1, decision }, now);
      expect(await decide(approval(appraisal))).toEqual({ ok: false, reason: "second_needed" });
      expect(await decide(approval(appraisal, mila.id))).toEqual({ ok: false, reason: "second_needed" });
      expect(await decide(rejection)).toEqual({ ok: true });

      const next = await opened(tx, kasia, appraisal);
      const seen = await caseFor(tx, actorFor(ravi), next.caseId, now);
      expect(seen?.precedents).toMatchObject([{ caseId, decision: "reject" }]);
      const third = await aPerson(tx, { roles: ["employee", "reviewer"] });
      expect(await decide(approval(appraisal, third.id), next.caseId)).toEqual({ ok: true });
      expect((await judged(tx, kasia, appraisal)).outcome).toBe("cleared");
      expect((await caseFor(tx, actorFor(kasia), next.caseId, now))?.decidedWith).toBe(third.name);
    });
  });

  it("never approves a prohibited practice, and nobody decides their own case", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, kasia } = await aWorld(tx);
      const banned = await opened(tx, mila, emotions);
      const input = { caseId: banned.caseId, revision: 1, decision: approval(emotions, kasia.id) };
      expect(await decideCase(tx, actorFor(ravi), input, now)).toEqual({ ok: false, reason: "prohibited" });

      const own = await opened(tx, ravi, usual);
      const refusal = { ok: false, reason: "own_case" };
      const mine = { caseId: own.caseId, revision: 1 };
      expect(await decideCase(tx, actorFor(ravi), { ...mine, decision: rejection }, now)).toEqual(refusal);
      const rating = { ...mine, likelihood: 1, severity: 1, note: "" };
      expect(await rateCase(tx, actorFor(ravi), rating, now)).toEqual(refusal);
      expect((await caseFor(tx, actorFor(ravi), own.caseId, now))?.deciding).toEqual(refusal);
      await expect(decideCase(tx, actorFor(mila), { ...mine, decision: rejection }, now)).rejects.toThrow(
        Forbidden,
      );
      expect(await tx.select().from(caseEvent).where(eq(caseEvent.caseId, own.caseId))).toHaveLength(1);
    });
  });

  it("asks for information, stops the clock, and goes on with the answer", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, kasia } = await aWorld(tx);
      const { caseId } = await opened(tx, mila, usual);
      const at = (hours: number): Date => new Date(now.getTime() + hours * hour);
      expect(await answerInformation(tx, actorFor(mila), { caseId, note: "Hello?" }, at(1))).toEqual({
        ok: false,
        reason: "not_waiting",
      });
      const ask: Decision = { kind: "request_information", note: "Which customers?" };
      await decideCase(tx, actorFor(ravi), { caseId, revision: 1, decision: ask }, at(2));
      expect((await caseFor(tx, actorFor(mila), caseId, at(3)))?.mayReply).toBe(true);
      expect(await answerInformation(tx, actorFor(kasia), { caseId, note: "I?" }, at(4))).toBeNull();
      expect(await answerInformation(tx, actorFor(mila), { caseId, note: "Two utilities." }, at(26))).toEqual(
        {
          ok: true,
        },
      );
      const seen = await caseFor(tx, actorFor(kasia), caseId, at(27));
      expect(seen?.about).toMatchObject({
        status: "open",
        revision: 3,
        dueAt: new Date("2026-11-27T10:00:00Z"),
      });
      expect(seen?.history.map((e) => e.note)).toEqual(["", "Which customers?", "Two utilities."]);
      const stale = { caseId, revision: 1, decision: rejection };
      expect(await decideCase(tx, actorFor(kasia), stale, at(28))).toEqual({ ok: false, reason: "stale" });
      const rated = { caseId, revision: 3, likelihood: 3, severity: 4, note: "" };
      expect(await rateCase(tx, actorFor(kasia), rated, at(28))).toEqual({ ok: true });
      expect((await caseFor(tx, actorFor(kasia), caseId, at(29)))?.about).toMatchObject({
        severity: 4,
        status: "open",
      });
    });
  });

  it("shows a case to its requester, reviewers and auditors, and queues by due date", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi } = await aWorld(tx);
      const dana = await aPerson(tx, { roles: ["employee", "manager"] });
      const auditor = await aPerson(tx, { roles: ["employee", "auditor"] });
      const high = await opened(tx, mila, appraisal);
      const banned = await opened(tx, mila, emotions);
      const done = await opened(tx, dana, usual);
      await decideCase(tx, actorFor(ravi), { caseId: done.caseId, revision: 1, decision: rejection }, now);

      expect((await caseFor(tx, actorFor(auditor), high.caseId, now))?.deciding).toBeNull();
      expect(await caseFor(tx, actorFor(dana), high.caseId, now)).toBeNull();
      expect(await caseFor(tx, actorFor(ravi), randomUUID(), now)).toBeNull();
      expect(await caseFor(tx, actorFor(ravi), "12", now)).toBeNull();

      const later = new Date(now.getTime() + 25 * hour);
      const queue = await caseQueue(tx, actorFor(ravi), { view: "open", page: 1 }, later);
      expect(queue.rows.map((r) => [r.id, r.pace])).toEqual([
        [banned.caseId, "overdue"],
        [high.caseId, "on_time"],
      ]);
      expect(queue.rows[0]).toMatchObject({ riskClass: "prohibited", anchor: "Art. 5(1)(f)" });
      expect(queue.counts).toEqual({ open: 2, mine: 0, decided: 1, overdue: 1 });
      const own = await caseQueue(tx, actorFor(mila), { view: "mine", page: 1 }, later);
      expect(own.rows).toHaveLength(2);
      expect(own.counts).toEqual({ open: 0, mine: 2, decided: 0, overdue: 0 });
      const open = { view: "open" as const, page: 1 };
      await expect(caseQueue(tx, actorFor(mila), open, later)).rejects.toThrow(Forbidden);
    });
  });
});

onBothEngines("cases at the same time", (database) => {
  it("opens one case and takes one decision, whoever comes at once", async () => {
    const { mila, ravi, kasia } = await database.db.transaction(aWorld);
    const openers = await Promise.all([1, 2, 3, 4].map(() => opened(database.db, mila, usual)));
    expect(new Set(openers.map((o) => o.caseId)).size).toBe(1);
    expect(openers.filter((o) => !o.existing)).toHaveLength(1);
    const { caseId } = openers[0]!;
    const decisions = await Promise.all(
      [ravi, kasia].map((reviewer) =>
        decideCase(database.db, actorFor(reviewer), { caseId, revision: 1, decision: approval(usual) }, now),
      ),
    );
    expect(decisions.filter((d) => d?.ok)).toHaveLength(1);
    expect(decisions).toContainEqual({ ok: false, reason: "decided" });
    expect(await database.db.select().from(caseEvent).where(eq(caseEvent.caseId, caseId))).toHaveLength(2);
    expect((await verifyChain(database.db)).broken).toBeNull();
  });
});
