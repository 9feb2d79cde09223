import { type DataClass, dataClassNames } from "../register/terms.ts";

export const affectedGroups = [
  "employees",
  "applicants",
  "customers",
  "learners",
  "patients",
  "public",
  "children",
  "nobody",
] as const;
export type AffectedGroup = (typeof affectedGroups)[number];
export const affectedNames: Record<AffectedGroup, string> = {
  employees: "Colleagues",
  applicants: "Applicants",
  customers: "Customers (persons)",
  learners: "Learners, trainees",
  patients: "Patients",
  public: "The public",
  children: "Children",
  nobody: "No person, or only companies",
};

/** Who has the last word on what the output leads to, from most to least human say. */
export const oversights = ["human_decides", "human_reviews", "automatic"] as const;
export type Oversight = (typeof oversights)[number];
export const oversightNames: Record<Oversight, string> = {
  human_decides: "A person decides and uses AI as one input",
  human_reviews: "A person checks each output before it is used",
  automatic: "Nobody looks before something happens",
};

/** Whether the output decides something that matters to a person (access, job, money, rights, safety). */
export const effects = ["advisory", "consequential"] as const;
export type Effect = (typeof effects)[number];
export const effectNames: Record<Effect, string> = {
  advisory: "Help with a task; nothing is decided about a person",
  consequential: "It helps decide something that matters to a person",
};

/** The choice "something else" when asked for the purpose: known, but in no list. */
export const otherPurpose = "other";
/** A tool that is named but not in the register. */
export const unregistered = "unregistered";

/** A fact with where it comes from: chosen by the asker, stated in the text, inferred from it, or normal for the purpose. */
export type Fact<T> = {
  value: T;
  source: "chosen" | "stated" | "inferred" | "assumed";
  /** The words of the question it rests on; empty when chosen or assumed. */
  words: string;
};

/** What a verdict is computed from. A missing fact is null: unknown, never "no". */
export type Facts = {
  /** Register slug, or `unregistered`. */
  system: Fact<string> | null;
  /** As the asker named the tool. */
  systemName: string | null;
  /** All that is wanted; each must be permitted. */
  purposes: Fact<string[]> | null;
  dataClasses: Fact<DataClass[]> | null;
  affected: Fact<AffectedGroup[]> | null;
  oversight: Fact<Oversight> | null;
  effect: Fact<Effect> | null;
  /** Asked for and answered with "not sure": these go to a person instead of being asked again. */
  unsure: FactName[];
};
export const factNames = ["system", "purposes", "dataClasses", "affected", "oversight", "effect"] as const;
export type FactName = (typeof factNames)[number];
export const factTitles: Record<FactName, string> = {
  system: "Tool",
  purposes: "Purpose",
  dataClasses: "Data",
  affected: "People affected",
  oversight: "Human say",
  effect: "What follows",
};

export const noFacts: Facts = {
  system: null,
  systemName: null,
  purposes: null,
  dataClasses: null,
  affected: null,
  oversight: null,
  effect: null,
  unsure: [],
};

/** Groups without a `nobody` that other groups contradict. */
export function groupsAffected(groups: readonly AffectedGroup[]): AffectedGroup[] {
  const people = groups.filter((g) => g !== "nobody");
  return people.length > 0 ? [...new Set(people)] : groups.length > 0 ? ["nobody"] : [];
}

/** Lines such as `Data: Customer data, Personal data` for cards, cases and prompts. Unknown facts are left out. */
export function describeFacts(
  facts: Facts,
  names: { system: (slug: string) => string; purpose: (slug: string) => string },
): { fact: FactName; title: string; value: string; source: Fact<unknown>["source"]; words: string }[] {
  const value: Record<FactName, string | null> = {
    system: facts.system
      ? facts.system.value === unregistered
        ? `${facts.systemName ?? "A tool"} (not in the register)`
        : names.system(facts.system.value)
      : null,
    purposes: facts.purposes ? facts.purposes.value.map(names.purpose).join(", ") : null,
    dataClasses: facts.dataClasses ? facts.dataClasses.value.map((c) => dataClassNames[c]).join(", ") : null,
    affected: facts.affected ? facts.affected.value.map((g) => affectedNames[g]).join(", ") : null,
    oversight: facts.oversight ? oversightNames[facts.oversight.value] : null,
    effect: facts.effect ? effectNames[facts.effect.value] : null,
  };
  return factNames.flatMap((fact) => {
    const known = facts[fact];
    const text = value[fact];
    return known && text !== null
      ? [{ fact, title: factTitles[fact], value: text, source: known.source, words: known.words }]
      : [];
  });
}
