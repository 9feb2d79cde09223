import type { AiRole } from "../people/ai-role.ts";
import type { Item } from "./item.ts";
import type { Lesson, Module, ModuleTranslation } from "./module.ts";

/** A passage's readers: those in one of the audiences, in an organisation of one of the roles. Empty: everybody. */
export type Readers = { audiences: readonly string[]; aiRoles: readonly string[] };

/** A registered AI system as a module about it names it. `purpose` and `area` are phrases that stand inside a sentence. */
export type NamedSystem = { name: string; vendor: string; purpose: string; area: string };

/** Who reads a module. */
export type Reader = {
  audiences: readonly string[];
  /** The AI roles of the organisation. */
  aiRoles: readonly AiRole[];
  /** The system a module is about, where it is about one. */
  system: NamedSystem | null;
};

/** A passage for some readers only, as it stands in the HTML of a lesson until somebody reads it. */
export function onlySection(html: string, readers: Readers): string {
  const names = (list: readonly string[]) => list.join(" ");
  return `<section data-only data-audiences="${names(readers.audiences)}" data-roles="${names(readers.aiRoles)}">${html}</section>`;
}

/**
 * A module as one reader sees it: passages for others are left out, and `{{system.name}}`, `.vendor`, `.purpose` and
 * `.area` name the system. Ids, parts, keys and scores stay the same for everybody, so that progress and marks do. Do not
 * change what is returned: it is shared.
 */
export function forReader(module: Module, reader: Reader): Module {
  const known = read.get(module) ?? new Map<string, Module>();
  const key = JSON.stringify(reader);
  const found = known.get(key);
  if (found) return found;
  const made = tailored(module, reader);
  if (known.size >= mostReaders) known.clear();
  read.set(module, known.set(key, made));
  return made;
}

// Published versions are shared objects that never change, and a class of readers has one text.
const read = new WeakMap<Module, Map<string, Module>>();
const mostReaders = 30;

function tailored(module: Module, reader: Reader): Module {
  const { translations } = module;
  return {
    ...module,
    ...words(module, reader),
    ...(translations ? { translations: translations.map((one) => ({ ...one, ...words(one, reader) })) } : {}),
  };
}

function words(
  of: Module | ModuleTranslation,
  reader: Reader,
): Pick<Module, "title" | "summary" | "objectives" | "lessons" | "items"> {
  const named = <T>(value: T): T => (reader.system ? withNames(value, reader.system, "text") : value);
  return {
    title: named(of.title),
    summary: named(of.summary),
    objectives: named(of.objectives),
    lessons: of.lessons.map((lesson) => lessonFor(lesson, reader)),
    items: named(of.items) satisfies Item[],
  };
}

function lessonFor(lesson: Lesson, reader: Reader): Lesson {
  const { system } = reader;
  const parts = lesson.parts.map((part) => {
    if (part.kind !== "text") return system ? withNames(part, system, "text") : part;
    const html = part.html.replace(section, (_, audiences: string, roles: string, inner: string) =>
      meets(audiences, reader.audiences) && meets(roles, reader.aiRoles) ? inner : "",
    );
    return { ...part, html: system ? withNames(html, system, "html") : html };
  });
  return { ...lesson, title: system ? withNames(lesson.title, system, "text") : lesson.title, parts };
}

const section = /<section data-only data-audiences="([^"]*)" data-roles="([^"]*)">([\s\S]*?)<\/section>/g;

function meets(wanted: string, have: readonly string[]): boolean {
  const names = wanted.split(" ").filter(Boolean);
  return names.length === 0 || names.some((name) => have.includes(name));
}

const placeholder = /\{\{\s*system\.(name|vendor|purpose|area)\s*\}\}/g;

/** Whether a text names the system it is about. */
export const namesSystem = (text: string): boolean => text.search(placeholder) >= 0;

/**
 * A title for lists, where nobody reads the module itself: it names the system that is given, and where none is, says in
 * words that there is one.
 */
export const listedTitle = (title: string, system: string | null = null): string =>
  title.replace(placeholder, system ?? "an AI system");

function withNames<T>(value: T, system: NamedSystem, as: "text" | "html"): T {
  if (typeof value === "string")
    return value.replace(placeholder, (_, key: keyof NamedSystem) =>
      as === "html" ? escaped(system[key]) : system[key],
    ) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => withNames(one, system, as)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withNames(one, system, as)]),
  ) as T;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
