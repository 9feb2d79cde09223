import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Questions of one person in five minutes: more than anybody types, fewer than would keep others waiting. */
const questions = 30;
const seconds = 300;

type Limit = { questions: number; seconds: number };
/** That somebody has to wait `retryAfter` seconds after that many questions; `sentence` says so to a program, in English. */
export type Waiting = Limit & { sentence: string; retryAfter: number };

/** Null when a person may ask, which counts as a question; else when to try again. */
export type AskLimit = (personId: string) => Promise<Waiting | null>;

/**
 * One count for all doors through which questions come. Periods begin with a person's first question; a refused question
 * does not make them longer. Each process counts for itself.
 */
export function askLimit(limit: Limit = { questions, seconds }): AskLimit {
  const limiter = new RateLimiterMemory({ points: limit.questions, duration: limit.seconds });
  return async (personId) => {
    try {
      await limiter.consume(personId);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      return { ...limit, sentence: tooMany(limit, retryAfter), retryAfter };
    }
  };
}

function tooMany(limit: Limit, retryAfter: number): string {
  const wait = retryAfter > 90 ? amount(Math.ceil(retryAfter / 60), "minute") : amount(retryAfter, "second");
  return `You have asked ${limit.questions} questions within ${amount(limit.seconds / 60, "minute")}. Ask again in ${wait}.`;
}

const amount = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
