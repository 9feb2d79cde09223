import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { question, questionNotice } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, sampleContent, samplePerson, sampleRules } from "#test/sample.ts";
import { verifyChain } from "../audit/event.server.ts";
import { publishContent } from "../content/publish.server.ts";
import { publishRegister } from "../register/ai-system.server.ts";
import { publishRules } from "../risk/rule-set.server.ts";
import { questionFor } from "./conversation.server.ts";
import { noticeChangedAnswers } from "./notice.server.ts";
import { ask, judgeAgain } from "./question.server.ts";
import { changedAnswers, noticeOn, setWatched, unseenNotices } from "./watch.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-25T09:00:00Z");
const reviewPassed = new Date("2027-03-02T00:05:00Z");
const mila = samplePerson("p-mila");
const dana = samplePerson("p-dana");
const memo = "May I use Quillmate to summarise an internal memo?";

async function asked(tx: Db, text = memo, actor = mila, at = now): Promise<string> {
  const result = await ask(tx, actor, { text }, { model: null }, at);
  if (!result.ok) throw new Error(result.reason);
  return result.questionId;
}
const noticesOf = (tx: Db) => tx.select().from(questionNotice).orderBy(questionNotice.questionId);
const told = (tx: Db) => tx.select().from(auditEvent).where(eq(auditEvent.type, "question.answer_changed"));

onBothEngines("notices of changed answers", (database) => {
  const inSample = (body: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, new Date("2026-11-23T08:00:00Z"));
      await body(tx);
    });

  it(
    "tell nothing while every answer stands",
    inSample(async (tx) => {
      await asked(tx);
      await asked(tx, "May I use Midjourney to make an image?", dana);
      await asked(tx, "May I use Quillmate?");
      expect(await noticeChangedAnswers(tx, later)).toBe(0);
      expect(await noticesOf(tx)).toEqual([]);
      expect(await told(tx)).toEqual([]);
    }),
  );

  it(
    "tell once that a review date has passed, and leave the question as it is",
    inSample(async (tx) => {
      const id = await asked(tx);
      const [before] = await tx.select().from(question).where(eq(question.id, id));
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(1);
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(0);
      expect(await noticeChangedAnswers(tx, new Date("2027-03-09T00:05:00Z"))).toBe(0);
      expect(await noticesOf(tx)).toMatchObject([
        {
          questionId: id,
          personId: "p-mila",
          before: "cleared",
          after: "not_allowed",
          changes: [
            "Outcome was Cleared, is now Not allowed.",
            "The review date of Quillmate has passed: its approval counted until 1 March 2027.",
          ],
          at: reviewPassed,
          seenAt: null,
        },
      ]);
      expect(await told(tx)).toMatchObject([
        {
          actorId: "system",
          subjectId: id,
          data: { personId: "p-mila", before: "cleared", after: "not_allowed" },
        },
      ]);
      expect((await verifyChain(tx)).broken).toBeNull();
      expect(await tx.select().from(question).where(eq(question.id, id))).toEqual([before]);
    }),
  );

  it(
    "tell it in the language of the question, and once",
    inSample(async (tx) => {
      await asked(tx, "Darf ich mit Quillmate eine interne Notiz zusammenfassen?");
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(1);
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(0);
      const [changed] = await changedAnswers(tx, mila);
      expect(changed).toMatchObject({ language: "de", seen: false });
      expect(changed?.changes[0]).toBe("Das Ergebnis war „Freigegeben“ und ist jetzt „Nicht erlaubt“.");
    }),
  );

  it(
    "tell that an approval was withdrawn from the register, and take it back when it returns",
    inSample(async (tx) => {
      const id = await asked(tx);
      const { systems } = sampleContent();
      const without = systems.map((s) => ({
        ...s,
        approvals: s.approvals.filter((a) => a.id !== "quillmate-general"),
      }));
      await publishRegister(tx, without, later);
      expect(await noticeChangedAnswers(tx, later)).toBe(1);
      expect((await noticesOf(tx))[0]?.changes).toContain("The approval of Quillmate was withdrawn.");
      await publishRegister(tx, systems, later);
      expect(await noticeChangedAnswers(tx, later)).toBe(0);
      expect(await noticesOf(tx)).toEqual([]);
      await publishRegister(tx, without, later);
      expect(await noticeChangedAnswers(tx, later)).toBe(1);
      expect((await told(tx)).map((event) => event.subjectId)).toEqual([id, id]);
    }),
  );

  it(
    "tell on its day that a law applies",
    inSample(async (tx) => {
      const rank = "May I upload the CVs of applicants to Quillmate to rank them? A person decides.";
      const id = await asked(tx, rank);
      expect(await noticeChangedAnswers(tx, new Date("2027-02-01T00:05:00Z"))).toBe(0);
      expect(await noticeChangedAnswers(tx, new Date("2027-12-02T00:05:00Z"))).toBe(1);
      const [notice] = await noticesOf(tx);
      expect(notice).toMatchObject({ questionId: id, before: "flagged", after: "flagged" });
      expect(notice?.changes.join(" ")).toContain("A rule applies since 2 December 2027");
    }),
  );

  it(
    "tell of a new version of a policy where a quoted clause reads differently, and only once it is in force",
    inSample(async (tx) => {
      const id = await asked(tx);
      const policy = sampleContent().policies.find(
        (p) => p.slug === "acceptable-use-policy" && p.version === "2.0",
      );
      if (!policy) throw new Error("the sample has no acceptable-use-policy 2.0");
      const version = (number: string, effectiveFrom: string, of: (clause: string) => string) => ({
        ...policy,
        version: number,
        effectiveFrom,
        clauses: policy.clauses.map((c) => ({ ...c, text: of(c.number) || c.text })),
      });
      const elsewhere = version("2.1", "2026-12-01", (clause) => (clause === "5.1" ? "Ask twice." : ""));
      const quoted = version("2.2", "2026-12-08", (clause) => (clause === "2.2" ? "Ask first." : ""));
      await publishContent(tx, { modules: [], policies: [elsewhere, quoted] }, later);
      expect(await noticeChangedAnswers(tx, new Date("2026-12-01T09:00:00Z"))).toBe(0);
      expect(await noticeChangedAnswers(tx, new Date("2026-12-07T23:00:00Z"))).toBe(0);
      expect(await noticeChangedAnswers(tx, new Date("2026-12-08T00:05:00Z"))).toBe(1);
      expect(await noticesOf(tx)).toMatchObject([
        {
          questionId: id,
          before: "cleared",
          after: "cleared",
          changes: [expect.stringMatching(/^Clause 2\.2 of .+ has a new version \(2\.2\)\.$/) as string],
        },
      ]);
    }),
  );

  it(
    "tell of a rule that was published anew, by the rules of now and not those of then",
    inSample(async (tx) => {
      await asked(tx);
      const rules = sampleRules();
      const refusing = {
        ...rules.rules.find((r) => r.id === "org-purpose"),
        id: "org-no-summaries",
        title: "No summaries by AI",
        when: { purposes: ["summarise"] },
        appliesFrom: "2026-11-25",
      } as (typeof rules.rules)[number];
      await publishRules(tx, { ...rules, rules: [...rules.rules, refusing] }, later);
      expect(await noticeChangedAnswers(tx, later)).toBe(1);
      expect((await noticesOf(tx))[0]?.changes).toEqual([
        "Outcome was Cleared, is now Not allowed.",
        "A rule applies since 25 November 2026: No summaries by AI.",
      ]);
    }),
  );

  it(
    "go to those who watch and still work here, for the newest turn of a thread",
    inSample(async (tx) => {
      const quiet = await asked(tx);
      await setWatched(tx, mila, { questionId: quiet, watched: false }, now);
      await asked(tx, memo, dana);
      await tx.update(person).set({ leftOn: "2027-01-01" }).where(eq(person.id, "p-dana"));
      const first = await asked(tx, memo, mila, later);
      const again = await judgeAgain(tx, mila, { questionId: first }, new Date("2026-11-26T09:00:00Z"));
      expect(again).toMatchObject({ ok: true });
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(1);
      expect((await noticesOf(tx)).map((n) => n.questionId)).toEqual([again?.ok ? again.questionId : ""]);
    }),
  );

  it(
    "are judged for the groups the asker is in now",
    inSample(async (tx) => {
      const id = await asked(tx);
      await tx
        .update(person)
        .set({ audiences: ["contractors"] })
        .where(eq(person.id, "p-mila"));
      expect(await noticeChangedAnswers(tx, later)).toBe(1);
      expect(await noticesOf(tx)).toMatchObject([
        {
          questionId: id,
          changes: expect.arrayContaining([
            "A rule counts now that did not before: Not approved for your group.",
          ]) as string[],
        },
      ]);
    }),
  );

  it(
    "count as unseen until the asker opens the answer, and are settled by judging again",
    inSample(async (tx) => {
      const id = await asked(tx);
      await noticeChangedAnswers(tx, reviewPassed);
      expect(await unseenNotices(tx, mila)).toBe(1);
      expect(await unseenNotices(tx, dana)).toBe(0);
      expect(await changedAnswers(tx, mila)).toMatchObject([{ questionId: id, text: memo, seen: false }]);
      expect(await noticeOn(tx, dana, { id, viewer: "colleague" }, reviewPassed)).not.toBeNull();
      expect(await unseenNotices(tx, mila)).toBe(1);
      const notice = await noticeOn(tx, mila, { id, viewer: "asker" }, reviewPassed);
      expect(notice).toMatchObject({ after: "not_allowed" });
      expect(await unseenNotices(tx, mila)).toBe(0);
      expect(await changedAnswers(tx, mila)).toMatchObject([{ questionId: id, seen: true }]);

      const again = await judgeAgain(tx, mila, { questionId: id }, reviewPassed);
      const newId = again?.ok ? again.questionId : "";
      expect(await questionFor(tx, mila, newId)).toMatchObject({
        text: memo,
        verdict: { outcome: "not_allowed" },
        turns: [{ id: newId, text: "Judged again" }],
      });
      expect(await changedAnswers(tx, mila)).toEqual([]);
      expect(await judgeAgain(tx, mila, { questionId: id }, reviewPassed)).toEqual({
        ok: false,
        reason: "superseded",
      });
      expect(await judgeAgain(tx, dana, { questionId: newId }, reviewPassed)).toBeNull();
    }),
  );

  it(
    "go when they are switched off, for the whole thread and what follows in it",
    inSample(async (tx) => {
      const id = await asked(tx);
      await noticeChangedAnswers(tx, reviewPassed);
      expect(await setWatched(tx, dana, { questionId: id, watched: false }, reviewPassed)).toBeNull();
      expect(await setWatched(tx, mila, { questionId: id, watched: false }, reviewPassed)).toEqual({
        ok: true,
      });
      await setWatched(tx, mila, { questionId: id, watched: false }, reviewPassed);
      expect(await noticesOf(tx)).toEqual([]);
      const sets = await tx.select().from(auditEvent).where(eq(auditEvent.type, "question.watch_set"));
      expect(sets.map((event) => event.data)).toEqual([{ watched: false }]);
      const again = await judgeAgain(tx, mila, { questionId: id }, reviewPassed);
      expect(again?.ok ? (await questionFor(tx, mila, again.questionId))?.watched : null).toBe(false);
    }),
  );

  it(
    "reach everybody, however many answers there are",
    inSample(async (tx) => {
      const id = await asked(tx);
      const [row] = await tx.select().from(question).where(eq(question.id, id));
      if (!row) throw new Error("the question was not stored");
      const copies = Array.from({ length: 250 }, (_, i) => {
        const copy = `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`;
        return { ...row, id: copy, threadId: copy };
      });
      await tx.insert(question).values(copies);
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(251);
      expect(await noticesOf(tx)).toHaveLength(251);
      expect(await noticeChangedAnswers(tx, reviewPassed)).toBe(0);
    }),
  );
});

onBothEngines("two runs at once", (database) => {
  it("tell a change once", async () => {
    const { db } = database;
    await publishSample(db, new Date("2026-11-23T08:00:00Z"));
    await asked(db);
    const runs = await Promise.all([
      noticeChangedAnswers(db, reviewPassed),
      noticeChangedAnswers(db, reviewPassed),
    ]);
    expect(runs.toSorted()).toEqual([0, 1]);
    expect(await noticesOf(db)).toHaveLength(1);
    expect(await told(db)).toHaveLength(1);
  });
});
