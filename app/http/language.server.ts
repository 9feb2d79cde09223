import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { type Language, languages, sourceLanguage } from "#app/domain/content/language.ts";
import { languageOf as preferredOf } from "#app/domain/lrs/accept-language.ts";

export const language = z.enum(languages);

const cookie = createCookie("language", { path: "/", sameSite: "lax", httpOnly: true, maxAge: 31_536_000 });

/** The language the reader chose in this browser, else the one of ours that the browser likes best. */
export async function languageOf(request: Request): Promise<Language> {
  const stored = language.safeParse(await cookie.parse(request.headers.get("cookie")));
  if (stored.success) return stored.data;
  const header = request.headers.get("accept-language");
  const preferred = language.safeParse(header === null ? sourceLanguage : preferredOf(header, languages));
  return preferred.success ? preferred.data : sourceLanguage;
}

export function languageHeader(chosen: Language): Promise<string> {
  return cookie.serialize(chosen);
}
