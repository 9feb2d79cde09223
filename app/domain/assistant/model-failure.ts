/** Why a model gave nothing for an answer: it did, it could not, or it was not asked. */
export const modelFailures = ["time_out", "unreachable", "bad_answer", "resting", "over_limit"] as const;
export type ModelFailure = (typeof modelFailures)[number];

/** What the asker reads when the answer was made without the model. */
export const modelFailureNotes: Record<ModelFailure, string> = {
  time_out: "The language model did not answer in time.",
  unreachable: "The language model could not be reached.",
  bad_answer: "The language model answered with something that could not be used.",
  resting: "The language model has failed several times and is left alone for a minute.",
  over_limit: "Your share of the language model is used up for today (until midnight, UTC).",
};

/** What a model's call rejects with when it is known why. */
export class ModelFailed extends Error {
  readonly failure: ModelFailure;
  constructor(failure: ModelFailure, options?: ErrorOptions) {
    super(modelFailureNotes[failure], options);
    this.name = "ModelFailed";
    this.failure = failure;
  }
}

/** Why a call to a model has rejected. */
export const failureOf = (error: unknown): ModelFailure =>
  error instanceof ModelFailed ? error.failure : "unreachable";

/** The failure that an answer was stored with. Rows from before reasons were kept hold only whether there was one. */
export function storedFailure(failed: ModelFailure | boolean | null | undefined): ModelFailure | null {
  if (typeof failed === "boolean") return failed ? "unreachable" : null;
  return failed ?? null;
}
