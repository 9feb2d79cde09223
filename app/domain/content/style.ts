import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";
import type { Item } from "./item.ts";
import { bankFaults, itemFaults } from "./item-style.ts";
import { type Language, sourceLanguage } from "./language.ts";
import type { Lesson, Module } from "./module.ts";
import type { ModuleSource } from "./module-source.ts";
import { filesOf } from "./wording.ts";

/** Something an author should look at; it stops nothing. `id` is that of the lesson or item, or `items` of a whole bank. */
export type StyleWarning = { id: string; language: Language; reason: string };

/** The school grade from which a text is too hard for busy readers. */
export const hardestGrade = 10;
const mostMinutes = 6;
/** Words a minute of somebody who studies; reading for pleasure is faster (238 on average, Brysbaert 2019). */
const wordsPerMinute = 180;
const secondsPerQuestion = 40;

/**
 * What an author of a module should look at: lessons of another shape, too long or too hard, items that give away, and banks
 * that do; items in every language there is.
 */
export function styleWarnings(module: Pick<Module, "lessons" | "items" | "translations">): StyleWarning[] {
  return [
    ...module.lessons.flatMap((lesson) =>
      lessonFaults(lesson).map((reason): StyleWarning => ({
        id: lesson.id,
        language: sourceLanguage,
        reason,
      })),
    ),
    ...itemWarnings(module, sourceLanguage),
    ...(module.translations ?? []).flatMap((one) => itemWarnings(one, one.language)),
  ];
}

/** The file and line, from 1, of what a warning speaks of: where its lesson or item begins. */
export function placeOfWarning(
  source: ModuleSource,
  { id, language }: Pick<StyleWarning, "id" | "language">,
): { file: string; line: number } {
  const { module, items } = filesOf(language);
  const begins = new RegExp(`(?:^|[\\s{])id: ["']?${id}(?:$|["'\\s,}])`);
  for (const file of id === "items" ? [] : [module, items]) {
    const row = (source[file] ?? "").split("\n").findIndex((one) => begins.test(one));
    if (row >= 0) return { file, line: row + 1 };
  }
  return { file: items, line: 1 };
}

function itemWarnings(of: Pick<Module, "lessons" | "items">, language: Language): StyleWarning[] {
  const { lessons, items } = of;
  const questions = lessons.flatMap((lesson) =>
    lesson.parts.flatMap((part) => (part.kind === "question" ? [part.item] : [])),
  );
  return [
    ...[...questions, ...items].flatMap((item) =>
      itemFaults(item, language).map((reason) => ({ id: item.id, language, reason })),
    ),
    ...bankFaults(items).map((reason) => ({ id: "items", language, reason })),
  ];
}

function lessonFaults(lesson: Lesson): string[] {
  const kinds = lesson.parts.map((part) => part.kind);
  const text = lessonText(lesson);
  const questions = kinds.filter((kind) => kind === "question").length;
  const takes = allWords(lesson) / wordsPerMinute + (questions * secondsPerQuestion) / 60;
  const grade = readingGrade(text);
  return [
    ...(kinds[0] === "question" ? [] : ["begin with a question to think about before reading"]),
    ...(questions >= 2 ? [] : ["ask once before and once after the text"]),
    ...(kinds.at(-1) === "tomorrow" ? [] : ["end with one thing to do tomorrow"]),
    ...(/<strong>Story\.<\/strong>/.test(htmlOf(lesson)) ? [] : ["tell a story of the workplace"]),
    ...(lesson.minutes > mostMinutes ? [`${lesson.minutes} minutes is more than ${mostMinutes}`] : []),
    ...(Math.abs(takes - lesson.minutes) > 1
      ? [`says ${lesson.minutes} minutes and takes about ${takes.toFixed(1)}`]
      : []),
    ...(grade > hardestGrade ? [`reads at grade ${grade.toFixed(1)}, aim at ${hardestGrade} or less`] : []),
  ];
}

function htmlOf(lesson: Lesson): string {
  return lesson.parts.flatMap((part) => (part.kind === "text" ? [part.html] : [])).join("\n");
}

const allWords = (lesson: Lesson): number => plainText(htmlOf(lesson)).split(" ").length;

/** Seconds in which somebody who studies reads an item and all its choices once; a branching scenario by its whole tree. */
export function readingSeconds(item: Item): number {
  const texts = [
    item.stem,
    ...("options" in item ? item.options.map((one) => one.text) : []),
    ...("elements" in item ? item.elements.map((one) => one.text) : []),
    ...("passages" in item ? item.passages.map((one) => one.text) : []),
    ...("pairs" in item ? item.pairs.flatMap((one) => [one.left, one.right]) : []),
    ...("steps" in item ? item.steps.flatMap(stepTexts) : []),
    ...("nodes" in item ? item.nodes.flatMap(stepTexts) : []),
  ];
  return (texts.join(" ").trim().split(/\s+/).length / wordsPerMinute) * 60;
}

const stepTexts = (step: { stem: string; options: readonly { text: string }[] }): string[] => [
  step.stem,
  ...step.options.map((option) => option.text),
];

/** The school grade the lessons of a module read at, over all their words; stated to its learners. */
export function readingLevel(module: Pick<Module, "lessons">): number {
  return Math.max(1, Math.round(readingGrade(module.lessons.map(lessonText).join(" "))));
}

/** The words of a lesson as read: without tables and notes on sources, whose fragments are no sentences. */
export function lessonText(lesson: Lesson): string {
  return plainText(htmlOf(lesson).replace(/<table>[\s\S]*?<\/table>|<p><em>Source[\s\S]*?<\/p>/g, ""));
}

/** HTML as running text, in which each block ends a sentence. */
function plainText(html: string): string {
  return html
    .replace(/<\/(?:li|h\d|p|td|th)>/g, ". ")
    .replace(/<[^>]*>/g, " ")
    .replace(/[.:;]\s*\./g, ".")
    .replace(/\s+/g, " ")
    .trim();
}

/** The school grade a text reads at (Flesch-Kincaid; Kincaid et al. 1975). 0 for an empty text. */
export function readingGrade(text: string): number {
  const words = text.match(/[\p{L}\p{N}’'-]+/gu) ?? [];
  if (words.length === 0) return 0;
  const sentences = text.match(/[^.!?]*\p{L}[^.!?]*(?:[.!?]|$)/gu) ?? [];
  return fleschKincaid({
    sentence: Math.max(1, sentences.length),
    word: words.length,
    syllable: syllable(words.join(" ")),
  });
}
