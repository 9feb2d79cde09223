import type { Item } from "./item.ts";
import { type Language, sourceLanguage } from "./language.ts";
import type { Lesson, Module, ModuleTranslation } from "./module.ts";

/** The translation of a module into a language; null where it is the source or there is none. */
export function translationOf(
  module: Pick<Module, "translations">,
  language: Language,
): ModuleTranslation | null {
  return module.translations?.find((one) => one.language === language) ?? null;
}

/** The languages a module can be read in, the source first. */
export function languagesOf(module: Pick<Module, "translations">): Language[] {
  return [sourceLanguage, ...(module.translations ?? []).map((one) => one.language)];
}

/**
 * What a translation still lacks: ids of lessons, of those whose figure it has not, and of items; all of them, and the head,
 * where there is no translation.
 */
export function missingIn(
  module: Pick<Module, "translations" | "lessons" | "items">,
  language: Language,
): { head: boolean; lessons: string[]; figures: string[]; items: string[] } {
  const found = translationOf(module, language);
  const lacks = (have: readonly { id: string }[] | undefined) => (one: { id: string }) =>
    !have?.some((other) => other.id === one.id);
  return {
    head: found === null,
    lessons: module.lessons.filter(lacks(found?.lessons)).map((one) => one.id),
    figures: module.lessons
      .filter((lesson) => lesson.figure !== undefined)
      .filter(({ id }) => !found?.lessons.some((one) => one.id === id && one.figure !== undefined))
      .map((one) => one.id),
    items: module.items.filter(lacks(found?.items)).map((one) => one.id),
  };
}

/**
 * Title, summary and objectives in a language, or in the source language where they are not translated, or say no other
 * words than the source: so does a translation whose head no longer says what the source says.
 */
export function headIn(
  module: Module,
  language: Language,
): Pick<Module, "title" | "summary" | "objectives"> & { language: Language } {
  const found = translationOf(module, language);
  const { title, summary, objectives } = found ?? module;
  const own =
    title !== module.title ||
    summary !== module.summary ||
    objectives.some((one, i) => one.text !== module.objectives[i]?.text);
  return { title, summary, objectives, language: own ? language : sourceLanguage };
}

/** A lesson in a language; `language` of the answer tells which one it is in. Parts and ids are the same in all. */
export function lessonIn(
  module: Pick<Module, "translations">,
  lesson: Lesson,
  language: Language,
): { lesson: Lesson; language: Language } {
  const found = translationOf(module, language)?.lessons.find((one) => one.id === lesson.id);
  return found ? { lesson: found, language } : { lesson, language: sourceLanguage };
}

/** An item in a language, in the same way. Keys and ids are the same in all. */
export function itemIn(
  module: Pick<Module, "lessons" | "items" | "translations">,
  item: Item,
  language: Language,
): { item: Item; language: Language } {
  const found = translationOf(module, language)?.items.find((one) => one.id === item.id);
  return found
    ? { item: inAllLanguages(module, found), language }
    : { item: inAllLanguages(module, item), language: sourceLanguage };
}

/**
 * An item with the answers that count in every language, where it takes a short answer: one may read in another language
 * than one writes. Those of the item itself stand first.
 */
export function inAllLanguages(module: Pick<Module, "lessons" | "items" | "translations">, item: Item): Item {
  if (item.type !== "short_answer") return item;
  const others = [module, ...(module.translations ?? [])].flatMap((one) => {
    const questions = one.lessons.flatMap((lesson) =>
      lesson.parts.flatMap((part) => (part.kind === "question" ? [part.item] : [])),
    );
    const found = [...one.items, ...questions].find((other) => other.id === item.id);
    return found?.type === "short_answer" ? found.accepted : [];
  });
  return { ...item, accepted: [...new Set([...item.accepted, ...others])] };
}
