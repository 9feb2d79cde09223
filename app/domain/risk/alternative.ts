import { type DataClass } from "../register/terms.ts";
import { type Facts, chosen, unregistered } from "./facts.ts";
import { type JudgeContext, type Verdict, judge } from "./verdict.ts";
import { clears } from "./outcome.ts";

/** A change of one fact with which the same use would be permitted. */
export type Alternative = { systemSlug: string | null } & (
  | { change: "leave_out"; dataClasses: DataClass[] }
  /** `tool` is the name of the system. */
  | { change: "other_tool"; tool: string }
  | { change: "human_check" }
);

/** What may go into an AI tool with the least care. */
const harmless: DataClass[] = ["public", "internal"];

/**
 * What would turn a use that is not cleared into a permitted one: other data, another tool, or a person who checks.
 * Each is judged by the same rules, so nothing is offered that would not hold; a prohibited purpose has none.
 */
export function alternatives(
  facts: Facts,
  verdict: Verdict,
  context: JudgeContext,
  today: string,
): Alternative[] {
  if (clears(verdict.outcome)) return [];
  const holds = (change: Partial<Facts>): boolean =>
    clears(judge({ ...facts, ...change }, context, today).outcome);
  const found: Alternative[] = [];
  const tool = facts.system && facts.system.value !== unregistered ? facts.system.value : null;

  const classes = facts.dataClasses?.value ?? [];
  const kept = classes.filter((c) => harmless.includes(c));
  const dropped = classes.filter((c) => !harmless.includes(c));
  if (tool && dropped.length > 0 && holds({ dataClasses: chosen(kept.length > 0 ? kept : ["internal"]) }))
    found.push({ change: "leave_out", dataClasses: dropped, systemSlug: tool });

  for (const system of context.systems) {
    if (system.slug === tool || !holds({ system: chosen(system.slug), systemName: system.name })) continue;
    found.push({ change: "other_tool", tool: system.name, systemSlug: system.slug });
  }

  if (facts.oversight?.value === "automatic" && holds({ oversight: chosen("human_reviews") }))
    found.push({ change: "human_check", systemSlug: tool });
  return found.slice(0, 4);
}
