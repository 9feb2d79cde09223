import type { Db } from "#db/client.server.ts";
import type { Scan } from "#app/domain/competence/proof-file.ts";
import type { Ask } from "#app/domain/evidence/external-copy.ts";
import type { Model } from "#app/domain/assistant/answer.ts";
import type { Term } from "#app/domain/content/term.ts";
import type { EvaluationReport } from "#app/domain/assistant/evaluation-report.ts";
import type { Embedding } from "#app/domain/assistant/passage.server.ts";
import type { SentenceVectors } from "#app/domain/assistant/reading.server.ts";
import type { Mailing } from "#app/domain/competence/mailing.ts";
import type { ModelLimits } from "#app/domain/assistant/model-budget.server.ts";
import type { RetentionRule } from "#app/domain/people/retention.ts";
import type { Signer } from "#app/domain/audit/seal.ts";
import type { AskLimit } from "./ask-limit.server.ts";

/** What a door hands to the domain. Made once at start, passed with every request. */
export type Services = {
  db: Db;
  /** The clock; tests pass their own. */
  now: () => Date;
  /** The configured language model, or null: the product works without. */
  model: Model | null;
  /** Makes vectors of English sentences in this process, for reading questions; null: read without. */
  vectors?: SentenceVectors | null;
  /** Makes the vectors by which passages are found; null: found by their words. */
  embedding?: Embedding | null;
  /** How well the assistant judges, as last measured; null when no report is published. */
  evaluation: EvaluationReport | null;
  /** The glossary of the content; empty where there is none. */
  terms: readonly Term[];
  /** The words of mails and when they are sent. */
  mailing: Mailing;
  /** What one person may spend of the model on one day. */
  modelLimits: ModelLimits;
  /** Counts a question of somebody; see {@link askLimit}. */
  askLimit: AskLimit;
  /** Asks an external LRS what it holds. */
  ask: Ask;
  /** How long what is kept; see `retention.yaml`. Left out: nothing is deleted by time. */
  retention?: readonly RetentionRule[];
  /** Signs badges; left out where none are issued. */
  signer?: Signer;
  /** Looks for malware in files of proof; null: their type and content are checked alone. */
  scan?: Scan | null;
  /** Address people reach the product at, without a trailing slash. */
  baseUrl: string;
  /** Where the files of audit packs are kept. */
  packFolder: string;
  /** Fingerprint of the key that seals and audit packs are signed with here. */
  keyId: string;
  cspNonce: string;
  /**
   * Resolves when the client has taken what it was sent so far: true, or false when it has gone. Remix writes a stream as fast
   * as it is read, so a long one waits for this between its pieces. Left out where nothing is buffered.
   */
  drained?: () => Promise<boolean>;
};
