import type { AuditLink } from "../audit/event.ts";
import { isOwn, type StoredStatement } from "../evidence/outbox.ts";

/** What of the evidence a pack shows. */
export type EvidenceScope = {
  /** Whether everybody and everything is in scope. */
  whole: boolean;
  /** Slugs; null: all. */
  requirements: readonly string[] | null;
  /** Of the product's own statements: what other clients said may name people. */
  baseIri: string;
  from: Date;
  asAt: Date;
  /** Whether statements that hold answer keys are shown. */
  keys: boolean;
};

/** The period that a statement of the product is about, where it says what happened before the end of the scope. */
export function periodOf(
  row: { stored: Date; body: string },
  scope: Pick<EvidenceScope, "baseIri" | "asAt">,
): string | null {
  const statement = JSON.parse(row.body) as StoredStatement & { timestamp?: string };
  const registration = statement.context?.registration;
  if (!isOwn(statement, scope.baseIri) || new Date(statement.timestamp ?? row.stored) > scope.asAt)
    return null;
  return typeof registration === "string" ? registration.toLowerCase() : null;
}

/** Kinds of events about one person that belong to a record of competence; who asked or reported what does not. */
const aboutPeople =
  /^(period|attempt|certificate|policy|waiver|naming|retraining|reminder|basis|message)\.|^(record\.read|proof\.read|competence\.attested|practice\.completed|seat\.\w+)$/;
/** Kinds of events about the organisation as a whole. */
const aboutAll =
  /^(organisation|content|requirement|register|pack|sample)\.|^(module\.published|evidence\.exported|board\.exported|people\.imported)$/;

/** Kinds of events that may be about anybody, and are shown where everybody is in scope. */
const aboutAny = /^(action|evaluation|review|legacy|reminders)\.|^(requirement\.retrained|notices\.chosen)$/;

/** Who and which periods of some audit events lie within the scope. */
export type Within = { people: ReadonlySet<string>; periods: ReadonlySet<string> };

/** Whether an audit event is shown in full. */
export function isShown(
  link: Pick<AuditLink, "type" | "at" | "data">,
  scope: EvidenceScope,
  within: Within,
): boolean {
  if (link.at > scope.asAt || link.at < scope.from) return false;
  if (aboutAll.test(link.type) || (scope.whole && aboutAny.test(link.type))) return true;
  const { personId, registration, requirement } = link.data;
  if (!aboutPeople.test(link.type) || typeof personId !== "string" || !within.people.has(personId))
    return false;
  if (scope.requirements === null) return true;
  // A scope of some requirements shows what is known to be of these.
  if (typeof requirement === "string") return scope.requirements.includes(requirement);
  return typeof registration === "string" && within.periods.has(registration);
}
