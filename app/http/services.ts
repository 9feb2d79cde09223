import type { Db } from "#db/client.server.ts";
import type { Model } from "#app/domain/assistant/answer.ts";

/** What a door hands to the domain. Made once at start, passed with every request. */
export type Services = {
  db: Db;
  /** The clock; tests pass their own. */
  now: () => Date;
  /** The configured language model, or null: the product works without. */
  model: Model | null;
  /** Address people reach the product at, without a trailing slash. */
  baseUrl: string;
  cspNonce: string;
};
