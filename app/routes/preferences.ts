import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { parseForm } from "#app/http/form.server.ts";
import { safePath } from "#app/http/session.server.ts";
import { language, languageHeader } from "#app/http/language.server.ts";
import { theme, themeHeader } from "#app/http/theme.server.ts";

export const loader = (): Response => redirect("/");

const to = z.string().default("/");
const fields = z.union([z.object({ theme, to }), z.object({ language, to })]);

/** Keeps the reader's theme or language in a cookie: preferences of this browser, not of the person. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  return redirect(safePath(form.value.to), {
    headers: {
      "Set-Cookie":
        "theme" in form.value
          ? await themeHeader(form.value.theme)
          : await languageHeader(form.value.language),
    },
  });
}
