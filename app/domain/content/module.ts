import { z } from "zod";
import { noLesson, notWritten, tooFewItems } from "./gap.ts";
import { type Item, item } from "./item.ts";
import { translatedLanguages } from "./language.ts";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1, notWritten);

/** A lesson is read part by part; progress is saved at each. */
export const lessonPart = z.discriminatedUnion("kind", [
  /**
   * Sanitised HTML, rendered from the author's Markdown when published. What only some read stands in
   * `<section data-only>`, see `forReader`.
   */
  z.strictObject({ kind: z.literal("text"), html: text }),
  z.strictObject({ kind: z.literal("question"), item }),
  /** One thing to do tomorrow. */
  z.strictObject({ kind: z.literal("tomorrow"), text }),
]);

export const lesson = z.strictObject({
  id: slug,
  title: text,
  minutes: z.number().positive(),
  objectives: z.array(slug).min(1),
  /** SVG that explains, see `figureOf`. Absent where there is none. */
  figure: text.optional(),
  parts: z.array(lessonPart).min(1),
});

export const assessmentRules = z.strictObject({
  /** Scaled score needed to pass. */
  passMark: z.number().min(0).max(1),
  attempts: z.number().int().min(1),
  coolDownHours: z.number().min(0),
  /** Time limit in minutes, by the server's clock. */
  minutes: z.number().positive(),
  /** A renewal asks first and teaches only what was missed. */
  refresher: z.boolean().optional(),
  blueprint: z.array(z.strictObject({ objective: slug, items: z.number().int().min(1) })).min(1),
});

const objectives = z.array(z.strictObject({ id: slug, text })).min(1);

/** A module in another language: its head, and the lessons and items that are translated so far. */
const moduleTranslation = z.strictObject({
  language: z.enum(translatedLanguages),
  title: text,
  summary: text,
  objectives,
  lessons: z.array(lesson),
  items: z.array(item),
});

/** What the front matter of a module says. */
export const moduleHead = z.strictObject({
  slug,
  title: text,
  summary: text,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "use a version such as 1.0.0"),
  language: z.string().min(2),
  minutes: z.number().int().positive(),
  /** For whom it is written. */
  audiences: z.array(slug).min(1).optional(),
  objectives,
  crosswalk: z.array(text),
  acknowledges: z.array(slug),
  change: z.enum(["material", "editorial"]),
  changeNote: text,
  approver: text,
  assessment: assessmentRules,
});

/** A module as published: lessons, item bank and assessment rules in one version. */
export const learningModule = moduleHead
  .extend({
    lessons: z.array(lesson).min(1, noLesson),
    items: z.array(item).min(1),
    /** Absent where there is none, so that a version published before still has its hash. */
    translations: z.array(moduleTranslation).min(1).optional(),
  })
  .superRefine((m, ctx) => {
    for (const { path, message } of referenceFaults(m)) ctx.addIssue({ code: "custom", path, message });
  });
export type Module = z.infer<typeof learningModule>;
export type ModuleTranslation = z.infer<typeof moduleTranslation>;
export type Lesson = Module["lessons"][number];
export type LessonPart = Lesson["parts"][number];

/** A module as far as it can be read: what has a fault of its own is undefined in its place. */
export type ReadModule = {
  objectives?: Module["objectives"] | undefined;
  blueprint?: Module["assessment"]["blueprint"] | undefined;
  lessons: readonly (Pick<Lesson, "id" | "objectives"> & { parts: readonly (LessonPart | undefined)[] })[];
  items: readonly (Item | undefined)[];
};

type ReferenceFault = { path: (string | number)[]; message: string };

/** What one part of a module says of another that there is not, and ids that stand twice. */
function referenceFaults(m: Module): ReferenceFault[] {
  const { objectives, assessment, lessons, items } = m;
  return [
    ...mentionFaults({ objectives, lessons, items }),
    ...objectives.flatMap((o) =>
      assessment.blueprint.some((b) => b.objective === o.id)
        ? []
        : [
            {
              path: ["assessment", "blueprint"],
              message: `objective ${o.id} is not covered by the blueprint`,
            },
          ],
    ),
    ...assessment.blueprint.flatMap((b, i) => {
      const path = ["assessment", "blueprint", i];
      const stock = items.filter((x) => x.objective === b.objective).length;
      if (assessment.blueprint.findIndex((other) => other.objective === b.objective) !== i)
        return [{ path, message: `objective ${b.objective} stands twice in the blueprint` }];
      return stock < b.items ? [{ path, message: tooFewItems(b, stock) }] : [];
    }),
  ];
}

/** The same for what can be read of a module that has other faults: nothing is counted, since something is missing. */
export function mentionFaults(m: ReadModule): ReferenceFault[] {
  const faults: ReferenceFault[] = [];
  const fail = (path: (string | number)[], message: string) => faults.push({ path, message });
  const knows = (objective: string): boolean =>
    m.objectives === undefined || m.objectives.some((one) => one.id === objective);
  const noObjective = (objective: string): string => `no objective ${objective} in this module`;
  const seen = new Set<string>();
  const look = (one: Item, path: (string | number)[], kind: string): void => {
    if (!knows(one.objective)) fail([...path, "objective"], noObjective(one.objective));
    if (seen.has(one.id)) fail([...path, "id"], `${kind} ${one.id} stands twice`);
    seen.add(one.id);
  };
  (m.objectives ?? []).forEach((one, i, all) => {
    if (all.findIndex((other) => other.id === one.id) !== i)
      fail(["objectives", i, "id"], `objective ${one.id} stands twice`);
  });
  m.items.forEach((one, i) => {
    if (one) look(one, ["items", i], "item");
  });
  m.lessons.forEach((lesson, i) => {
    if (lesson.id !== "" && m.lessons.findIndex((other) => other.id === lesson.id) !== i)
      fail(["lessons", i, "id"], `lesson ${lesson.id} stands twice`);
    lesson.parts.forEach((part, k) => {
      if (part?.kind !== "question") return;
      look(part.item, ["lessons", i, "parts", k, "item"], "question");
      if (part.item.type === "branching")
        fail(["lessons", i, "parts", k], "a branching scenario stands in the item bank, not in a lesson");
    });
    for (const objective of lesson.objectives)
      if (!knows(objective)) fail(["lessons", i, "objectives"], noObjective(objective));
  });
  return faults;
}
