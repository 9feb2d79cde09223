import { z } from "zod";

/** Why a person is away; no diagnosis, nothing that HR systems hold. */
export const leaveKinds = ["parental", "sick", "sabbatical", "other"] as const;
export type LeaveKind = (typeof leaveKinds)[number];

export const leaveKindNames: Record<LeaveKind, string> = {
  parental: "Parental leave",
  sick: "Sick leave",
  sabbatical: "Sabbatical",
  other: "Other leave",
};

export const systemRoles = ["uses", "oversees"] as const;
export type SystemRole = (typeof systemRoles)[number];

export const systemRoleNames: Record<SystemRole, string> = { uses: "Uses it", oversees: "Oversees it" };

const text = (message: string) => z.string().trim().min(1, message).max(100, "Write at most 100 characters.");
const slug = /^[a-z0-9][a-z0-9-]*$/;

/** What HR can change of a person: what rules go by. */
export const detailsInput = z.object({
  department: text("Enter the department."),
  location: text("Enter the location."),
  employmentType: text("Enter the type of employment."),
  computerShare: z
    .string()
    .trim()
    .regex(/^(100|\d{1,2})$/, "Enter a whole number from 0 to 100.")
    .transform(Number),
  audiences: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((v) => (Array.isArray(v) ? v : v.split(/[\s,;]+/)).map((one) => one.trim()).filter(Boolean))
    .refine(
      (all) => all.every((one) => slug.test(one)),
      "Write audiences in lower-case letters, digits and hyphens.",
    ),
  leftOn: z
    .union([z.literal("").transform(() => null), z.iso.date("Enter the day as a date.")])
    .default(null as never),
});
export type DetailsInput = z.infer<typeof detailsInput>;

/** As it is sent: with the first day of which the change is true, where that is not today. */
export const detailsForm = detailsInput.extend({
  from: z
    .union([z.literal("").transform(() => null), z.iso.date("Enter the day as a date.")])
    .default(null as never),
});

export type DayRefusal = "to_come" | "before_hired";
export const dayRefusalWords: Record<DayRefusal, string> = {
  to_come: "Enter today or an earlier day: what is to come is recorded on its day.",
  before_hired: "Enter the first day of work or a later day.",
};

/** Why a change cannot be true from a day on; null where it can. */
export function dayRefusal(from: string, hiredOn: string, today: string): DayRefusal | null {
  if (from > today) return "to_come";
  return from < hiredOn && from < today ? "before_hired" : null;
}

/** Where a person works, in words of which a new one may be a slip of the pen. */
export const places = ["department", "location"] as const;
export type Place = (typeof places)[number];

/** The longest leave that can be recorded at once. */
export const longestLeaveDays = 1100;

export const leaveInput = z
  .object({
    kind: z.enum(leaveKinds, "Choose the kind of leave."),
    from: z.iso.date("Enter the first day as a date."),
    until: z.iso.date("Enter the last day as a date."),
  })
  .refine((one) => one.from <= one.until, { path: ["until"], message: "The last day is before the first." })
  .refine((one) => !(Date.parse(one.until) - Date.parse(one.from) > longestLeaveDays * 86_400_000), {
    path: ["until"],
    message: "Record a leave of at most three years; it can be prolonged later.",
  });
export type LeaveInput = z.infer<typeof leaveInput>;

/** What differs between two sets of details, for the audit log: lists are joined. */
export function changesOf(
  before: DetailsInput,
  after: DetailsInput,
): Record<string, { from: string; to: string }> {
  const words = (value: string | number | string[] | null): string =>
    Array.isArray(value) ? value.toSorted().join(" ") : String(value ?? "");
  const names = Object.keys(after) as (keyof DetailsInput)[];
  return Object.fromEntries(
    names
      .map((name) => [name, { from: words(before[name]), to: words(after[name]) }] as const)
      .filter(([, { from, to }]) => from !== to),
  );
}
