import type { Request, Response } from "express";
import { type Translate, translateInto } from "#app/i18n/translate.ts";
import { readCatalogues } from "#app/i18n/catalogue-files.server.ts";
import { languageOf } from "./language.server.ts";

readCatalogues();

/** Refuses a request that no route has seen, with a sentence in the language of who sent it. */
export async function refuse(
  request: Request,
  response: Response,
  status: number,
  sentence: string,
): Promise<void> {
  const { t } = await readerOf(request);
  response.status(status).type("text").send(t(sentence));
}

/** Refuses a body that is too large, by its file or by its text: a page for who reads pages, a sentence for the others. */
export async function refuseTooLarge(request: Request, response: Response, file: boolean): Promise<void> {
  const { t, language } = await readerOf(request);
  const sentence = file
    ? t("The file is too large. Send a smaller one.")
    : t("That is more than one and a half megabytes. Shorten it and send it again.");
  const page = request.accepts(["text", "html"]) === "html" && !request.path.endsWith(".data");
  response
    .status(413)
    .type(page ? "html" : "text")
    .send(page ? tooLargePage(t, language, sentence) : sentence);
}

/** The body is not read, so the browser alone still has what was written. */
const tooLargePage = (t: Translate, language: string, sentence: string): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t("That was too long")} · Clause7</title>
<h1>${t("That was too long")}</h1>
<p>${sentence}</p>
<p>${t("Nothing was stored. Go back with your browser: it usually still holds what you wrote.")}</p>
</html>
`;

async function readerOf(request: Request): Promise<{ t: Translate; language: string }> {
  const headers = new Headers();
  for (const name of ["cookie", "accept-language"]) {
    const value = request.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const language = await languageOf(new globalThis.Request("http://localhost/", { headers }));
  return { t: translateInto(language), language };
}
