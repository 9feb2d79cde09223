import { givenFrom } from "#app/components/item/given.ts";
import type { ShownCheck } from "#app/domain/content/draft-check.ts";
import type { Item } from "#app/domain/content/item.ts";
import { type Language, languages } from "#app/domain/content/language.ts";
import { inAllLanguages, itemIn, lessonIn } from "#app/domain/content/localised.ts";
import type { Module } from "#app/domain/content/module.ts";
import type { ModuleSource } from "#app/domain/content/module-source.ts";
import { plainItem } from "#app/domain/content/plain-item.ts";
import { forReader, type NamedSystem } from "#app/domain/content/reader.ts";
import { sectionsOf } from "#app/domain/content/section.ts";
import { type AiRole, aiRoles } from "#app/domain/people/ai-role.ts";
import { keyOf, tryItem } from "#app/domain/learning/preview.ts";

/** As whom and in which language a module is previewed, and which part of it. */
export type Wanted = {
  /** `lesson:<id>` or `item:<id>`. */
  show: string;
  audience: string;
  role: AiRole | "";
  language: Language;
  /** Slug of the registered system a module about one names; empty: its placeholders stay. Null where nothing is said. */
  system: string | null;
  /** Id of the question whose key is shown. */
  key: string;
  /** Id of the question that is answered, with its fields in the address. */
  question: string;
};

/** Reads what an address asks for; what it cannot mean counts as not said. */
export function wantedIn(search: URLSearchParams): Wanted {
  return {
    show: search.get("show") ?? "",
    audience: search.get("audience") ?? "",
    role: aiRoles.find((one) => one === search.get("role")) ?? "",
    language: languages.find((one) => one === search.get("language")) ?? "en",
    system: search.get("system"),
    key: search.get("key") ?? "",
    question: search.get("question") ?? "",
  };
}

/** The audiences that a module makes a difference between, and those it is for. */
export function audiencesOf(module: Module): string[] {
  const inText = module.lessons.flatMap((lesson) =>
    lesson.parts.flatMap((part) =>
      part.kind === "text"
        ? [...part.html.matchAll(/data-audiences="([^"]+)"/g)].flatMap((match) => match[1]?.split(" ") ?? [])
        : [],
    ),
  );
  const ofItems = module.items.flatMap((item) => item.audiences ?? []);
  return [...new Set([...(module.audiences ?? []), ...inText, ...ofItems])].filter(Boolean).toSorted();
}

/** Whether a module has the part an address asks for; where it asks for none, it is the first. */
export function hasPart({ lessons, items }: Pick<Module, "lessons" | "items">, show: string): boolean {
  const [kind, id] = show.split(/:(.*)/s);
  if (kind !== "lesson" && kind !== "item") return true;
  return (kind === "lesson" ? lessons : items).some((one) => one.id === id);
}

/** The faults of a draft, those of the part an address asks for before all others. */
export function faultsFirstAt(check: ShownCheck, files: ModuleSource, show: string): ShownCheck {
  const [kind, id] = show.split(/:(.*)/s);
  const file = kind === "item" ? "items.yaml" : "module.md";
  const here = sectionsOf(file, files[file] ?? "").findIndex((one) => one.id === id);
  const faults = check.fault ? [check.fault, ...check.further] : [];
  const isHere = (one: { file: string; part: number }): boolean => one.file === file && one.part === here;
  const [fault = null, ...further] = [...faults.filter(isHere), ...faults.filter((one) => !isHere(one))];
  return { ...check, fault, further };
}

/** One part of a module as a reader of it gets it. Keys come only with what was answered, or where they may be shown. */
export function previewOf(
  whole: Module,
  wanted: Wanted,
  system: NamedSystem | null,
  search: URLSearchParams,
  mayReadKeys: boolean,
) {
  const { audience, role, language } = wanted;
  const module = forReader(whole, {
    audiences: audience === "" ? [] : [audience],
    aiRoles: role === "" ? [] : [role],
    system,
  });
  const [kind, id] = wanted.show.split(/:(.*)/s);
  // One that is being written may have items alone.
  const [onlyItem] = module.lessons.length === 0 ? module.items : [];
  const item = kind === "item" ? module.items.find((one) => one.id === id) : onlyItem;
  if (item) {
    const { item: asked, language: shown } = itemIn(module, item, language);
    return {
      kind: "item" as const,
      title: item.id,
      language: shown,
      question: questionOf(asked, wanted, search, mayReadKeys),
      /** Whom it suits, where the reader is not among them. */
      notFor: item.audiences && audience !== "" && !item.audiences.includes(audience) ? item.audiences : null,
    };
  }
  const source = module.lessons.find((one) => one.id === id) ?? module.lessons[0];
  if (!source) throw new Error("a module has lessons");
  const { lesson, language: shown } = lessonIn(module, source, language);
  return {
    kind: "lesson" as const,
    id: lesson.id,
    title: lesson.title,
    minutes: lesson.minutes,
    figure: lesson.figure ?? null,
    language: shown,
    parts: lesson.parts.map((part) => {
      if (part.kind !== "question") return part;
      return {
        kind: "question" as const,
        question: questionOf(inAllLanguages(module, part.item), wanted, search, mayReadKeys),
      };
    }),
  };
}

function questionOf(item: Item, wanted: Wanted, search: URLSearchParams, mayReadKeys: boolean) {
  const answered = wanted.question === item.id;
  const form = new FormData();
  if (answered) for (const [name, value] of search) form.append(name, value);
  const tried = tryItem(item, `preview/${item.id}`, (shown) => (answered ? givenFrom(form, shown) : null));
  const showsKey = mayReadKeys && wanted.key === item.id;
  return {
    id: item.id,
    ...tried,
    key: showsKey ? { explained: keyOf(item), text: plainItem(item) } : null,
    /** Fields of a branching scenario that were answered before the open one. */
    earlier: [...form].flatMap(([name, value]) =>
      name.startsWith("answer.") && tried.item.type === "branching" && typeof value === "string"
        ? [{ name, value }]
        : [],
    ),
  };
}

export type PreviewQuestion = ReturnType<typeof questionOf>;
