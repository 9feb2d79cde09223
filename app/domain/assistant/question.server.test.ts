import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { onBothEngines } from "#test/database.ts";
import { aPerson, storedStatements } from "#test/factories.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import { verifyChain } from "../audit/event.server.ts";
import { currentRules, publishRules } from "../risk/rule-set.server.ts";
import { type Model, longestQuestion, notSure } from "./answer.ts";
import { chosenFacts } from "./ask-back.ts";
import { myQuestions, questionFor } from "./conversation.server.ts";
import { ModelFailed } from "./model-failure.ts";
import { answerBack, ask, openCaseFor } from "./question.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const mila = samplePerson("p-mila");
const dana = samplePerson("p-dana");
const without = { model: null };
const nothingToDecide = { ok: false, reason: "nothing_to_decide" };

async function asked(
  tx: Db,
  text: string,
  actor = mila,
  deps: Parameters<typeof ask>[3] = without,
  at = now,
) {
  const result = await ask(tx, actor, { text }, deps, at);
  if (!result.ok) throw new Error(result.reason);
  const found = await questionFor(tx, actor, result.questionId);
  if (!found) throw new Error("the question was not stored");
  return found;
}
const choose = (chosen: Record<string, unknown>) => chosenFacts.parse(chosen);
const model = (answer: () => Promise<unknown>): Pick<Model, "name" | "extract"> => ({
  name: "test",
  extract: answer,
});

onBothEngines("ask", (database) => {
  const inSample = (body: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, new Date("2026-11-23T08:00:00Z"));
      await body(tx);
    });

  it(
    "answers with verdict, conditions, verbatim clauses in force and the register entry",
    inSample(async (tx) => {
      const { verdict, answer, system, facts } = await asked(
        tx,
        "May I use Quillmate to summarise an internal memo?",
      );
      expect(verdict.outcome).toBe("cleared");
      expect(verdict.conditions.length).toBeGreaterThan(0);
      expect(system).toEqual({ slug: "quillmate", name: "Quillmate", status: "in_use" });
      expect(answer.quotes[0]).toMatchObject({
        policySlug: "acceptable-use-policy",
        policyVersion: "2.0",
        number: "2.2",
        quote: expect.stringContaining("An approval covers one combination") as string,
      });
      expect(facts.find((f) => f.fact === "system")).toMatchObject({
        value: "Quillmate",
        words: "Quillmate",
      });
      expect(answer.reading).toBeNull();
    }),
  );

  it(
    "stores the question with its rules, and records one statement and one audit event without its words",
    inSample(async (tx) => {
      const { id } = await asked(tx, "May I use Quillmate to summarise an internal memo?");
      const [row] = await tx.select().from(question).where(eq(question.id, id));
      expect(row).toMatchObject({
        personId: "p-mila",
        threadId: id,
        ruleSet: (await currentRules(tx))?.hash,
      });
      const statements = await storedStatements(tx);
      expect(statements).toHaveLength(1);
      expect(JSON.stringify(statements)).not.toMatch(/memo|mila/i);
      expect(await tx.select({ type: auditEvent.type, data: auditEvent.data }).from(auditEvent)).toEqual([
        {
          type: "question.asked",
          data: { personId: "p-mila", outcome: "cleared", riskClass: "minimal" },
        },
      ]);
      expect((await verifyChain(tx)).broken).toBeNull();
    }),
  );

  it(
    "masks before it stores and before a model sees anything",
    inSample(async (tx) => {
      let seen = "";
      const watching: Pick<Model, "name" | "extract"> = {
        name: "test",
        extract: (input) => {
          seen = JSON.stringify(input);
          return Promise.resolve({});
        },
      };
      const text = "May I send anna@customer.example, +31 10 123 45 67, password: Sommer2026! to Quillmate?";
      const { id } = await asked(tx, text, mila, { model: watching });
      const [row] = await tx.select().from(question).where(eq(question.id, id));
      for (const kept of [seen, JSON.stringify(row)]) expect(kept).not.toMatch(/anna@|123 45|Sommer/);
      expect(row?.verdict.outcome).toBe("not_allowed");
      expect(row?.text).toContain("[e-mail address], [phone number], password: [secret]");
    }),
  );

  it(
    "asks back with choices and settles it in a further turn",
    inSample(async (tx) => {
      const first = await asked(tx, "May I use Quillmate?");
      expect(first.verdict.outcome).toBe("asked_back");
      expect(first.answer.askBack.map((a) => a.fact)).toContain("dataClasses");
      const chosen = choose({ purposes: ["draft_text"], dataClasses: ["internal"] });
      const later = new Date(now.getTime() + 60_000);
      const second = await answerBack(tx, mila, { questionId: first.id, chosen }, later);
      expect(second).toMatchObject({ ok: true });
      const view = second?.ok ? await questionFor(tx, mila, second.questionId) : null;
      expect(view).toMatchObject({
        text: "May I use Quillmate?",
        verdict: { outcome: "cleared" },
      });
      expect(view?.turns.map((t) => t.text)).toEqual(["Purpose: Draft or improve a text · Data: Internal"]);
      expect((await myQuestions(tx, mila, {})).questions).toMatchObject([
        { text: "May I use Quillmate?", outcome: "cleared" },
      ]);
    }),
  );

  it(
    "hands 'not sure' to a person instead of clearing it",
    inSample(async (tx) => {
      const first = await asked(tx, "May I use Quillmate to draft a text?");
      const chosen = choose({ dataClasses: notSure });
      const second = await answerBack(tx, mila, { questionId: first.id, chosen }, now);
      const view = second?.ok ? await questionFor(tx, mila, second.questionId) : null;
      expect(view).toMatchObject({ verdict: { outcome: "flagged" }, mayOpen: true, case: null });
      expect(view?.unknown).toEqual([{ title: "Data", unsure: true }]);
    }),
  );

  it(
    "opens a case by policy for a high-risk use that needs review, once for the same facts",
    inSample(async (tx) => {
      const text = "May I upload the CVs of applicants to Quillmate to rank them? A person decides.";
      const first = await asked(tx, text);
      expect(first).toMatchObject({
        verdict: { outcome: "flagged", riskClass: "high_risk" },
        case: { automatic: true, status: "open", number: 1 },
        mayOpen: false,
      });
      const second = await asked(tx, text);
      expect(second.case?.id).toBe(first.case?.id);
      expect(await tx.select({ title: reviewCase.title }).from(reviewCase)).toEqual([{ title: text }]);
      const verbs = (await storedStatements(tx)).map((s) => s.verb.id.split("/").at(-1));
      expect(verbs.toSorted()).toEqual(["asked", "asked", "flagged", "flagged", "opened"]);
    }),
  );

  it(
    "refuses a prohibited practice with its legal anchor, and offers no case for it",
    inSample(async (tx) => {
      const { id, verdict, answer, mayOpen } = await asked(
        tx,
        "Could AI tell me how angry my team sounds on customer calls?",
        dana,
      );
      expect(verdict).toMatchObject({ outcome: "not_allowed", riskClass: "prohibited" });
      expect(verdict.findings[0]).toMatchObject({ anchor: "Art. 5(1)(f)", appliesFrom: "2025-02-02" });
      expect(answer.quotes.map((q) => q.number)).toContain("4.3");
      expect(mayOpen).toBe(false);
      expect(await openCaseFor(tx, dana, { questionId: id }, now)).toEqual(nothingToDecide);
    }),
  );

  it(
    "leaves the case of another use to consent, and opens it once",
    inSample(async (tx) => {
      const { id, mayOpen } = await asked(tx, "May I use Midjourney to make an image?", dana);
      expect(mayOpen).toBe(true);
      const opened = await openCaseFor(tx, dana, { questionId: id }, now);
      expect(opened).toMatchObject({ ok: true });
      expect(await openCaseFor(tx, dana, { questionId: id }, now)).toEqual(opened);
      expect(await questionFor(tx, dana, id)).toMatchObject({ mayOpen: false, case: { automatic: false } });
      expect(await openCaseFor(tx, mila, { questionId: id }, now)).toBeNull();
    }),
  );

  it(
    "masks the full names of colleagues, and leaves those of tools",
    inSample(async (tx) => {
      const { text } = await asked(
        tx,
        "May I ask Quillmate to draft a note on Tomasz Zielinski for ravi menon?",
      );
      expect(text).toBe("May I ask Quillmate to draft a note on [name] for [name]?");
    }),
  );

  it(
    "has nothing to review where the use is cleared",
    inSample(async (tx) => {
      const { id } = await asked(tx, "May I use Quillmate to summarise an internal memo?");
      expect(await openCaseFor(tx, mila, { questionId: id }, now)).toEqual(nothingToDecide);
    }),
  );

  it(
    "names a person where the policies do not settle it",
    inSample(async (tx) => {
      await tx.execute(`update organisation set policy_contact_id = 'p-ravi'`);
      const { verdict, contact } = await asked(tx, "What is the weather?");
      expect(verdict.outcome).toBe("not_covered");
      expect(contact).toMatchObject({ name: "Ravi Menon" });
    }),
  );

  it(
    "names what would change the answer",
    inSample(async (tx) => {
      const { answer } = await asked(tx, "May I use Quillmate to translate a product manual?");
      expect(answer.alternatives).toEqual([{ change: "Use Parlance instead.", systemSlug: "parlance" }]);
    }),
  );

  it(
    "takes a risk that a model sees, and goes on without a model that fails",
    inSample(async (tx) => {
      const text = "May I use Quillmate to summarise internal remarks about who was off with nerves?";
      const risky = model(() => Promise.resolve({ dataClasses: ["special_category"] }));
      expect((await asked(tx, text, mila, { model: risky })).verdict.outcome).toBe("not_allowed");
      for (const [answer, failed] of [
        [() => Promise.reject(new Error("down")), "unreachable"],
        [() => Promise.reject(new ModelFailed("over_limit")), "over_limit"],
        [() => Promise.resolve({ effect: "nice" }), "bad_answer"],
      ] as const) {
        const view = await asked(tx, text, mila, { model: model(answer) });
        expect(view.verdict.outcome).toBe("cleared");
        expect(view.answer.reading).toEqual({ model: "test", failed });
      }
    }),
  );

  it(
    "keeps each question with the rules that judged it",
    inSample(async (tx) => {
      const before = await asked(tx, "May I use Quillmate to summarise an internal memo?");
      const rules = (await currentRules(tx))?.body;
      if (!rules) throw new Error("no rules");
      const purposes = rules.purposes.map((p) => (p.slug === "summarise" ? { ...p, name: "Shorten" } : p));
      await publishRules(tx, { ...rules, purposes }, now);
      const purpose = async (id: string) =>
        (await questionFor(tx, mila, id))?.facts.find((f) => f.fact === "purposes")?.value;
      const after = await asked(tx, "May I use Quillmate to summarise an internal memo?");
      expect([await purpose(before.id), await purpose(after.id)]).toEqual(["Summarise", "Shorten"]);
    }),
  );

  it(
    "refuses what cannot be judged, and what is not one's own",
    inSample(async (tx) => {
      expect(await ask(tx, mila, { text: " \n\0 " }, without, now)).toEqual({ ok: false, reason: "empty" });
      const long = "x".repeat(longestQuestion + 1);
      expect(await ask(tx, mila, { text: long }, without, now)).toEqual({ ok: false, reason: "too_long" });
      const { id } = await asked(tx, "May I use Quillmate?");
      const chosen = choose({ system: "skynet" });
      expect(await answerBack(tx, mila, { questionId: id, chosen }, now)).toEqual({
        ok: false,
        reason: "unknown_choice",
      });
      const mine = choose({ purposes: "translate" });
      expect(await answerBack(tx, dana, { questionId: id, chosen: mine }, now)).toBeNull();
      expect(await questionFor(tx, dana, id)).toBeNull();
      expect(await questionFor(tx, mila, "not-an-id")).toBeNull();
      const nobody = { ...(await aPerson(tx)), roles: [] };
      await expect(ask(tx, nobody, { text: "May I?" }, without, now)).rejects.toThrow("not permitted");
    }),
  );

  it(
    "pages through one's own questions only",
    inSample(async (tx) => {
      for (let i = 0; i < 23; i++)
        await asked(tx, `Question ${i}`, mila, without, new Date(now.getTime() + i * 60_000));
      await asked(tx, "Not mine", dana);
      const first = await myQuestions(tx, mila, {});
      expect(first.questions[0]?.text).toBe("Question 22");
      expect(first.questions).toHaveLength(20);
      const second = await myQuestions(tx, mila, { before: first.next ?? undefined });
      expect(second.questions.map((q) => q.text)).toEqual(["Question 2", "Question 1", "Question 0"]);
      expect(second.next).toBeNull();
    }),
  );
});
