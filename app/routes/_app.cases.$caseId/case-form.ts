/** What the page keeps of a form that was refused; the shape of the server's answer. */
export type FormState = {
  errors: Record<string, string>;
  message?: string;
  values: Record<string, string | string[]>;
};

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
