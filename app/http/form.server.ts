import { data } from "@remix-run/node";
import { z } from "zod";
import type { Language } from "#app/domain/content/language.ts";
import { translateInto } from "#app/i18n/translate.ts";
import "#app/i18n/catalogues.server.ts";
import { languageOf } from "./language.server.ts";

/** What a page needs to draw the form again with nothing lost: messages by field name, and the texts as sent. */
export type FormState = {
  errors: Record<string, string>;
  /** A refusal that belongs to no single field. */
  message?: string;
  values: Record<string, string | string[]>;
};

/** What zod says where a schema has no words of its own. */
const ownWords: Record<Language, z.core.$ZodErrorMap> = {
  en: z.locales.en().localeError,
  de: z.locales.de().localeError,
  fr: z.locales.fr().localeError,
  es: z.locales.es().localeError,
};

/** Fields that never travel back to the browser. */
const secretField = /password|repeated|secret|token/i;

/**
 * Reads and validates a form; what is wrong with it is said in the reader's language. A name that occurs several times, or ends in `[]`, gives an array under the name without `[]`.
 * On failure `response` is a 422 carrying the {@link FormState}; return it from the action. `state` keeps what was sent,
 * for a refusal that only the domain can give.
 */
export async function parseForm<S extends z.ZodType>(request: Request, schema: S): Promise<Parsed<S>> {
  return parseFields(await formOf(request), request, schema);
}

/** As {@link parseForm}, with the file of one field; null where none was chosen. Other files are left aside. */
export async function parseUpload<S extends z.ZodType>(
  request: Request,
  schema: S,
  field: string,
): Promise<Parsed<S> & { file: { name: string; bytes: Uint8Array } | null }> {
  const form = await formOf(request);
  const sent = form.get(field);
  // Browsers send an empty, nameless file where none was chosen.
  const chosen = sent instanceof File && (sent.name !== "" || sent.size > 0) ? sent : null;
  const file = chosen && { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) };
  return { ...(await parseFields(form, request, schema)), file };
}

type Parsed<S extends z.ZodType> =
  | { ok: true; value: z.infer<S>; state: FormState }
  | { ok: false; response: ReturnType<typeof refused>; state: FormState };

async function parseFields<S extends z.ZodType>(
  form: FormData,
  request: Request,
  schema: S,
): Promise<Parsed<S>> {
  const values: Record<string, string | string[]> = {};
  for (const key of new Set(form.keys())) {
    const texts = form.getAll(key).filter((v): v is string => typeof v === "string");
    // PostgreSQL's text holds no NUL, and no keyboard types one.
    const all = texts.map((text) => text.replaceAll("\0", ""));
    const name = key.replace(/\[\]$/, "");
    values[name] = key.endsWith("[]") || all.length > 1 ? all : (all[0] ?? "");
  }
  const language = await languageOf(request);
  const t = translateInto(language);
  const result = schema.safeParse(values, { error: ownWords[language] });
  if (result.success)
    return { ok: true, value: result.data, state: { errors: {}, values: withoutSecrets(values) } };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) errors[String(issue.path[0] ?? "")] ??= t(issue.message);
  const state: FormState = { errors, values: withoutSecrets(values) };
  return { ok: false, response: refused(state, 422), state };
}

/** The form a request carries. What is not a form becomes a 400: no page of ours sends anything else. */
export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response("Send a form", { status: 400 });
  }
}

/** An action's answer that draws the form again: 422 for a field, 409 for a conflict, 429 for too many tries. */
export function refused(
  state: Partial<FormState>,
  status: 400 | 401 | 403 | 409 | 413 | 422 | 429,
  headers?: HeadersInit,
) {
  const whole: FormState = { errors: {}, values: {}, ...state };
  return data(whole, headers ? { status, headers } : { status });
}

function withoutSecrets(values: FormState["values"]): FormState["values"] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secretField.test(name)));
}
