import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, samplePerson } from "#test/sample.ts";
import type { Model } from "./answer.ts";
import { phrasingOf } from "./phrasing.server.ts";
import { ask } from "./question.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const mila = samplePerson("p-mila");
const { signal } = new AbortController();

const saying = (...pieces: (string | Error)[]): Pick<Model, "phrase"> => ({
  phrase: async function* () {
    for (const piece of await Promise.resolve(pieces)) {
      if (piece instanceof Error) throw piece;
      yield piece;
    }
  },
});

async function heard(tx: Db, id: string, model: Pick<Model, "phrase"> | null, actor = mila) {
  const events = await phrasingOf(tx, actor, { questionId: id }, model, signal);
  if (!events || events === "nothing") return events;
  const list: string[] = [];
  for await (const event of events) list.push(event.kind === "text" ? event.text : event.kind);
  return list;
}

onBothEngines("phrasing", (database) => {
  const withQuestion = (text: string, body: (tx: Db, id: string) => Promise<void>) => () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const asked = await ask(tx, mila, { text }, { model: null }, now);
      if (!asked.ok) throw new Error(asked.reason);
      await body(tx, asked.questionId);
    });
  const refused = "May I use Midjourney to make an image with public data?";

  it(
    "streams whole sentences, keeps them, and tells them again without the model",
    withQuestion(refused, async (tx, id) => {
      const words = await heard(tx, id, saying("No. The to", "ol is not in the reg", "ister."));
      expect(words).toEqual(["No. ", "The tool is not in the register.", "done"]);
      expect(await heard(tx, id, null)).toEqual(["No. The tool is not in the register.", "done"]);
    }),
  );

  it.each([
    ["a model that permits what is refused", ["Good news. ", "Yes, go ahead. "]],
    ["a wording of nothing but what no policy says", ['It says "ask nicely".']],
    ["a model that breaks off", ["No. The", new Error("connection lost")]],
    ["a model that says nothing", []],
    ["a model that never ends", ["No. ", ...Array.from({ length: 300 }, () => "And so on it goes. ")]],
  ])("ends in failure on %s and keeps nothing", (_title, pieces) =>
    withQuestion(refused, async (tx, id) => {
      expect((await heard(tx, id, saying(...pieces)))?.slice(-1)).toEqual(["failed"]);
      const [row] = await tx.select({ phrased: question.phrased }).from(question).where(eq(question.id, id));
      expect(row?.phrased).toBeNull();
    })(),
  );

  it.each([
    ["at the end", ["No. ", 'It says "ask nicely".'], ["No. "]],
    [
      "in the middle",
      ["No. ", 'It says "ask nicely". ', "Ask for an approval."],
      ["No. ", "Ask for an approval."],
    ],
  ])(
    "leaves out a sentence that quotes what no policy says, %s, and keeps the rest",
    (_title, pieces, told) =>
      withQuestion(refused, async (tx, id) => {
        expect(await heard(tx, id, saying(...pieces))).toEqual([...told, "done"]);
        expect(await heard(tx, id, null)).toEqual([told.join("").trim(), "done"]);
      })(),
  );

  it(
    "has nothing to say without a model, before the verdict, or to somebody else",
    withQuestion("May I use Quillmate?", async (tx, id) => {
      expect(await heard(tx, id, null)).toBe("nothing");
      expect(await heard(tx, id, saying("You may."))).toBe("nothing");
      expect(await heard(tx, id, saying("You may."), samplePerson("p-dana"))).toBeNull();
    }),
  );
});
