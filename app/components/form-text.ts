/** What of a form was sent, as its fields show it again. */
type Sent = { values: Record<string, string | string[]> };

/** One text that was sent, or `otherwise`. */
export function textOf(form: Sent, name: string, otherwise = ""): string {
  const value = form.values[name];
  return typeof value === "string" ? value : otherwise;
}

/** All that was sent under a name: one text or several. */
export function textsOf(form: Sent, name: string): string[] {
  return [form.values[name] ?? []].flat();
}
