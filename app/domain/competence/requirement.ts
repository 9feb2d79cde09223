import { z } from "zod";
import { basisKinds } from "./basis-kind.ts";

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");

/** What a group of people must be competent in, proven how often (ISO/IEC 42001 7.2 a). */
export const requirement = z
  .strictObject({
    slug,
    title: text,
    module: slug,
    /** A person in any of these audiences falls under it. */
    audiences: z.array(slug).default([]),
    /** The registered AI system that the module is about; its overseers fall under it (EU AI Act Art. 26(2)). */
    system: slug.optional(),
    /** People named one by one: the overseers of `system`, as the register has them. */
    people: z.array(text).optional(),
    /** How long the competence counts after completion. */
    validMonths: z.number().int().positive(),
    /** How many days before expiry the renewal opens. */
    windowDays: z.number().int().min(0),
    /** How many days a newly assigned person has. */
    dueDays: z.number().int().positive(),
    /** How many days past due before it counts as overdue. */
    graceDays: z.number().int().min(0),
    effectiveFrom: z.iso.date(),
    basis: z.array(text).min(1),
    /** What else than the training may prove it (ISO/IEC 42001 7.2 b); nothing where it is left out. */
    accepts: z.array(z.enum(basisKinds)).optional(),
    /** What a manager must have seen, one by one, to attest it. */
    criteria: z.array(text.max(300)).max(12).optional(),
  })
  .refine((one) => !one.accepts?.includes("attestation") || (one.criteria?.length ?? 0) > 0, {
    path: ["criteria"],
    message: "say by which criteria a manager attests it",
  })
  .refine((one) => one.audiences.length > 0 || one.system !== undefined, {
    path: ["audiences"],
    message: "name the audiences, or the system whose overseers must meet it",
  });
export type Requirement = z.infer<typeof requirement>;

/** Whether a requirement asks anything of a person today. Contractors count like everyone else (EU AI Act Art. 4). */
export function applies(
  requirement: Requirement,
  person: { id: string; audiences: readonly string[]; leftOn: string | null },
  today: string,
): boolean {
  if (requirement.effectiveFrom > today) return false;
  if (person.leftOn !== null && person.leftOn <= today) return false;
  if (requirement.people?.includes(person.id)) return true;
  return requirement.audiences.some((audience) => person.audiences.includes(audience));
}
