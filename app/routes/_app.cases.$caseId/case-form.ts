import type { FormState } from "#app/http/form.server.ts";

export type { FormState };

export const emptyForm: FormState = { errors: {}, values: {} };

/** A field's text as it was sent, or what it begins with. */
export function textOf(form: FormState, name: string, otherwise = ""): string {
  const value = form.values[name];
  return typeof value === "string" ? value : otherwise;
}

/** Whether a box of several was ticked when the form was sent; `otherwise` before it was. */
export function isTicked(form: FormState, name: string, value: string, otherwise: boolean): boolean {
  if (form.values["intent"] === undefined) return otherwise;
  const sent = form.values[name];
  return Array.isArray(sent) && sent.includes(value);
}
