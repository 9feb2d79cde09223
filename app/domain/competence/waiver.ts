import { z } from "zod";

/** A waiver ends within this many days: it postpones a duty, it does not abolish one. */
export const longestWaiverDays = 366;

/** What HR enters. `until` is the last day of the waiver. */
export const waiverInput = z.object({
  reason: z
    .string()
    .trim()
    .min(10, "Give the reason in at least ten characters; an auditor will read it.")
    .max(500, "Keep the reason within 500 characters."),
  until: z.iso.date("Enter the last day as a date."),
});
export type WaiverInput = z.infer<typeof waiverInput>;

export type WaiverRefusal = "completed" | "past" | "too_long" | "ended";

export const waiverRefusalWords: Record<WaiverRefusal, string> = {
  completed: "The period has been completed in the meantime: there is nothing left to waive.",
  past: "The last day is over already. Enter today or a later day.",
  too_long: `A waiver lasts ${longestWaiverDays} days at most. Enter an earlier day; it can be prolonged later.`,
  ended: "This waiver has ended in the meantime.",
};

const day = 86_400_000;

/** Whether a waiver may be granted, and the moment it ends (the end of its last day, UTC). */
export function decideWaiver(
  period: { completedAt: Date | null },
  until: string,
  now: Date,
): { ok: true; until: Date } | { ok: false; reason: WaiverRefusal } {
  if (period.completedAt !== null) return { ok: false, reason: "completed" };
  const end = new Date(Date.parse(`${until}T00:00:00Z`) + day);
  if (end <= now) return { ok: false, reason: "past" };
  if (end.getTime() - now.getTime() > longestWaiverDays * day) return { ok: false, reason: "too_long" };
  return { ok: true, until: end };
}

/** Whether a waiver can be ended at `now`: only while it counts. */
export const mayEndWaiver = (
  waiver: { grantedAt: Date; until: Date; endedAt: Date | null },
  now: Date,
): boolean => waiver.endedAt === null && waiver.grantedAt <= now && waiver.until > now;

/** The last day of a waiver that ends at `until`, as people say it; twin of `decideWaiver`. */
export const lastDayOf = (until: Date): Date => new Date(until.getTime() - day);
