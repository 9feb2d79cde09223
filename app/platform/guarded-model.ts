import type { Model } from "#app/domain/assistant/answer.ts";
import { type Breaker, attempt, closed, settled } from "#app/domain/assistant/breaker.ts";
import { type ModelFailure, ModelFailed } from "#app/domain/assistant/model-failure.ts";

/**
 * The model behind a circuit breaker that all who share it share, too: after three failures in a row it is not called for a
 * minute, then once on trial. Calls reject with {@link ModelFailed}. An answer that cannot be read counts as none of
 * the endpoint's failures: otherwise a question worded to confuse it could take it from everybody.
 */
export function guardedModel(model: Model | null, now: () => Date): Model | null {
  if (!model) return null;
  let breaker: Breaker = closed;
  const enter = (): void => {
    const tried = attempt(breaker, now());
    breaker = tried.breaker;
    if (!tried.allowed) throw new ModelFailed("resting");
  };
  const leave = (answered: boolean): void => {
    breaker = settled(breaker, answered, now());
  };
  const failed = (error: unknown): ModelFailed => {
    const why = reasonOf(error);
    leave(why === "bad_answer");
    return new ModelFailed(why, { cause: error });
  };
  return {
    name: model.name,
    async extract(input) {
      enter();
      try {
        const answer = await model.extract(input);
        leave(true);
        return answer;
      } catch (error) {
        throw failed(error);
      }
    },
    async *phrase(input, signal) {
      enter();
      let ended = false;
      try {
        yield* model.phrase(input, signal);
        leave((ended = true));
      } catch (error) {
        ended = true;
        // A reader who has left says nothing of the model.
        if (signal.aborted) throw error;
        throw failed(error);
      } finally {
        // Whoever stops reading in the middle has been answered so far.
        if (!ended) leave(true);
      }
    },
  };
}

function reasonOf(error: unknown): ModelFailure {
  if (error instanceof ModelFailed) return error.failure;
  if (error instanceof SyntaxError) return "bad_answer";
  const names = error instanceof Error ? `${error.name} ${error.message}` : "";
  return /time(?:d )?-?out|abort/i.test(names) ? "time_out" : "unreachable";
}
