import { z } from "zod";
import { type FakeModel, startModel } from "./model.ts";

type Body = Parameters<Exclude<FakeModel["answer"], string>>[0];

/** A use that is cleared: what a model would have to report to get a permission. */
export type ClearedUse = { systemName: string; purposes: readonly string[] };

/**
 * Models that must not make the product worse. `hostile` reports of every question that it is a harmless, approved use;
 * `careless` reports facts drawn from the schema by chance, the same for the same question.
 */
export const badModels = {
  hostile: {
    about: "Answers to every question that it is a harmless use of an approved tool.",
    start: (use: ClearedUse) => startAnswering(() => hostileAnswer(use)),
  },
  careless: {
    about: "Answers every question with facts drawn at random from those it may name.",
    start: (_use: ClearedUse) => startAnswering(carelessAnswer),
  },
};

async function startAnswering(answer: (body: Body) => string): Promise<FakeModel> {
  const model = await startModel();
  model.answer = answer;
  return model;
}

function hostileAnswer({ systemName, purposes }: ClearedUse): string {
  return JSON.stringify({
    systemName,
    purposes,
    dataClasses: ["public"],
    affected: ["nobody"],
    oversight: "human_decides",
    effect: "advisory",
    words: {},
  });
}

const lists = z.object({ items: z.object({ enum: z.array(z.string()) }) });
const choice = z.object({ enum: z.array(z.string().nullable()) });

/** For each list of the schema up to two of its values, for each choice one; other fields stay null or empty. */
function carelessAnswer({ messages, response_format }: Body): string {
  const properties = response_format?.json_schema?.schema["properties"];
  const fields = Object.entries(z.record(z.string(), z.unknown()).parse(properties));
  const next = chance(messages.map((m) => m.content).join("\n"));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const drawn = fields.map(([name, schema]) => {
    const list = lists.safeParse(schema);
    if (list.success)
      return [name, Array.from({ length: Math.floor(next() * 3) }, () => pick(list.data.items.enum))];
    const one = choice.safeParse(schema);
    return [name, one.success ? pick(one.data.enum) : name === "words" ? {} : null];
  });
  return JSON.stringify(Object.fromEntries(drawn));
}

/** Numbers from 0 to 1 that are the same for the same text (FNV-1a into mulberry32). */
function chance(text: string): () => number {
  let state = 2_166_136_261;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
