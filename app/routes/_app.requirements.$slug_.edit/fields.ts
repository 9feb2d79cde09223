import { z } from "zod";
import { basisKinds } from "#app/domain/competence/basis-kind.ts";
import type { RuleEffect } from "#app/domain/competence/plan.ts";
import { withCertifications } from "#app/domain/competence/certification-form.ts";
import { anchors, type Requirement, ruleOf, triggers } from "#app/domain/competence/requirement.ts";
import { draftOf, rowFields, type RuleDraft } from "#app/domain/competence/rule-form.ts";
import type { FormState } from "#app/http/form.server.ts";
import { msg } from "#app/i18n/translate.ts";

const whole = (from: number, message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((n) => n >= from, message);
const day = z.iso.date(msg("Enter the day as a date."));
const orNothing = <T extends z.ZodType>(one: T) =>
  z.union([z.literal("").transform(() => undefined), one]).optional();
const lines = z.string().transform((text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean),
);
const several = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);

/** What the form of a requirement holds beside its rule. */
export const requirementFields = z
  .object({
    title: z.string().trim().min(1, msg("Enter a title.")).max(120, msg("Write at most 120 characters.")),
    slug: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9-]{1,60}$/, msg("Use lower-case letters, digits and hyphens.")),
    module: z.string().min(1, msg("Choose the module.")),
    system: orNothing(z.string()),
    validMonths: whole(1, msg("Enter a whole number from 1 to 9999.")),
    windowDays: whole(0, msg("Enter a whole number from 0 to 9999.")),
    dueDays: whole(1, msg("Enter a whole number from 1 to 9999.")),
    graceDays: whole(0, msg("Enter a whole number from 0 to 9999.")),
    anchor: z.enum(anchors).default("completion"),
    anchorDay: orNothing(
      z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, msg("Write month and day as in 03-31.")),
    ),
    earlyRestarts: z
      .literal("yes")
      .optional()
      .transform((sent) => sent === "yes"),
    triggers: several.transform((all) => triggers.filter((one) => all.includes(one))),
    effectiveFrom: day,
    effectiveUntil: orNothing(day),
    basis: lines.refine((all) => all.length > 0, msg("Name at least one clause, law or policy it rests on.")),
    accepts: several
      .transform((all) => basisKinds.filter((one) => all.includes(one)))
      .transform((all) => (all.length > 0 ? all : undefined)),
    criteria: lines
      .default([])
      .refine((all) => all.length <= 12, msg("Write at most 12 criteria."))
      .refine((all) => all.every((one) => one.length <= 300), msg("Write at most 300 characters a line."))
      .transform((all) => (all.length > 0 ? all : undefined)),
    reason: z
      .string()
      .trim()
      .min(10, msg("Give the reason in at least ten characters; an auditor will read it."))
      .max(500, msg("Keep the reason within 500 characters.")),
    seen: z.coerce.number().int().min(0).catch(0),
  })
  .refine((one) => !one.accepts?.includes("attestation") || one.criteria !== undefined, {
    path: ["criteria"],
    message: msg("Say by which criteria a manager attests it."),
  })
  .refine((one) => one.anchor !== "fixed" || one.anchorDay !== undefined, {
    path: ["anchorDay"],
    message: msg("Enter the day of the year."),
  })
  .refine((one) => one.windowDays < one.validMonths * 28, {
    path: ["windowDays"],
    message: msg("The renewal must open within the time that the competence counts."),
  })
  .refine((one) => one.effectiveUntil === undefined || one.effectiveUntil >= one.effectiveFrom, {
    path: ["effectiveUntil"],
    message: msg("The last day is before the first."),
  });

export type Values = FormState["values"];

/** What the form is drawn from: as sent, with what is wrong, or with what it would do. */
export type EditState = FormState & {
  preview: (RuleEffect & { mark: string }) | null;
  /** The id of the part in which somebody goes on who added a row or took one away. */
  focus?: string;
};

/** Ids of parts of the form. */
export const ruleListId = "field-attribute";
export const ruleRowId = (group: number, row: number): string => `row-${group}-${row}`;
export const addCertificationId = "add-certification";
export const certificationRowId = (row: number): string => `certification-${row}`;

/** The fields of a draft, in place of those that were sent. */
export function withDraft(values: Values, draft: RuleDraft): Values {
  const rest = Object.entries(values).filter(([name]) => !/^(attribute|values|atLeast|atMost)\./.test(name));
  const rows = draft.flatMap((group, g) =>
    group.flatMap((row, r) => {
      const names = rowFields(g, r);
      return [
        [names.attribute, row.attribute],
        [names.values, row.values],
        [names.atLeast, row.atLeast],
        [names.atMost, row.atMost],
      ];
    }),
  );
  return Object.fromEntries([...rest, ...rows]) as Values;
}

/** The form as it says what a requirement says. */
export function valuesOf(body: Requirement, today: string): Values {
  const { title, slug, module, validMonths, windowDays, dueDays, graceDays } = body;
  const values = withDraft(
    {
      title,
      slug,
      module,
      system: body.system ?? "",
      validMonths: String(validMonths),
      windowDays: String(windowDays),
      dueDays: String(dueDays),
      graceDays: String(graceDays),
      anchor: body.anchor ?? "completion",
      anchorDay: body.anchorDay ?? "",
      ...(body.earlyRestarts ? { earlyRestarts: "yes" } : {}),
      triggers: [...(body.triggers ?? [])],
      effectiveFrom: body.effectiveFrom > today ? body.effectiveFrom : today,
      effectiveUntil: body.effectiveUntil ?? "",
      basis: body.basis.join("\n"),
      accepts: [...(body.accepts ?? [])],
      criteria: (body.criteria ?? []).join("\n"),
    },
    draftOf(ruleOf(body)),
  );
  return withCertifications(values, body.certifications ?? []);
}

/** An empty form with what is usual. */
export const newValues = (today: string): Values => ({
  validMonths: "12",
  windowDays: "60",
  dueDays: "30",
  graceDays: "14",
  anchor: "completion",
  effectiveFrom: today,
  basis: "ISO/IEC 42001:2023 7.2 a)",
});
