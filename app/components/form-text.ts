/** A form as it was sent and refused: what each field shows again, and what is wrong with it. */
export type SentForm = {
  errors: Record<string, string>;
  /** A refusal that belongs to no single field. */
  message?: string | undefined;
  values: Record<string, string | string[]>;
};

type Sent = Pick<SentForm, "values">;

/** A form of which nothing was sent yet. */
export const unsentForm: SentForm = { errors: {}, values: {} };

/** One text that was sent, or `otherwise`. */
export function textOf(form: Sent | null | undefined, name: string, otherwise = ""): string {
  const value = form?.values[name];
  return typeof value === "string" ? value : otherwise;
}

/** All that was sent under a name: one text or several. */
export function textsOf(form: Sent, name: string): string[] {
  return [form.values[name] ?? []].flat();
}

/** What was sent once under its name, by name. */
export function singleTexts(form: Sent): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form.values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/**
 * What ties a field of the kit to a form: its name, the text that was sent or else `otherwise`, and what is wrong with it.
 * Null and undefined stand for a form of which nothing was sent yet.
 */
export function fieldOf(
  form: SentForm | null | undefined,
  name: string,
  otherwise = "",
): { name: string; defaultValue: string; error: string | undefined } {
  return { name, defaultValue: textOf(form, name, otherwise), error: form?.errors[name] };
}

/** What was sent with this form, of the several on a page that say their `intent` and `id`; else the empty form. */
export function sentWith<F extends Sent>(form: F, intent: string, id = ""): F | SentForm {
  return form.values["intent"] === intent && (form.values["id"] ?? "") === id ? form : unsentForm;
}
