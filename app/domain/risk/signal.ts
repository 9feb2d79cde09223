import type { DataClass } from "../register/terms.ts";
import { type Facts, unregistered } from "./facts.ts";
import type { RegisterState } from "./rule.ts";

/** Warnings that a use of any risk class can deserve. */
export const signals = [
  "personal_data",
  "special_category",
  "confidential_code",
  "customer_data",
  "shadow_tool",
  "no_human_oversight",
  "safety_component",
] as const;
export type Signal = (typeof signals)[number];
export const signalNames: Record<Signal, string> = {
  personal_data: "Personal data",
  special_category: "Special-category data",
  confidential_code: "Confidential code or secrets",
  customer_data: "Customer data",
  shadow_tool: "Tool outside the register",
  no_human_oversight: "Nobody looks at the result",
  safety_component: "Safety function",
};

const ofData: Partial<Record<DataClass, Signal[]>> = {
  personal: ["personal_data"],
  special_category: ["personal_data", "special_category"],
  customer: ["customer_data"],
  confidential: ["confidential_code"],
  source_code: ["confidential_code"],
  secrets: ["confidential_code"],
  privileged: ["confidential_code"],
};

const safetyPurposes = ["infrastructure_control", "product_safety"];
const outside: RegisterState[] = ["unregistered", "rejected", "retired"];

/** The warnings that the facts of a use and its standing in the register deserve, in the order of {@link signals}. */
export function signalsOf(facts: Facts, states: readonly RegisterState[]): Signal[] {
  // What only usually goes with a purpose is a condition of the verdict, no warning.
  const named = facts.dataClasses?.source === "assumed" ? [] : (facts.dataClasses?.value ?? []);
  const found = new Set<Signal>(named.flatMap((c) => ofData[c] ?? []));
  if (facts.system?.value === unregistered || states.some((s) => outside.includes(s)))
    found.add("shadow_tool");
  if (facts.oversight?.value === "automatic") found.add("no_human_oversight");
  const purposes = [...(facts.purposes?.value ?? []), ...facts.suspected.map((s) => s.purpose)];
  if (purposes.some((p) => safetyPurposes.includes(p))) found.add("safety_component");
  return signals.filter((s) => found.has(s));
}
