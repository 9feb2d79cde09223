import { z } from "zod";

/** What a report is about, as the reporter sees it (ai-incident-procedure 1.1). */
export const concernKinds = ["incident", "near_miss", "shadow_ai", "worry"] as const;
export type ConcernKind = (typeof concernKinds)[number];
export const concernKindNames: Record<ConcernKind, string> = {
  incident: "Incident",
  near_miss: "Near miss",
  shadow_ai: "Tool nobody approved",
  worry: "Worry",
};
export const concernKindHints: Record<ConcernKind, string> = {
  incident: "Something went wrong: harm was done, data went where it should not, or a rule was broken.",
  near_miss: "It could have gone wrong, and was caught in time.",
  shadow_ai: "AI is used at work that is not on the register.",
  worry: "Nothing has happened, but you fear it could.",
};

export const concernStatuses = ["open", "answered", "closed"] as const;
export type ConcernStatus = (typeof concernStatuses)[number];

export const concernEventKinds = ["acknowledged", "answered", "closed"] as const;
export type ConcernEventKind = (typeof concernEventKinds)[number];
export const concernEventNames: Record<ConcernEventKind, string> = {
  acknowledged: "Receipt confirmed",
  answered: "Answered",
  closed: "Closed",
};

/** What a list of reports shows; `mine` are those the reader sent under their name. */
export const concernViews = ["open", "answered", "closed", "mine"] as const;
export type ConcernView = (typeof concernViews)[number];
export const concernViewNames: Record<ConcernView, string> = {
  open: "To answer",
  answered: "Answered",
  closed: "Closed",
  mine: "Sent by me",
};

export const concernPageSize = 50;

/** About two pages: what happened, which tool and data, who is affected. Documents stay with the reporter. */
export const longestConcern = 6000;

/** Characters of a tool's name as a reporter gives it. */
export const longestTool = 100;

/** The text of a report with the tool it is about in its first line, where the reporter named one. */
export const reportText = (text: string, tool: string): string =>
  tool.trim() === "" ? text : `Tool: ${tool.trim().replace(/\s+/g, " ")}\n${text}`;

/** A follow-up code as a form sends it. */
export const followUpCode = z
  .string()
  .trim()
  .min(1, "Enter the code you were given with your report.")
  .max(60, "A code has five groups of four.");
export const unknownCode = "No report has this code. Compare it letter by letter.";

export type ConcernRefusal = "own_report" | "closed" | "acknowledged";
export const concernRefusalWords: Record<ConcernRefusal, string> = {
  own_report: "You sent this report yourself. Someone else handles it.",
  closed: "This report is closed. Nothing can be added to it.",
  acknowledged: "Receipt is confirmed already.",
};

/**
 * Whether somebody may take a step with a report. Nobody handles their own; a closed one stays as it is. Receipt is
 * confirmed once, and an answer confirms it too (ai-incident-procedure 3.1).
 */
export function mayHandle(
  about: { reporterId: string | null; status: ConcernStatus },
  actorId: string,
  step: ConcernEventKind,
  taken: readonly ConcernEventKind[],
): { ok: true } | { ok: false; reason: ConcernRefusal } {
  if (about.reporterId === actorId) return { ok: false, reason: "own_report" };
  if (about.status === "closed") return { ok: false, reason: "closed" };
  if (step === "acknowledged" && taken.length > 0) return { ok: false, reason: "acknowledged" };
  return { ok: true };
}

/** How a report stands after a step: confirming its receipt leaves it to be answered. */
export function statusAfter(step: ConcernEventKind): ConcernStatus {
  return step === "acknowledged" ? "open" : step;
}
