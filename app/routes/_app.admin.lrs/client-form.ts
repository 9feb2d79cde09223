import type { FormState } from "#app/http/form.server.ts";
import type { Intent } from "./fields.ts";

export type { FormState };

const emptyForm: FormState = { errors: {}, values: {} };

/** What was sent with this form, of the several on the page; the empty state when it was another. */
export function sentWith(form: FormState, intent: Intent, id = ""): FormState {
  return form.values["intent"] === intent && (form.values["id"] ?? "") === id ? form : emptyForm;
}

export function textOf(form: FormState, name: string): string {
  const value = form.values[name];
  return typeof value === "string" ? value : "";
}

/** All that was sent under a name: one text or several. */
export function textsOf(form: FormState, name: string): string[] {
  return [form.values[name] ?? []].flat();
}
