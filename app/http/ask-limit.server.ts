import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Questions of one person in five minutes: more than anybody types, fewer than would keep others waiting. */
const questions = 30;
const seconds = 300;

/** Null when a person may ask, which counts as a question; else a sentence that says when to try again, and the seconds until then. */
export type AskLimit = (personId: string) => Promise<{ sentence: string; retryAfter: number } | null>;

/**
 * One count for all doors through which questions come. Periods begin with a person's first question; a refused question
 * does not make them longer. Each process counts for itself.
 */
export function askLimit(limit = { questions, seconds }): AskLimit {
  const limiter = new RateLimiterMemory({ points: limit.questions, duration: limit.seconds });
  return async (personId) => {
    try {
      await limiter.consume(personId);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      return { sentence: tooMany(limit, retryAfter), retryAfter };
    }
  };
}

function tooMany(limit: { questions: number; seconds: number }, retryAfter: number): string {
  const wait = retryAfter > 90 ? amount(Math.ceil(retryAfter / 60), "minute") : amount(retryAfter, "second");
  return `You have asked ${limit.questions} questions within ${amount(limit.seconds / 60, "minute")}. Ask again in ${wait}.`;
}

const amount = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
