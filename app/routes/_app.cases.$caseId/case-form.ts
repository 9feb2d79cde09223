import type { SentForm } from "#app/components/form-text.ts";

/** Whether a box of several was ticked when the form was sent; `otherwise` before it was. */
export function isTicked(form: SentForm, name: string, value: string, otherwise: boolean): boolean {
  if (form.values["intent"] === undefined) return otherwise;
  const sent = form.values[name];
  return Array.isArray(sent) && sent.includes(value);
}
