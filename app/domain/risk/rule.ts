import { z } from "zod";
import { clauseRef } from "../content/item.ts";
import { dataClasses, riskClasses } from "../register/terms.ts";
import { type Facts, affectedGroups, channels, effects, oversights, places } from "./facts.ts";

const text = z.string().trim().min(1);
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/, "use lower-case letters, digits, hyphens and underscores");
const day = z.iso.date();

/** How a use stands in the AI register; computed by `standing`. */
export const registerStates = [
  "approved",
  "unregistered",
  "rejected",
  "retired",
  "unapproved_purpose",
  "unapproved_data",
  "unapproved_group",
  "unapproved_people",
  "review_past",
  "no_overseers",
  "no_approved_tool",
] as const;
export type RegisterState = (typeof registerStates)[number];

/** All keys must hold; of each list one value suffices. */
export const condition = z
  .strictObject({
    purposes: z.array(slug).min(1).optional(),
    dataClasses: z.array(z.enum(dataClasses)).min(1).optional(),
    affected: z.array(z.enum(affectedGroups)).min(1).optional(),
    oversight: z.array(z.enum(oversights)).min(1).optional(),
    effect: z.array(z.enum(effects)).min(1).optional(),
    register: z.array(z.enum(registerStates)).min(1).optional(),
    place: z.array(z.enum(places)).min(1).optional(),
    channels: z.array(z.enum(channels)).min(1).optional(),
    profiling: z.boolean().optional(),
    change: z.boolean().optional(),
  })
  .refine((c) => Object.keys(c).length > 0, "name at least one fact");
export type Condition = z.infer<typeof condition>;

/** A dated rule: what must be true, what follows, and where it is written. */
export const rule = z.strictObject({
  id: slug,
  title: text,
  reason: text,
  /** prohibit: never; refuse: not as it stands; review: a person decides first; inform: a duty that goes with the use. */
  result: z.enum(["prohibit", "refuse", "review", "inform"]),
  riskClass: z.enum(riskClasses).nullable().default(null),
  /** Whether a reviewer could approve a use that is refused. */
  approvable: z.boolean().default(true),
  when: condition,
  anchor: z.string().default(""),
  /** `art5(1)(f)`, `employment`, …: the prohibition or the Annex III point, for lists and figures. */
  area: z.string().default(""),
  source: z.string().default(""),
  appliesFrom: day,
  appliesUntil: day.optional(),
  checkedOn: day,
  /** The organisation's own policy applies the rule before `appliesFrom`. */
  early: z.boolean().default(false),
  /** A possible exemption under Art. 6(3), named and left to a reviewer. */
  derogation: z.string().optional(),
  clauses: z.array(clauseRef).min(1),
  conditions: z.array(text).default([]),
});
export type Rule = z.infer<typeof rule>;

export type Match = "yes" | "no" | "unknown";

/**
 * Three-valued: a fact that is not known leaves the answer open instead of closing it. Place, channels, profiling and
 * change are read from the text and never asked for; where the text does not say them, a condition on them does not hold.
 * So a rule may only add duties or a review by them, never rest a permission on their absence.
 */
export function matches(when: Condition, facts: Facts, register: readonly RegisterState[]): Match {
  const parts: Match[] = [];
  if (when.purposes) parts.push(among(when.purposes, facts.purposes?.value));
  if (when.dataClasses) parts.push(among(when.dataClasses, facts.dataClasses?.value));
  if (when.affected) parts.push(among(when.affected, facts.affected?.value));
  if (when.oversight)
    parts.push(among(when.oversight, facts.oversight ? [facts.oversight.value] : undefined));
  if (when.effect) parts.push(among(when.effect, facts.effect ? [facts.effect.value] : undefined));
  if (when.register) parts.push(among(when.register, register));
  if (when.place) parts.push(among(when.place, facts.place ? [facts.place.value] : []));
  if (when.channels) parts.push(among(when.channels, facts.channels?.value ?? []));
  if (when.profiling !== undefined) parts.push(when.profiling === facts.profiling?.value ? "yes" : "no");
  if (when.change !== undefined) parts.push(when.change === facts.change?.value ? "yes" : "no");
  if (parts.includes("no")) return "no";
  return parts.includes("unknown") ? "unknown" : "yes";
}

function among<T extends string>(wanted: readonly T[], values: readonly string[] | undefined): Match {
  if (values === undefined) return "unknown";
  return values.some((v) => (wanted as readonly string[]).includes(v)) ? "yes" : "no";
}

/** Whether a rule counts on `today`: by law, or before that by our own policy. */
export function inEffect(r: Pick<Rule, "appliesFrom" | "appliesUntil" | "early">, today: string): boolean {
  if (r.appliesUntil !== undefined && r.appliesUntil < today) return false;
  return r.early || r.appliesFrom <= today;
}
