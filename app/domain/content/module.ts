import { z } from "zod";
import { noLesson, tooFewItems } from "./gap.ts";
import { item } from "./item.ts";
import { translatedLanguages } from "./language.ts";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1);

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

/** A module as published: lessons, item bank and assessment rules in one version. */
export const learningModule = z
  .strictObject({
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
    lessons: z.array(lesson).min(1, noLesson),
    items: z.array(item).min(1),
    /** Absent where there is none, so that a version published before still has its hash. */
    translations: z.array(moduleTranslation).min(1).optional(),
  })
  .superRefine((m, ctx) => {
    const objectives = new Set(m.objectives.map((o) => o.id));
    const fail = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: "custom", path, message });
    const seen = new Set<string>();
    m.items.forEach((x, i) => {
      if (!objectives.has(x.objective))
        fail(["items", i, "objective"], `no objective ${x.objective} in this module`);
      if (seen.has(x.id)) fail(["items", i, "id"], `item ${x.id} stands twice`);
      seen.add(x.id);
    });
    m.lessons.forEach((l, i) => {
      if (m.lessons.findIndex((o) => o.id === l.id) !== i)
        fail(["lessons", i, "id"], `lesson ${l.id} stands twice`);
      l.parts.forEach((part, k) => {
        if (part.kind === "question" && part.item.type === "branching")
          fail(["lessons", i, "parts", k], "a branching scenario stands in the item bank, not in a lesson");
      });
      for (const o of l.objectives) {
        if (!objectives.has(o)) fail(["lessons", i, "objectives"], `no objective ${o} in this module`);
      }
    });
    m.objectives.forEach((o) => {
      const row = m.assessment.blueprint.find((b) => b.objective === o.id);
      if (!row) fail(["assessment", "blueprint"], `objective ${o.id} is not covered by the blueprint`);
    });
    m.assessment.blueprint.forEach((b, i) => {
      const stock = m.items.filter((x) => x.objective === b.objective).length;
      if (stock < b.items) {
        fail(["assessment", "blueprint", i], tooFewItems(b, stock));
      }
    });
  });
export type Module = z.infer<typeof learningModule>;
export type ModuleTranslation = z.infer<typeof moduleTranslation>;
export type Lesson = Module["lessons"][number];
export type LessonPart = Lesson["parts"][number];
