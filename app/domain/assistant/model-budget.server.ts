import { and, eq, lte, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { modelUse } from "#db/schema/assistant.ts";
import type { Model } from "./answer.ts";
import { ModelFailed, failureOf } from "./model-failure.ts";

/** What one person may spend of the model on one day (UTC). Characters are those sent and received. */
export type ModelLimits = { calls: number; characters: number };

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/**
 * Takes one call that sends so many characters from a person's share of the day; false when too little is left, and then
 * nothing is taken. One statement, so that calls at the same moment cannot both have the last of it.
 */
export async function reserve(
  db: Db,
  personId: string,
  characters: number,
  limits: ModelLimits,
  now: Date,
): Promise<boolean> {
  if (limits.calls < 1 || characters > limits.characters) return false;
  const taken = await db
    .insert(modelUse)
    .values({ personId, day: dayOf(now), calls: 1, characters })
    .onConflictDoUpdate({
      target: [modelUse.personId, modelUse.day],
      set: {
        calls: sql`${modelUse.calls} + 1`,
        characters: sql`${modelUse.characters} + excluded.characters`,
      },
      setWhere: and(
        lte(sql`${modelUse.calls} + 1`, limits.calls),
        lte(sql`${modelUse.characters} + excluded.characters`, limits.characters),
      ),
    })
    .returning({ calls: modelUse.calls });
  return taken.length > 0;
}

/** Corrects what was reserved: adds what the model sent back, whatever the limit, or gives back what was not used. */
async function corrected(
  db: Db,
  personId: string,
  by: { calls: number; characters: number },
  now: Date,
): Promise<void> {
  await db
    .update(modelUse)
    .set({
      calls: sql`${modelUse.calls} + ${by.calls}`,
      characters: sql`${modelUse.characters} + ${by.characters}`,
    })
    .where(and(eq(modelUse.personId, personId), eq(modelUse.day, dayOf(now))));
}

/**
 * The model as one person may use it: each call is first taken from the share of the day, and rejects with `over_limit`
 * (see {@link ModelFailed}) when that is used up. Null stays null. `db` must be no transaction that others wait for: a call takes seconds.
 */
export function limitedModel(
  db: Db,
  personId: string,
  model: Model | null,
  limits: ModelLimits,
  now: Date,
): Model | null {
  if (!model) return null;
  const pay = async (sent: { instructions: string; text: string }, schema = ""): Promise<number> => {
    const characters = sent.instructions.length + sent.text.length + schema.length;
    if (!(await reserve(db, personId, characters, limits, now))) throw new ModelFailed("over_limit");
    return characters;
  };
  const spent = (calls: number, characters: number): Promise<void> =>
    corrected(db, personId, { calls, characters }, now);
  const unsaid = async (error: unknown, characters: number): Promise<void> => {
    if (failureOf(error) === "resting") await spent(-1, -characters);
  };
  return {
    name: model.name,
    async extract(input) {
      const sent = await pay(input, JSON.stringify(input.schema));
      try {
        const answer = await model.extract(input);
        await spent(0, JSON.stringify(answer)?.length ?? 0);
        return answer;
      } catch (error) {
        await unsaid(error, sent);
        throw error;
      }
    },
    async *phrase(input, signal) {
      const sent = await pay(input);
      let characters = 0;
      try {
        for await (const piece of model.phrase(input, signal)) {
          characters += piece.length;
          yield piece;
        }
      } catch (error) {
        await unsaid(error, sent);
        throw error;
      } finally {
        await spent(0, characters);
      }
    },
  };
}
