import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { questionFeedback } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import { feedbackFilter } from "./feedback.ts";
import { feedbackList, feedbackOn, giveFeedback } from "./feedback.server.ts";
import { ask } from "./question.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T10:00:00Z");
const mila = samplePerson("p-mila");
const dana = samplePerson("p-dana");
const ravi = samplePerson("p-ravi");
const sofia = samplePerson("p-sofia");
const all = feedbackFilter.parse({});

async function asked(tx: Db, text: string, actor = mila): Promise<string> {
  const result = await ask(tx, actor, { text }, { model: null }, now);
  if (!result.ok) throw new Error(result.reason);
  return result.questionId;
}

onBothEngines("feedback on answers", (database) => {
  const inSample = (body: (tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, new Date("2026-11-23T08:00:00Z"));
      await body(tx);
    });

  it(
    "is kept masked, and the newest counts",
    inSample(async (tx) => {
      const questionId = await asked(tx, "May I use Quillmate to summarise an internal memo?");
      expect(await feedbackOn(tx, mila, questionId)).toBeNull();
      const reason = "anna@customer.example says Parlance is missing";
      await giveFeedback(tx, mila, { questionId, helpful: false, reason }, now);
      await giveFeedback(tx, mila, { questionId, helpful: true, reason: "" }, later);
      expect(await feedbackOn(tx, mila, questionId)).toEqual({ helpful: true, reason: "", at: later });
      const rows = await tx.select({ reason: questionFeedback.reason }).from(questionFeedback);
      expect(rows.map((row) => row.reason).toSorted()).toEqual([
        "",
        "[e-mail address] says Parlance is missing",
      ]);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "question.rated"));
      expect(events.map((event) => event.data).toSorted()).toEqual([{ helpful: false }, { helpful: true }]);
    }),
  );

  it(
    "asks a no for its reason, and takes none from others than the asker",
    inSample(async (tx) => {
      const questionId = await asked(tx, "May I use Quillmate?");
      expect(await giveFeedback(tx, mila, { questionId, helpful: false, reason: " " }, now)).toEqual({
        ok: false,
        reason: "reason_needed",
      });
      expect(await giveFeedback(tx, dana, { questionId, helpful: true, reason: "" }, now)).toBeNull();
      expect(await tx.select().from(questionFeedback)).toEqual([]);
    }),
  );

  it(
    "is read by reviewers and administrators, by outcome and verdict, without a name",
    inSample(async (tx) => {
      const cleared = await asked(tx, "May I use Quillmate to summarise a memo for anna@customer.example?");
      const refused = await asked(tx, "May I use Midjourney to make an image?", dana);
      await giveFeedback(tx, mila, { questionId: cleared, helpful: false, reason: "First said" }, now);
      await giveFeedback(tx, mila, { questionId: cleared, helpful: true, reason: "Clear" }, later);
      await giveFeedback(tx, dana, { questionId: refused, helpful: false, reason: "Why not?" }, now);
      const { rows, counts, more } = await feedbackList(tx, ravi, all);
      expect(more).toBe(false);
      expect(rows.map(({ reason, helpful }) => ({ reason, helpful }))).toEqual([
        { reason: "Clear", helpful: true },
        { reason: "Why not?", helpful: false },
      ]);
      expect(JSON.stringify({ rows, counts })).not.toMatch(/p-mila|p-dana|Mila|anna@/);
      expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(
        ["at", "helpful", "id", "outcome", "reason", "text"].toSorted(),
      );
      expect(JSON.stringify(rows)).not.toContain(cleared);
      expect(counts.toSorted((a, b) => Number(a.helpful) - Number(b.helpful))).toEqual([
        { outcome: "not_allowed", helpful: false, n: 1 },
        { outcome: rows[0]?.outcome, helpful: true, n: 1 },
      ]);
      expect((await feedbackList(tx, sofia, { ...all, helpful: "no" })).rows).toHaveLength(1);
      expect((await feedbackList(tx, sofia, { ...all, outcome: "not_covered" })).rows).toEqual([]);
      expect((await feedbackList(tx, sofia, { ...all, outcome: "not_allowed" })).rows).toMatchObject([
        { text: "May I use Midjourney to make an image?" },
      ]);
      await expect(feedbackList(tx, mila, all)).rejects.toThrow("not permitted");
    }),
  );
});
