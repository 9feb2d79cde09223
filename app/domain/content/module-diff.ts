import { sha256 } from "../audit/event.ts";
import { diffRows, type DiffRow } from "./diff.ts";
import { type Language, languageNames, sourceLanguage } from "./language.ts";
import type { WrittenLesson, WrittenPart } from "./lesson-source.ts";
import type { Lesson, Module, ModuleTranslation } from "./module.ts";
import type { ModuleSource } from "./module-source.ts";
import { plainItem } from "./plain-item.ts";
import { readItem } from "./section.ts";
import { lessonsOf, splitHead } from "./source.ts";

/** A part of a module as text that people can compare. */
export type PartText = {
  kind: "about" | "lesson" | "item" | "order";
  id: string;
  title: string;
  language: Language;
  text: string;
};

/** A part that differs between two versions. */
export type PartChange = Omit<PartText, "text"> & {
  change: "added" | "removed" | "changed";
  rows: DiffRow[];
};

/** All that a module says, part by part: what it is about, its lessons as their author wrote them, its items with their keys. */
export function moduleTexts(module: Module, source: ModuleSource): PartText[] {
  const own = partsIn(module, source["module.md"] ?? "", sourceLanguage);
  const others = (module.translations ?? []).flatMap((one) =>
    partsIn(one, source[`module.${one.language}.md`] ?? "", one.language),
  );
  return [
    {
      kind: "about",
      id: "rules",
      title: "Assessment and duties",
      language: sourceLanguage,
      text: rulesText(module),
    },
    ...own,
    ...others,
  ];
}

function partsIn(of: Module | ModuleTranslation, markdown: string, language: Language): PartText[] {
  const { body, bodyLine } = splitHead(markdown, "");
  const written = new Map(
    lessonsOf(body, "", bodyLine).map((one) => [readItem(one.head?.text ?? "")["id"], one]),
  );
  const about = [
    `Title: ${of.title}`,
    `Summary: ${of.summary}`,
    ...of.objectives.map(({ id, text }) => `Objective ${id}: ${text}`),
  ];
  const title =
    language === sourceLanguage ? "About the module" : `About the module, ${languageNames[language]}`;
  return [
    { kind: "about", id: "about", title, language, text: about.join("\n") },
    ...of.lessons.map((lesson): PartText => {
      // A translation may lack lessons that its file has: those that no longer say what the English ones say.
      const text = lessonText(lesson, written.get(lesson.id));
      return { kind: "lesson", id: lesson.id, title: lesson.title, language, text };
    }),
    ...of.items.map((item): PartText => ({
      kind: "item",
      id: item.id,
      title: item.stem,
      language,
      text: plainItem(item),
    })),
  ];
}

function rulesText(module: Module): string {
  const { assessment } = module;
  return [
    `Minutes: ${module.minutes}`,
    `Pass mark: ${Math.round(assessment.passMark * 100)} %`,
    `Attempts: ${assessment.attempts}`,
    `Hours between attempts: ${assessment.coolDownHours}`,
    `Time limit in minutes: ${assessment.minutes}`,
    ...(assessment.refresher === true ? ["A renewal asks first and teaches only what was missed"] : []),
    ...assessment.blueprint.map(({ objective, items }) => `Items on ${objective}: ${items}`),
    ...module.acknowledges.map((slug) => `Policy to acknowledge: ${slug}`),
    ...(module.audiences ?? []).map((audience) => `For: ${audience}`),
    ...module.crosswalk.map((entry) => `Rests on: ${entry}`),
  ].join("\n");
}

function lessonText(lesson: Lesson, written: WrittenLesson | undefined): string {
  const facts = `Title: ${lesson.title}\nMinutes: ${lesson.minutes}\nObjectives: ${lesson.objectives.join(", ")}`;
  const parts = lesson.parts.map((part, i) => {
    if (part.kind === "question") return `Question: ${plainItem(part.item)}`;
    if (part.kind === "tomorrow") return `To do tomorrow: ${part.text}`;
    return markdownOf(written?.parts[i]);
  });
  return [facts, ...figureIn(lesson), ...parts].join("\n\n");
}

/** A drawing is compared by its words; a fingerprint tells when its lines alone have changed. */
function figureIn({ figure }: Lesson): string[] {
  if (figure === undefined) return [];
  const words = figure
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [`Figure ${sha256(figure).slice(0, 8)}: ${words}`];
}

function markdownOf(part: WrittenPart | undefined): string {
  if (part?.kind !== "text") return "";
  return part.pieces
    .map(({ text, only }) => (only ? `Only for ${only.text.trim().replaceAll("\n", "; ")}:\n${text}` : text))
    .join("\n\n");
}

/** What differs between two versions of a module, in the order of the later one; what it no longer has comes last. */
export function moduleChanges(before: readonly PartText[], after: readonly PartText[]): PartChange[] {
  const key = (part: PartText): string => `${part.language} ${part.kind} ${part.id}`;
  const earlier = new Map(before.map((part) => [key(part), part]));
  const later = new Set(after.map(key));
  const changes = after.flatMap((part): PartChange[] => {
    const { text, ...named } = part;
    const old = earlier.get(key(part));
    if (old?.text === text) return [];
    return [{ ...named, change: old ? "changed" : "added", rows: diffRows(old?.text ?? "", text) }];
  });
  const removed = before
    .filter((part) => !later.has(key(part)))
    .map(({ text, ...named }): PartChange => ({ ...named, change: "removed", rows: diffRows(text, "") }));
  return [...changes, ...orders(before, after), ...removed];
}

/** Lessons and items that stayed and stand in another order. */
function orders(before: readonly PartText[], after: readonly PartText[]): PartChange[] {
  return (["lesson", "item"] as const).flatMap((kind): PartChange[] => {
    const of = (parts: readonly PartText[]): PartText[] =>
      parts.filter((part) => part.kind === kind && part.language === sourceLanguage);
    const [old, now] = [of(before), of(after)];
    const stayed = (part: PartText, others: readonly PartText[]): boolean =>
      others.some((other) => other.id === part.id);
    const list = (parts: readonly PartText[]): string => parts.map((part) => part.title).join("\n");
    const [was, is] = [old.filter((part) => stayed(part, now)), now.filter((part) => stayed(part, old))];
    if (was.every((part, i) => part.id === is[i]?.id)) return [];
    const title = kind === "lesson" ? "Order of the lessons" : "Order of the items";
    return [
      {
        kind: "order",
        id: kind,
        title,
        language: sourceLanguage,
        change: "changed",
        rows: diffRows(list(was.map((part) => is.find((one) => one.id === part.id) ?? part)), list(is)),
      },
    ];
  });
}
