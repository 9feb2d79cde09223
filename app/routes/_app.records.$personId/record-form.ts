import type { FormState } from "#app/http/form.server.ts";
import type { Intent } from "./fields.ts";

export type { FormState };

export const emptyForm: FormState = { errors: {}, values: {} };

/** Where a form is on the page. */
export const placeOf = (intent: Intent, id: string): string => `${intent}-${id}`;

/** What was sent with this form, of the several on the page; the empty state when it was another. */
export function sentWith(form: FormState, intent: Intent, id: string): FormState {
  return form.values["intent"] === intent && form.values["id"] === id ? form : emptyForm;
}

export function textOf(form: FormState, name: string): string {
  const value = form.values[name];
  return typeof value === "string" ? value : "";
}
