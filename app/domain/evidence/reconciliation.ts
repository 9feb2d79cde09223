/** What must stand together with a completed period. */
export type CompletedPeriod = {
  registration: string;
  /** Names of our verbs among the statements of this registration. */
  verbs: readonly string[];
  certificate: boolean;
  /** Whether a basis or a record of an earlier system completed it: then there is neither attempt nor certificate. */
  recognised?: boolean;
  /** Audit events of the completion and of the issue of the certificate. */
  completionEvent: boolean;
  issueEvent: boolean;
};

/** What must stand together with a submitted attempt. */
export type SubmittedAttempt = {
  attemptId: string;
  registration: string;
  /** Null where the attempt decides nothing. */
  passed: boolean | null;
  /** Items of the form, and how many of them have an `answered` statement of this sitting. */
  items: number;
  answered: number;
  /** Names of our verbs among the other statements of this sitting. */
  verbs: readonly string[];
  /** Whether the period it counts for is completed. */
  periodCompleted: boolean;
  submissionEvent: boolean;
};

/** What is missing, in words; `of` counts it where only some are there. */
export type Gap = {
  subject: "period" | "attempt";
  id: string;
  missing: string;
  of?: { there: number; due: number } | undefined;
};

/** What is missing around completed periods; empty when record, statements, certificate and audit log agree. */
export function periodGaps(periods: readonly CompletedPeriod[]): Gap[] {
  return periods.flatMap((period) => {
    if (period.recognised)
      return missingOf("period", period.registration, [
        ["statement recognised", period.verbs.includes("recognised")],
        ["audit event period.recognised", period.completionEvent],
      ]);
    return missingOf("period", period.registration, [
      ["statement passed", period.verbs.includes("passed")],
      ["statement completed", period.verbs.includes("completed")],
      ["certificate", period.certificate],
      ["audit event period.completed", period.completionEvent],
      ["audit event certificate.issued", period.certificate && period.issueEvent],
    ]);
  });
}

/** What is missing around submitted attempts. */
export function attemptGaps(attempts: readonly SubmittedAttempt[]): Gap[] {
  return attempts.flatMap((attempt) => {
    const outcome = attempt.passed === null ? null : attempt.passed ? "passed" : "failed";
    return missingOf("attempt", attempt.attemptId, [
      ["statement scored", attempt.verbs.includes("scored")],
      [`statement ${outcome}`, outcome === null || attempt.verbs.includes(outcome)],
      [
        "statements answered",
        attempt.answered === attempt.items,
        { there: attempt.answered, due: attempt.items },
      ],
      ["completed period", !attempt.passed || attempt.periodCompleted],
      ["audit event attempt.submitted", attempt.submissionEvent],
    ]);
  });
}

function missingOf(subject: Gap["subject"], id: string, checks: [string, boolean, Gap["of"]?][]): Gap[] {
  return checks.filter(([, there]) => !there).map(([missing, , of]) => ({ subject, id, missing, of }));
}
