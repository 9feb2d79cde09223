import type { AuditType } from "../audit/event.ts";

const names: Record<AuditType, string> = {
  "organisation.created": "Set up the organisation",
  "people.imported": "Imported people",
  "person.signed_in": "Signed in",
  "person.signed_out": "Signed out",
  "person.locked": "Locked a sign-in after wrong passwords",
  "setup_link.used": "Used the set-up link",
  "content.published": "Published content",
  "requirement.published": "Published a requirement",
  "requirement.ended": "Ended a requirement",
  "register.published": "Published the AI register",
  "period.assigned": "Assigned a requirement",
  "period.started": "Started a requirement",
  "period.completed": "Completed a requirement",
  "attempt.started": "Started an attempt",
  "attempt.submitted": "Submitted an attempt",
  "attempt.granted": "Granted a further attempt",
  "certificate.issued": "Issued a certificate",
  "certificate.revoked": "Revoked a certificate",
  "policy.acknowledged": "Acknowledged a policy",
  "waiver.granted": "Granted a waiver",
  "board.exported": "Exported the board",
  "record.read": "Read a person’s record",
  "question.asked": "Asked the assistant",
  "case.opened": "Opened a case",
  "case.information_requested": "Asked for more about a case",
  "case.information_given": "Told more about a case",
  "case.rated": "Rated a case",
  "case.decided": "Decided a case",
  "case.published": "Published a precedent",
  "concern.reported": "Reported an AI concern",
  "concern.acknowledged": "Confirmed the receipt of a concern",
  "concern.answered": "Answered a concern",
  "concern.closed": "Closed a concern",
  "approval.granted": "Granted an approval",
  "lrs_target.added": "Added an external record store",
  "outbox.replayed": "Put the outbox in line again",
};

/** What an audit event says happened, in words; an event of a version of the product that is not this one keeps its type. */
export function eventName(type: string): string {
  return Object.hasOwn(names, type) ? names[type as AuditType] : type;
}
