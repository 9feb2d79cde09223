import type { Db } from "#db/client.server.ts";
import type { Ask } from "#app/domain/evidence/external-copy.ts";
import type { Model } from "#app/domain/assistant/answer.ts";

/** What a door hands to the domain. Made once at start, passed with every request. */
export type Services = {
  db: Db;
  /** The clock; tests pass their own. */
  now: () => Date;
  /** The configured language model, or null: the product works without. */
  model: Model | null;
  /** Asks an external LRS what it holds. */
  ask: Ask;
  /** Address people reach the product at, without a trailing slash. */
  baseUrl: string;
  cspNonce: string;
  /**
   * Resolves when the client has taken what it was sent so far: true, or false when it has gone. Remix writes a stream as fast
   * as it is read, so a long one waits for this between its pieces. Left out where nothing is buffered.
   */
  drained?: () => Promise<boolean>;
};
