import { stringify } from "yaml";
import { sourceLanguage } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";

/** What an author says of a module before writing it. */
export type NewModule = {
  slug: string;
  title: string;
  summary: string;
  /** Slugs; none where it is for everybody. */
  audiences: readonly string[];
  /** What people can do after it, one text each. */
  objectives: readonly string[];
  minutes: number;
  /** 0..1. */
  passMark: number;
};

/** The number under which a module is published first. */
export const firstVersion = "1.0.0";
/** Two items on each objective are asked, so that one lucky guess shows nothing. */
const itemsPerObjective = 2;
const minutesPerItem = 2.5;

/**
 * The files of a module that is to be written: its head in full, no lesson and no item. It has nothing that could be taken
 * for content, so it cannot be published before there is some.
 */
export function newModuleSource(of: NewModule): ModuleSource {
  const objectives = of.objectives.map((text, i) => ({ id: `o${i + 1}`, text }));
  const head = {
    slug: of.slug,
    title: of.title,
    summary: of.summary,
    version: firstVersion,
    language: sourceLanguage,
    minutes: of.minutes,
    ...(of.audiences.length > 0 ? { audiences: of.audiences } : {}),
    objectives,
    crosswalk: [],
    acknowledges: [],
    change: "material",
    changeNote: "First version.",
    // Who publishes it is written here when they do.
    approver: "nobody-yet",
    assessment: {
      passMark: of.passMark,
      attempts: 3,
      coolDownHours: 24,
      minutes: Math.ceil(objectives.length * itemsPerObjective * minutesPerItem),
      blueprint: objectives.map(({ id }) => ({ objective: id, items: itemsPerObjective })),
    },
  };
  return { "module.md": `---\n${stringify(head, { lineWidth: 0 })}---\n`, "items.yaml": "items:\n" };
}
