import { createHash } from "node:crypto";

/** Every kind of audit event with the data it carries. Data names ids and facts, never free text of people or secrets. */
export type AuditData = {
  "organisation.created": { kind: string; name: string };
  "organisation.roles_set": { aiRoles: string[] };
  "people.imported": { created: number; changed: number };
  /** By name of the field; lists are joined. */
  "person.changed": { personId: string; changes: Record<string, { from: string; to: string }> };
  "leave.recorded": { personId: string; from: string; until: string };
  "leave.withdrawn": { personId: string; from: string; until: string };
  "person.system_added": { personId: string; system: string; role: string };
  "person.system_ended": { personId: string; system: string; role: string };
  "person.signed_in": Record<string, never>;
  "person.signed_out": Record<string, never>;
  "person.locked": { failed: number; until: string };
  "setup_link.used": Record<string, never>;
  "content.published": { slug: string; version: string; hash: string };
  "module.draft_created": { slug: string; base: string };
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
  "certificate.revoked": { personId: string; reason: string };
  "policy.acknowledged": { personId: string; policyVersionId: string };
  "waiver.granted": { personId: string; requirement: string; until: string };
  "waiver.ended": { personId: string; requirement: string; until: string };
  "board.exported": { rows: number; filter: string };
  "view.saved": { shared: boolean };
  "view.deleted": { shared: boolean };
  /** Of `people` periods at once; each that is done has an event of its own. */
  "bulk.started": { kind: string; periods: number; filter: string };
  "bulk.finished": { kind: string; done: number; refused: number };
  "evidence.exported": { statements: number; events: number; seals: number };
  "record.read": { personId: string };
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
