import { z } from "zod";
import { roles } from "../people/role.ts";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const name = z.string().trim().min(1);
const anyOf = <T extends z.ZodType>(one: T) => z.array(one).min(1, "name at least one");
const share = z.number().int().min(0).max(100);

/** What a rule can ask of a person, each with the values of which one must hold. */
export const condition = z.union([
  z.strictObject({ audience: anyOf(slug) }),
  z.strictObject({ department: anyOf(name) }),
  z.strictObject({ location: anyOf(name) }),
  z.strictObject({ employmentType: anyOf(name) }),
  z.strictObject({ aimsRole: anyOf(z.enum(roles)) }),
  z.strictObject({ uses: anyOf(slug) }),
  z.strictObject({ oversees: anyOf(slug) }),
  z.strictObject({
    computerShare: z
      .strictObject({ atLeast: share.optional(), atMost: share.optional() })
      .refine((s) => s.atLeast !== undefined || s.atMost !== undefined, "say at least or at most what share")
      .refine((s) => (s.atLeast ?? 0) <= (s.atMost ?? 100), "at least is more than at most"),
  }),
]);
export type Condition = z.infer<typeof condition>;

const group = z.strictObject({ all: z.array(condition).min(1, "name at least one condition") });
export type RuleGroup = z.infer<typeof group>;

/**
 * Whom a requirement asks: those who meet every condition of one of its groups. Content may write `{ all: […] }` for a
 * single group, and a condition alone for a group of one.
 */
export const rule = z
  .union([
    group.transform((one) => ({ any: [one] })),
    z.strictObject({
      any: z
        .array(z.union([group, condition.transform((one) => ({ all: [one] }))]))
        .min(1, "name at least one group"),
    }),
  ])
  .transform((one): Rule => one);
export type Rule = { any: RuleGroup[] };

/** What rules know of a person. */
export type Subject = {
  id: string;
  audiences: readonly string[];
  department: string;
  location: string;
  employmentType: string;
  computerShare: number;
  roles: readonly string[];
  /** Systems, by slug, that the person uses or oversees on the day in question. */
  uses: readonly string[];
  oversees: readonly string[];
  leftOn: string | null;
  /** Requirements, by slug, that ask the person by name on the day in question. */
  named: readonly string[];
};

/** Whether a person is among those whom a rule asks. */
export function meets(rule: Rule, person: Subject): boolean {
  return rule.any.some((group) => group.all.every((one) => holds(one, person)));
}

function holds(one: Condition, person: Subject): boolean {
  if ("audience" in one) return one.audience.some((v) => person.audiences.includes(v));
  if ("department" in one) return one.department.includes(person.department);
  if ("location" in one) return one.location.includes(person.location);
  if ("employmentType" in one) return one.employmentType.includes(person.employmentType);
  if ("aimsRole" in one) return one.aimsRole.some((v) => person.roles.includes(v));
  if ("uses" in one) return one.uses.some((v) => person.uses.includes(v));
  if ("oversees" in one) return one.oversees.some((v) => person.oversees.includes(v));
  const { atLeast = 0, atMost = 100 } = one.computerShare;
  return person.computerShare >= atLeast && person.computerShare <= atMost;
}
