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

/** Where the use takes place, as far as a rule hangs on it. */
export const places = ["work", "education", "public_space", "online", "product"] as const;
export type Place = (typeof places)[number];
export const placeNames: Record<Place, string> = {
  work: "At work",
  education: "In education or training",
  public_space: "In a public place",
  online: "On the internet",
  product: "In a product of ours",
};

/** What the AI reads people by, or works on. */
export const channels = ["face", "voice", "body", "behaviour", "text", "image", "sensor"] as const;
export type Channel = (typeof channels)[number];
export const channelNames: Record<Channel, string> = {
  face: "Face",
  voice: "Voice",
  body: "Body",
  behaviour: "Behaviour",
  text: "Text",
  image: "Pictures",
  sensor: "Sensors",
};

/** A fact with where it comes from: chosen by the asker, stated in the text, inferred from it, or normal for the purpose. */
export type Fact<T> = {
  value: T;
  source: "chosen" | "stated" | "inferred" | "assumed";
  /** From 0 to 1; 1 when chosen. */
  confidence: number;
  /** The words of the question it rests on; empty when chosen or assumed. */
  words: string;
};

/** A fact that the asker picked from a list. */
export const chosen = <T>(value: T): Fact<T> => ({ value, source: "chosen", confidence: 1, words: "" });
/** What normally goes with a purpose. */
export const assumed = <T>(value: T): Fact<T> => ({ value, source: "assumed", confidence: 0.5, words: "" });

/** A purpose that the rules treat with care and that the text may mean: to be cleared up before anything is permitted. */
export type Suspicion = { purpose: string; confidence: number; words: string };

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
  /** What is to be done, in the asker's words. */
  task: Fact<string> | null;
  place: Fact<Place> | null;
  channels: Fact<Channel[]> | null;
  /** Whether traits or behaviour of natural persons are assessed automatically (GDPR Art. 4(4)). */
  profiling: Fact<boolean> | null;
  /** Whether it changes or extends something that is approved already. */
  change: Fact<boolean> | null;
  suspected: Suspicion[];
  /** A use of AI, or only what the rules say: then there is nothing to permit. */
  matter: "use" | "rules";
  /** Asked for and answered with "not sure": these go to a person instead of being asked again. */
  unsure: FactName[];
};
/** Facts that are asked for when they are missing. */
export const factNames = ["system", "purposes", "dataClasses", "affected", "oversight", "effect"] as const;
export type FactName = (typeof factNames)[number];
/** Facts that are read from the text and never asked for. */
export const furtherFactNames = ["task", "place", "channels", "profiling", "change"] as const;
export type FurtherFactName = (typeof furtherFactNames)[number];
export const factTitles: Record<FactName | FurtherFactName, string> = {
  system: "Tool",
  purposes: "Purpose",
  dataClasses: "Data",
  affected: "People affected",
  oversight: "Human say",
  effect: "What follows",
  task: "Task",
  place: "Place",
  channels: "Read from",
  profiling: "Profiling",
  change: "Change",
};

export const noFacts: Facts = {
  system: null,
  systemName: null,
  purposes: null,
  dataClasses: null,
  affected: null,
  oversight: null,
  effect: null,
  task: null,
  place: null,
  channels: null,
  profiling: null,
  change: null,
  suspected: [],
  matter: "use",
  unsure: [],
};

/** Groups without a `nobody` that other groups contradict. */
export function groupsAffected(groups: readonly AffectedGroup[]): AffectedGroup[] {
  const people = groups.filter((g) => g !== "nobody");
  return people.length > 0 ? [...new Set(people)] : groups.length > 0 ? ["nobody"] : [];
}

/** Names of facts and of their values in one language. */
export type FactWords = {
  titles: Record<FactName | FurtherFactName, string>;
  dataClasses: Record<DataClass, string>;
  affected: Record<AffectedGroup, string>;
  oversights: Record<Oversight, string>;
  effects: Record<Effect, string>;
  places: Record<Place, string>;
  channels: Record<Channel, string>;
  profiling: { yes: string; no: string };
  change: string;
  /** For a tool outside the register that has no name. */
  someTool: string;
  /** Of a tool outside the register; `{tool}` is its name. */
  outside: string;
};

export const factWords: FactWords = {
  titles: factTitles,
  dataClasses: dataClassNames,
  affected: affectedNames,
  oversights: oversightNames,
  effects: effectNames,
  places: placeNames,
  channels: channelNames,
  profiling: { yes: "People are profiled", no: "Nobody is profiled" },
  change: "Extends something approved",
  someTool: "A tool",
  outside: "{tool} (not in the register)",
};

export type FactLine = {
  fact: FactName | FurtherFactName;
  title: string;
  value: string;
  source: Fact<unknown>["source"];
  confidence: number;
  words: string;
};

/**
 * Lines such as `Data: Customer data, Personal data` for cards, cases and prompts, in the language of `words`. Unknown
 * facts are left out.
 */
export function describeFacts(
  facts: Facts,
  names: { system: (slug: string) => string; purpose: (slug: string) => string },
  words: FactWords = factWords,
): FactLine[] {
  const value: Record<FactName | FurtherFactName, string | null> = {
    system: facts.system
      ? facts.system.value === unregistered
        ? words.outside.replace("{tool}", () => facts.systemName ?? words.someTool)
        : names.system(facts.system.value)
      : null,
    purposes: facts.purposes ? facts.purposes.value.map(names.purpose).join(", ") : null,
    dataClasses: facts.dataClasses
      ? facts.dataClasses.value.map((c) => words.dataClasses[c]).join(", ")
      : null,
    affected: facts.affected ? facts.affected.value.map((g) => words.affected[g]).join(", ") : null,
    oversight: facts.oversight ? words.oversights[facts.oversight.value] : null,
    effect: facts.effect ? words.effects[facts.effect.value] : null,
    task: facts.task?.value ?? null,
    place: facts.place ? words.places[facts.place.value] : null,
    channels: facts.channels ? facts.channels.value.map((c) => words.channels[c]).join(", ") : null,
    profiling: facts.profiling ? words.profiling[facts.profiling.value ? "yes" : "no"] : null,
    change: facts.change?.value ? words.change : null,
  };
  return [...factNames, ...furtherFactNames].flatMap((fact) => {
    const known = facts[fact];
    const text = value[fact];
    return known && text !== null
      ? [
          {
            fact,
            title: words.titles[fact],
            value: text,
            source: known.source,
            confidence: known.confidence,
            words: known.words,
          },
        ]
      : [];
  });
}
