import { eq, like } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import { chosenFacts } from "./ask-back.ts";
import { questionFor } from "./conversation.server.ts";
import { phrasingOf } from "./phrasing.server.ts";
import { answerBack, ask, judgeAgain, openCaseFor } from "./question.server.ts";
import { colleaguesFor, sharedWithMe, shareQuestion, unshareQuestion } from "./share.server.ts";
import { setWatched } from "./watch.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T09:05:00Z");
const mila = samplePerson("p-mila");
const dana = samplePerson("p-dana");
const ravi = samplePerson("p-ravi");

onBothEngines("sharing an answer", (database) => {
  const withQuestion = (body: (tx: Db, questionId: string) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, new Date("2026-11-23T08:00:00Z"));
      const result = await ask(
        tx,
        mila,
        { text: "May I use Midjourney to make an image?" },
        { model: null },
        now,
      );
      if (!result.ok) throw new Error(result.reason);
      await body(tx, result.questionId);
    });

  it(
    "lets a colleague read the thread, its later turns included, and nothing else",
    withQuestion(async (tx, questionId) => {
      expect(await questionFor(tx, dana, questionId)).toBeNull();
      expect(await shareQuestion(tx, mila, { questionId, personId: "p-dana" }, now)).toEqual({ ok: true });
      expect(await questionFor(tx, dana, questionId)).toMatchObject({
        viewer: "colleague",
        asker: "Mila Janssen",
        mayOpen: false,
        correction: [],
        case: null,
        shares: [],
      });
      expect(await questionFor(tx, mila, questionId)).toMatchObject({
        viewer: "asker",
        mayOpen: true,
        shares: [{ personId: "p-dana", at: now }],
      });
      expect(await questionFor(tx, ravi, questionId)).toBeNull();
      const again = await judgeAgain(tx, mila, { questionId }, later);
      const newest = again?.ok ? again.questionId : "";
      expect((await questionFor(tx, dana, newest))?.viewer).toBe("colleague");
      expect(await sharedWithMe(tx, dana)).toMatchObject([
        { id: newest, text: "May I use Midjourney to make an image?", sharedBy: "Mila Janssen" },
      ]);
      expect(await sharedWithMe(tx, mila)).toEqual([]);
    }),
  );

  it(
    "lets a colleague do nothing with it",
    withQuestion(async (tx, questionId) => {
      await shareQuestion(tx, mila, { questionId, personId: "p-dana" }, now);
      const chosen = chosenFacts.parse({ purposes: "translate" });
      expect(await answerBack(tx, dana, { questionId, chosen }, now)).toBeNull();
      expect(await openCaseFor(tx, dana, { questionId }, now)).toBeNull();
      expect(await judgeAgain(tx, dana, { questionId }, now)).toBeNull();
      expect(await setWatched(tx, dana, { questionId, watched: false }, now)).toBeNull();
      expect(await shareQuestion(tx, dana, { questionId, personId: "p-ravi" }, now)).toBeNull();
      expect(await unshareQuestion(tx, dana, { questionId, personId: "p-dana" }, now)).toBeNull();
      expect(await colleaguesFor(tx, dana, { questionId, search: "ravi" }, now)).toBeNull();
      expect(await phrasingOf(tx, dana, { questionId }, null, new AbortController().signal)).toBeNull();
    }),
  );

  it(
    "can be taken back, given again, and is in the audit log each time it changed",
    withQuestion(async (tx, questionId) => {
      const share = { questionId, personId: "p-dana" };
      await shareQuestion(tx, mila, share, now);
      await shareQuestion(tx, mila, share, later);
      expect(await unshareQuestion(tx, mila, share, later)).toEqual({ ok: true });
      await unshareQuestion(tx, mila, share, later);
      expect(await questionFor(tx, dana, questionId)).toBeNull();
      expect(await sharedWithMe(tx, dana)).toEqual([]);
      await shareQuestion(tx, mila, share, later);
      expect(await questionFor(tx, dana, questionId)).not.toBeNull();
      const events = await tx
        .select({ type: auditEvent.type, actorId: auditEvent.actorId, data: auditEvent.data })
        .from(auditEvent)
        .where(like(auditEvent.type, "question.%shared"))
        .orderBy(auditEvent.seq);
      const data = { personId: "p-dana" };
      expect(events).toEqual(
        ["question.shared", "question.unshared", "question.shared"].map((type) => ({
          type,
          actorId: "p-mila",
          data,
        })),
      );
    }),
  );

  it(
    "refuses oneself and those who have left, and knows nobody who is not here",
    withQuestion(async (tx, questionId) => {
      await tx.update(person).set({ leftOn: "2026-11-24" }).where(eq(person.id, "p-dana"));
      const share = (personId: string) => shareQuestion(tx, mila, { questionId, personId }, now);
      expect(await share("p-dana")).toEqual({ ok: false, reason: "not_here" });
      expect(await share("p-mila")).toEqual({ ok: false, reason: "self" });
      expect(await share("p-nobody")).toBeNull();
      expect(await shareQuestion(tx, mila, { questionId: "nonsense", personId: "p-ravi" }, now)).toBeNull();
    }),
  );

  it(
    "finds colleagues by part of the name, without those it is no use to find",
    withQuestion(async (tx, questionId) => {
      const find = async (search: string) =>
        (await colleaguesFor(tx, mila, { questionId, search }, now))?.map((one) => one.id);
      expect(await find("RAVI")).toEqual(["p-ravi"]);
      expect(await find("r")).toEqual([]);
      expect(await find("%%%")).toEqual([]);
      expect(await find("Mila Jans")).toEqual([]);
      await shareQuestion(tx, mila, { questionId, personId: "p-ravi" }, now);
      expect(await find("ravi")).toEqual([]);
      await tx.update(person).set({ leftOn: "2026-11-01" }).where(eq(person.id, "p-dana"));
      expect(await find("dana")).not.toContain("p-dana");
    }),
  );
});
