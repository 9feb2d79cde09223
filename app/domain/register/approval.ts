import type { ApprovalEntry } from "./ai-system.ts";
import type { DataClass } from "./terms.ts";

/** An approval as it counts: from content, or given by a case to its requester. */
export type Approval = {
  id: string;
  systemSlug: string;
  purposes: string[];
  dataClasses: string[];
  /** Audience slugs, or `person:<id>`. */
  groups: string[];
  conditions: string[];
  approvedOn: string;
  approvedBy: string;
  /** Last day on which it counts. */
  reviewOn: string;
  clause: string | null;
  caseId: string | null;
  /** Limits of an approval that a case gave; null where the register sets none. */
  affected: string[] | null;
  oversights: string[] | null;
};

/** The group that stands for one person. */
export const personGroup = (personId: string): string => `person:${personId}`;

/** The person a group stands for, or null for a group of several. */
export function personOf(group: string): string | null {
  return group.startsWith("person:") ? group.slice("person:".length) : null;
}

const initials = new Map([
  ["hr", "HR"],
  ["aims", "AIMS"],
]);

/** An audience as people say it: `customer-support` is "Customer support". */
export function groupName(audience: string): string {
  const words = audience.split("-").map((word) => initials.get(word) ?? word);
  const name = words.join(" ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The groups a person acts in: their audiences and themselves. */
export function groupsOf(person: { id: string; audiences: readonly string[] }): string[] {
  return [...person.audiences, personGroup(person.id)];
}

/** Whether an approval counts on `today` (third-party-ai-procedure 3.2: not after its review date). */
export function counts(approval: Pick<Approval, "approvedOn" | "reviewOn">, today: string): boolean {
  return approval.approvedOn <= today && today <= approval.reviewOn;
}

/**
 * Whether the data classes are approved, each of them. Public data may go into any registered tool for its approved
 * purpose (data-classification-standard 3.1); secrets never.
 */
export function coversData(approval: Pick<Approval, "dataClasses">, classes: readonly DataClass[]): boolean {
  return classes.every((c) => c === "public" || (c !== "secrets" && approval.dataClasses.includes(c)));
}

export function coversGroup(approval: Pick<Approval, "groups">, groups: readonly string[]): boolean {
  return approval.groups.some((g) => groups.includes(g));
}

/** An approval as content states it. */
export function approvalOf(systemSlug: string, entry: ApprovalEntry): Approval {
  return {
    ...entry,
    systemSlug,
    clause: entry.clause ?? null,
    caseId: null,
    affected: null,
    oversights: null,
  };
}
