import { z } from "zod";
import { msg } from "#app/i18n/translate.ts";

export const mostObjectives = 12;

const text = (longest: number, missing: string, tooLong: string) =>
  z.string().trim().min(1, missing).max(longest, tooLong);

const whole = (least: number, most: number, words: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, words)
    .transform(Number)
    .refine((n) => n >= least && n <= most, words);

/** What a module is begun with. */
export const newModuleFields = z.object({
  title: text(120, msg("Give the module a title."), msg("Keep the title within 120 characters.")),
  slug: z
    .string()
    .trim()
    .max(60, msg("Keep the name within 60 characters."))
    .regex(/^[a-z0-9][a-z0-9-]*$/, msg("Give a name of lower-case letters, digits and hyphens.")),
  summary: text(
    600,
    msg("Say in a sentence or two what the module is about."),
    msg("Keep this within 600 characters."),
  ),
  audiences: z
    .array(z.string().regex(/^[a-z0-9-]{1,100}$/))
    .max(100)
    .default([]),
  objectives: z
    .string()
    .transform((written) => written.split(/\r?\n/).flatMap((row) => row.trim() || []))
    .refine((rows) => rows.length > 0, msg("Name one objective at least."))
    .refine((rows) => rows.length <= mostObjectives, msg("Name 12 objectives at most."))
    .refine(
      (rows) => rows.every((row) => row.length <= 200),
      msg("Keep each objective within 200 characters."),
    )
    .refine((rows) => new Set(rows).size === rows.length, msg("Each objective stands once.")),
  minutes: whole(1, 240, msg("Give whole minutes from 1 to 240.")),
  passMark: whole(1, 100, msg("Give a whole per cent from 1 to 100.")),
});
