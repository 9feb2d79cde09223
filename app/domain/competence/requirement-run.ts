import type { AuditEntry } from "../audit/event.ts";

/** How far a version of a requirement is applied, in people and in periods. */
export type RunProgress = {
  people: number;
  opened: number;
  ended: number;
  /** People to whom it was assigned, and for whom it ended. */
  assignedPeople: number;
  endedPeople: number;
};

/** What a batch of people adds. Renewals that time alone had opened are periods, but assign nothing to anybody. */
export function progressOf(entries: readonly AuditEntry[], people: number): RunProgress {
  const assigned = new Set<string>();
  const ended = new Set<string>();
  const progress = { people, opened: 0, ended: 0 };
  for (const entry of entries) {
    if (entry.type === "period.assigned") {
      progress.opened++;
      if (entry.data.openedBy !== "schedule") assigned.add(entry.data.personId);
    }
    if (entry.type === "period.ended") {
      progress.ended++;
      ended.add(entry.data.personId);
    }
  }
  return { ...progress, assignedPeople: assigned.size, endedPeople: ended.size };
}

/** Whether it came otherwise than the trial said; false where none was made. */
export const cameOtherwise = (run: {
  expectedAssigned: number | null;
  expectedEnded: number | null;
  assignedPeople: number;
  endedPeople: number;
}): boolean =>
  (run.expectedAssigned !== null && run.expectedAssigned !== run.assignedPeople) ||
  (run.expectedEnded !== null && run.expectedEnded !== run.endedPeople);

/** Part of it that is through, 0 to 1. People who came later are gone through as well. */
export const partDone = ({ people, total }: { people: number; total: number }): number =>
  total === 0 ? 1 : Math.min(people / total, 1);
