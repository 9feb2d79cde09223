import { createHash } from "node:crypto";

/** Every kind of audit event with the data it carries. Data names ids and facts, never free text of people or secrets. */
export type AuditData = {
  "organisation.created": { kind: string; name: string };
  "organisation.roles_set": { aiRoles: string[] };
  "people.imported": { created: number; changed: number };
  /** By name of the field; lists are joined. `from`: the first day of which it is true, where that is an earlier one. */
  "person.changed": {
    personId: string;
    changes: Record<string, { from: string; to: string }>;
    from?: string;
  };
  "leave.recorded": { personId: string; from: string; until: string };
  "leave.withdrawn": { personId: string; from: string; until: string };
  "person.system_added": { personId: string; system: string; role: string; lastDay?: string };
  "person.system_ended": { personId: string; system: string; role: string };
  "person.signed_in": Record<string, never>;
  "person.signed_out": Record<string, never>;
  "person.locked": { failed: number; until: string };
  "setup_link.used": Record<string, never>;
  "content.published": { slug: string; version: string; hash: string };
  "module.draft_created": { slug: string; base: string | null };
  "module.draft_submitted": {
    slug: string;
    version: string;
    change: string;
    /** SHA-256 of the files as submitted. */
    hash: string;
    editors: string[];
  };
  "module.draft_returned": { slug: string; version: string; reason: string };
  "module.draft_withdrawn": { slug: string };
  /** In the browser, by a second person. */
  "module.published": { slug: string; version: string; hash: string; change: string; draftId: string };
  "requirement.published": { slug: string };
  "requirement.ended": { slug: string };
  /** In the browser. */
  "requirement.edited": { slug: string; version: number; effectiveFrom: string };
  /** By the schedule, to everybody. */
  "requirement.applied": { slug: string; people: number; opened: number; ended: number };
  /** Of one person, as far as nothing had begun. */
  "retraining.withdrawn": { personId: string; requirement: string };
  "naming.made": { personId: string; requirement: string; until: string | null };
  "naming.ended": { personId: string; requirement: string };
  "reminder.asked": { personId: string; requirement: string };
  "reminder.called_back": { personId: string };
  "requirement.retrained": { slug: string; cause: string; people: number; dueDays: number };
  "register.published": { systems: number; approvals: number };
  "period.assigned": {
    personId: string;
    requirement: string;
    number: number;
    dueAt: string;
    openedBy?: string;
    carriedFrom?: string;
  };
  /** The requirement asks it no more. */
  "period.ended": { personId: string; requirement: string; number: number; reason: string };
  "period.started": { personId: string; requirement: string; moduleVersionId: string };
  "period.completed": { personId: string; requirement: string; expiresAt: string; attemptId: string };
  /** Completed by a basis or a record of an earlier system instead of its training. */
  "period.recognised": { personId: string; requirement: string; kind: string; expiresAt: string };
  "basis.submitted": { personId: string; kind: string; sha256: string | null };
  "basis.approved": { personId: string; kind: string; requirement: string | null; until: string | null };
  "basis.refused": { personId: string; kind: string };
  "basis.withdrawn": { personId: string; kind: string };
  "basis.revoked": { personId: string; kind: string };
  "competence.attested": { personId: string; requirement: string; met: number; criteria: number };
  "proof.read": { personId: string; sha256: string };
  "legacy.imported": { sha256: string; records: number; people: number };
  "action.opened": { number: number; scope: string; personId: string | null; source: string };
  "action.planned": { number: number; ownerId: string; dueOn: string };
  "action.done": { number: number };
  "action.verified": { number: number; verdict: string };
  "action.closed": { number: number };
  "action.reopened": { number: number };
  "attempt.started": { personId: string; registration: string; number: number; seed: number };
  "attempt.submitted": { personId: string; registration: string; score: number; passed: boolean };
  "attempt.granted": { personId: string; registration: string };
  /** `timeFactor` null: no time limit. */
  "accommodation.granted": { personId: string; timeFactor: number | null };
  "accommodation.ended": { personId: string };
  "practice.completed": { personId: string; registration: string; day: number; score: number };
  "certificate.issued": { personId: string; registration: string; expiresAt: string };
  /** By a material change of its module or training asked again, before the date printed on it. */
  "certificate.ended": {
    personId: string;
    expiresAt: string;
    printedUntil: string;
    moduleVersionId?: string;
    retrainingId?: string;
  };
  /** `reasonHash`: of the reason with a salt, which are kept with the revocation and can be erased. */
  "certificate.revoked": { personId: string; reasonHash: string; category?: string };
  "certificate.display_set": { personId: string; showName: boolean; showScore: boolean };
  "badge.downloaded": { personId: string };
  "policy.acknowledged": { personId: string; policyVersionId: string };
  "policy.check_answered": { personId: string; number: number; right: boolean };
  "acknowledgements.exported": { slug: string; rows: number };
  "person.left": { personId: string; leftOn: string };
  "erasure.requested": { personId: string };
  "erasure.decided": {
    personId: string;
    outcome: string;
    erased: string[];
    kept: string[];
    /** Events that keep details of the person, by their position; the first thousand. */
    events: number[];
  };
  "hold.placed": { personId: string | null; categories: string[]; until: string };
  "hold.ended": { personId: string | null };
  "personal_data.exported": { personId: string };
  /** By the worker: rows older than the rule for their kind allows. */
  "retention.applied": { kind: string; rows: number; before: string };
  "waiver.granted": { personId: string; requirement: string; until: string };
  "waiver.ended": { personId: string; requirement: string; until: string };
  "board.exported": { rows: number; filter: string };
  "view.saved": { shared: boolean };
  "view.deleted": { shared: boolean };
  /** Of `people` periods at once; each that is done has an event of its own. */
  "bulk.started": { kind: string; periods: number; filter: string };
  "bulk.finished": { kind: string; done: number; refused: number };
  "evidence.exported": { statements: number; events: number; seals: number };
  /** `through`: where it was read, when not on the record's page. */
  "record.read": { personId: string; through?: "certificate" | "board" | "sample" | "pack" | "basis" };
  "pack.requested": {
    departments: string[] | null;
    requirements: string[] | null;
    from: string;
    until: string;
  };
  "pack.built": { people: number; files: number; bytes: number; sha256: string };
  "pack.downloaded": { sha256: string };
  "pack.deleted": { sha256: string | null };
  "sample.drawn": {
    population: number;
    populationHash: string;
    seed: string;
    size: number;
    algorithm: string;
  };
  "seat.invited": { personId: string; from: string; until: string };
  "seat.used": { personId: string };
  "seat.revoked": { personId: string };
  "question.asked": { personId: string; outcome: string; riskClass: string };
  "key.created": { expiresAt: string };
  "key.revoked": Record<string, never>;
  "question.rated": { helpful: boolean };
  "question.shared": { personId: string };
  "question.unshared": { personId: string };
  "question.watch_set": { watched: boolean };
  "question.answer_changed": { personId: string; before: string; after: string };
  "case.opened": { personId: string; number: number; automatic: boolean; riskClass: string };
  "case.information_requested": { number: number };
  "case.information_given": { number: number };
  "case.rated": { number: number; likelihood: number; severity: number };
  "case.decided": {
    number: number;
    decision: string;
    likelihood: number;
    severity: number;
    secondId: string | null;
  };
  "case.published": { number: number; contentId: string; decision: string };
  /** Of a report without a name the actor is `system`. */
  "concern.reported": { number: number; kind: string; anonymous: boolean };
  "concern.acknowledged": { number: number };
  "concern.answered": { number: number };
  "concern.closed": { number: number };
  "approval.granted": { system: string; caseId: string | null; reviewOn: string };
  "lrs_target.added": { endpoint: string; backfilled: number };
  "lrs_credential.created": {
    key: string;
    scopes: string[];
    ratePerMinute: number | null;
    bodyLimitBytes: number;
  };
  "lrs_credential.rotated": { key: string };
  "lrs_credential.revoked": { key: string };
  "lrs_target.filter_set": {
    origin: string;
    verbs: string[];
    activities: string[];
    /** Whether what passed before is looked at again. */
    again: boolean;
  };
  "outbox.replayed": { target: string; rows: number };
  "dead_letter.replayed": { target: string; letters: number };
  "dead_letter.dropped": { target: string; letter: number };
  "record.resent": { target: string; statements: number };
  /** Notices that a run of the plan found due. */
  "reminders.planned": { notices: number };
  "reminders.switched": { on: boolean };
  /** `hash`: SHA-256 of subject, text and HTML as they were handed to the mail server. */
  "message.sent": { personId: string; hash: string };
  /** Without having been sent. */
  "message.ended": { personId: string; outcome: string };
  "message.retried": { personId: string };
  /** A mail server will take nothing for the address the person has; the log does not name it. */
  "address.refused": { personId: string };
  "address.cleared": { personId: string };
  "notices.chosen": { practice: boolean; early: boolean };
  "calendar.opened": Record<string, never>;
  "calendar.closed": Record<string, never>;
  "evaluation.drafted": { number: number; requirement: string };
  /** `sha256` is of the criterion. */
  "evaluation.fixed": { number: number; version: number; sha256: string; afterStart: boolean };
  /** `sha256` is of the facts it was computed from. */
  "evaluation.evaluated": { number: number; version: number; outcome: string; n: number; sha256: string };
  "evaluation.concluded": { number: number; verdict: string };
  "evaluation.follow_up_closed": { number: number };
  /** `sha256` is of the figures and minutes. */
  "review.recorded": { number: number; from: string; until: string; sha256: string };
};

export type AuditType = keyof AuditData;

/** What a write hands to `recordEvent`. */
export type AuditEntry = {
  [T in AuditType]: { type: T; subjectType: string; subjectId: string; data: AuditData[T] };
}[AuditType];

/** A link of the chain as stored. */
export type AuditLink = {
  seq: number;
  at: Date;
  actorId: string;
  type: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
  prevHash: string;
  hash: string;
};

export const genesisHash = "0".repeat(64);

/** JSON with sorted keys, so that the same value always gives the same text (RFC 8785 for the values used here). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 (hex) of a text. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hash of a link: SHA-256 over its own fields and the previous hash, so that changing any byte breaks all later links. */
export function linkHash(link: Omit<AuditLink, "hash">): string {
  return sha256(canonicalJson({ ...link, at: link.at.toISOString() }));
}

/** The first link whose hash or predecessor does not fit, or null when the chain from `start` is whole. Links in seq order. */
export function brokenLink(
  links: readonly AuditLink[],
  start = { seq: 0, hash: genesisHash },
): AuditLink | null {
  let last = start;
  for (const link of links) {
    const { hash, ...fields } = link;
    if (link.seq !== last.seq + 1 || link.prevHash !== last.hash || linkHash(fields) !== hash) return link;
    last = link;
  }
  return null;
}
