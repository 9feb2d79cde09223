import type { CaseStatus } from "./status.ts";

/** What of the cases a list shows; `mine` are those the reader asked for. */
export const queueViews = ["open", "mine", "decided"] as const;
export type QueueView = (typeof queueViews)[number];
export const queueViewNames: Record<QueueView, string> = {
  open: "To decide",
  mine: "Asked by me",
  decided: "Decided",
};

export const queuePageSize = 50;

export type Pace = "overdue" | "due_soon" | "on_time" | "waiting" | "done";

/** How a case stands against its due date: soon is within one day; the clock stands still while it waits for facts. */
export function paceOf(about: { status: CaseStatus; dueAt: Date }, now: Date): Pace {
  if (about.status === "decided") return "done";
  if (about.status === "information_requested") return "waiting";
  const left = about.dueAt.getTime() - now.getTime();
  if (left < 0) return "overdue";
  return left <= 24 * 3_600_000 ? "due_soon" : "on_time";
}
