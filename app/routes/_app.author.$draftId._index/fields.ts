import { z } from "zod";
import { lessonOfFigure } from "#app/domain/content/figure.ts";
import { translatedLanguages } from "#app/domain/content/language.ts";
import { moduleFiles } from "#app/domain/content/module-source.ts";
import { itemTypeNames } from "#app/domain/content/plain-item.ts";
import { msg } from "#app/i18n/translate.ts";

const revision = z.coerce.number().int().min(0);
const file = z.enum(moduleFiles as [string, ...string[]]);
const figure = z
  .string()
  .max(200)
  .refine((name) => lessonOfFigure(name) !== null);
const language = z.enum(translatedLanguages, msg("Choose a language."));
const part = z.coerce.number().int().min(0).max(10_000);
const types = Object.keys(itemTypeNames) as (keyof typeof itemTypeNames)[];

/** What can be done to a draft on its page. */
export const draftFields = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("add-lesson"),
    revision,
    title: z
      .string()
      .trim()
      .min(1, msg("Give the lesson a title."))
      .max(120, msg("Keep the title within 120 characters.")),
  }),
  z.object({ intent: z.literal("add-item"), revision, type: z.enum(types, msg("Choose a type.")) }),
  z.object({ intent: z.literal("remove"), revision, file, part }),
  z.object({ intent: z.literal("move"), revision, file, part, by: z.enum(["1", "-1"]) }),
  z.object({ intent: z.literal("add-figure"), revision, file: figure }),
  z.object({ intent: z.literal("remove-figure"), revision, file: figure }),
  z.object({ intent: z.literal("add-translation"), revision, language }),
  z.object({ intent: z.literal("remove-translation"), revision, language }),
  z.object({ intent: z.literal("confirm-translation"), revision, key: z.string().max(200) }),
  z.object({ intent: z.literal("withdraw"), revision }),
  z.object({ intent: z.literal("take-in"), revision }),
]);
export type DraftIntent = z.infer<typeof draftFields>;
