import { z } from "zod";
import { basisKinds } from "./basis-kind.ts";
import { meets, rule, type Rule, type Subject } from "./rule.ts";

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");

/** From what the anniversaries of a competence are reckoned. */
export const anchors = ["completion", "hire", "fixed"] as const;
export type Anchor = (typeof anchors)[number];

/** What calls for the training again by itself where a requirement says so; people ask by hand in any case. */
export const triggers = ["material_policy", "retention"] as const;
export type Trigger = (typeof triggers)[number];

/** Whose certificate of a training some law asks for, with the law. */
export const certifyingAuthorities = {
  texas_dir: "Texas Department of Information Resources (Government Code 2054.5191)",
} as const;
export type CertifyingAuthority = keyof typeof certifyingAuthorities;

export const certification = z
  .strictObject({
    authority: z.enum(["texas_dir"]),
    /** How the authority names it. */
    reference: text.max(200),
    from: z.iso.date(),
    until: z.iso.date(),
  })
  .refine((one) => one.from <= one.until, { path: ["until"], message: "the last day is before the first" });

/** What a group of people must be competent in, proven how often (ISO/IEC 42001 7.2 a). */
export const requirement = z
  .strictObject({
    slug,
    title: text,
    module: slug,
    /** A person in any of these audiences falls under it; the short form of a rule. */
    audiences: z.array(slug).default([]),
    /** The registered AI system that the module is about; without a rule, its overseers fall under it (EU AI Act Art. 26(2)). */
    system: slug.optional(),
    /** Whom it asks, where audiences and overseers do not say it all; it then says it alone. */
    appliesTo: rule.optional(),
    /** How long the competence counts after completion. */
    validMonths: z.number().int().positive(),
    /** How many days before expiry the renewal opens. */
    windowDays: z.number().int().min(0),
    /** How many days a newly assigned person has. */
    dueDays: z.number().int().positive(),
    /** How many days past due before it counts as overdue. */
    graceDays: z.number().int().min(0),
    effectiveFrom: z.iso.date(),
    /** The last day on which it asks anything. */
    effectiveUntil: z.iso.date().optional(),
    /** Left out: the completion. */
    anchor: z.enum(anchors).optional(),
    /** Month and day of the anchor `fixed`, as in `03-31`. */
    anchorDay: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "write month and day as in 03-31")
      .refine(isDayOfYear, "there is no such day")
      .optional(),
    /** Whether a completion before the window begins the cycle anew rather than keep its anniversary. */
    earlyRestarts: z.boolean().optional(),
    triggers: z.array(z.enum(triggers)).optional(),
    basis: z.array(text).min(1),
    /** What else than the training may prove it (ISO/IEC 42001 7.2 b); nothing where it is left out. */
    accepts: z.array(z.enum(basisKinds)).optional(),
    /** What a manager must have seen, one by one, to attest it. */
    criteria: z.array(text.max(300)).max(12).optional(),
    /** When the training was certified by an authority whose law counts only such: past times stay listed. */
    certifications: z.array(certification).max(20).optional(),
  })
  .refine((one) => !one.accepts?.includes("attestation") || (one.criteria?.length ?? 0) > 0, {
    path: ["criteria"],
    message: "say by which criteria a manager attests it",
  })
  .refine((one) => one.audiences.length > 0 || one.system !== undefined || one.appliesTo !== undefined, {
    path: ["audiences"],
    message: "name the audiences, the system whose overseers must meet it, or a rule",
  })
  .refine((one) => one.anchor !== "fixed" || one.anchorDay !== undefined, {
    path: ["anchorDay"],
    message: "name the day of the year",
  })
  // A month may have 28 days: a longer window would open before the cycle began.
  .refine((one) => one.windowDays < one.validMonths * 28, {
    path: ["windowDays"],
    message: "the renewal opens within the time that the competence counts",
  })
  .refine((one) => one.effectiveUntil === undefined || one.effectiveUntil >= one.effectiveFrom, {
    path: ["effectiveUntil"],
    message: "the last day is before the first",
  });
export type Requirement = z.infer<typeof requirement>;
export type Certification = z.infer<typeof certification>;

/** Whom a requirement asks, its short forms written out. */
export function ruleOf(requirement: Requirement): Rule {
  const { appliesTo, audiences, system } = requirement;
  if (appliesTo) return appliesTo;
  return {
    any: [
      ...(audiences.length > 0 ? [{ all: [{ audience: audiences }] }] : []),
      ...(system === undefined ? [] : [{ all: [{ oversees: [system] }] }]),
    ],
  };
}

/** A certification in a line: by whom, how it is named there, and when it held. */
export const certificationWords = ({ authority, reference, from, until }: Certification): string =>
  `${certifyingAuthorities[authority]}: ${reference}, ${from} – ${until}`;

/** How an authority had certified the training on a day; null where it had not. */
export const certifiedOn = (
  one: Pick<Requirement, "certifications">,
  authority: CertifyingAuthority,
  day: string,
): string | null =>
  one.certifications?.find((c) => c.authority === authority && c.from <= day && day <= c.until)?.reference ??
  null;

/** Whether a requirement asks anything of anybody on a day. */
export const inForce = (one: Pick<Requirement, "effectiveFrom" | "effectiveUntil">, today: string): boolean =>
  one.effectiveFrom <= today && (one.effectiveUntil === undefined || today <= one.effectiveUntil);

/** Whether a requirement asks anything of a person today. Contractors count like everyone else (EU AI Act Art. 4). */
export function applies(requirement: Requirement, person: Subject, today: string): boolean {
  if (!inForce(requirement, today)) return false;
  if (person.leftOn !== null && person.leftOn <= today) return false;
  return person.named.includes(requirement.slug) || meets(ruleOf(requirement), person);
}

function isDayOfYear(day: string): boolean {
  const [month = 0, date = 0] = day.split("-").map(Number);
  return date <= new Date(Date.UTC(2024, month, 0)).getUTCDate();
}

export const anchorNames: Record<Anchor, string> = {
  completion: "From the last completion",
  hire: "From the day of hire",
  fixed: "On a fixed day of the year",
};

export const triggerNames: Record<Trigger, string> = {
  material_policy: "A material revision of a policy that the module has acknowledged",
  retention: "A retention check that was not passed",
};
