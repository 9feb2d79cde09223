import type { AuditLink } from "../audit/event.ts";
import { isOwn, type StoredStatement } from "../evidence/outbox.ts";

/** What of the evidence a pack shows. */
export type EvidenceScope = {
  /** Ids of people and periods. */
  people: ReadonlySet<string>;
  periods: ReadonlySet<string>;
  /** Slugs; null: all. */
  requirements: readonly string[] | null;
  /** Of the product's own statements: what other clients said may name people. */
  baseIri: string;
  from: Date;
  asAt: Date;
  /** Whether statements that hold answer keys are shown. */
  keys: boolean;
};

/** Whether a statement of the product belongs to a period in scope and says what happened before its end. */
export function isStatementOf(row: { stored: Date; body: string }, scope: EvidenceScope): boolean {
  const statement = JSON.parse(row.body) as StoredStatement & { timestamp?: string };
  const registration = statement.context?.registration;
  if (!isOwn(statement, scope.baseIri) || new Date(statement.timestamp ?? row.stored) > scope.asAt)
    return false;
  return typeof registration === "string" && scope.periods.has(registration.toLowerCase());
}

/** Whether a statement tells right answers. */
export const holdsKey = (body: string): boolean => body.includes("correctResponsesPattern");

/** Kinds of events about one person that belong to a record of competence; who asked or reported what does not. */
const aboutPeople =
  /^(period|attempt|certificate|policy|waiver)\.|^(record\.read|practice\.completed|seat\.\w+)$/;
/** Kinds of events about the organisation as a whole. */
const aboutAll =
  /^(organisation|content|requirement|register|pack|sample)\.|^(module\.published|evidence\.exported|board\.exported|people\.imported)$/;

/** Whether an audit event is shown in full. */
export function isShown(link: Pick<AuditLink, "type" | "at" | "data">, scope: EvidenceScope): boolean {
  if (link.at > scope.asAt || link.at < scope.from) return false;
  if (aboutAll.test(link.type)) return true;
  const { personId, registration, requirement } = link.data;
  if (!aboutPeople.test(link.type) || typeof personId !== "string" || !scope.people.has(personId))
    return false;
  if (scope.requirements === null) return true;
  // A scope of some requirements shows what is known to be of these.
  if (typeof requirement === "string") return scope.requirements.includes(requirement);
  return typeof registration === "string" && scope.periods.has(registration);
}
