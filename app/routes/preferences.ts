import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { parseForm } from "#app/http/form.server.ts";
import { safePath } from "#app/http/session.server.ts";
import { theme, themeHeader } from "#app/http/theme.server.ts";

export const loader = (): Response => redirect("/");

const fields = z.object({ theme, to: z.string().default("/") });

/** Keeps the reader's theme in a cookie: a preference of this browser, not of the person. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  return redirect(safePath(form.value.to), {
    headers: { "Set-Cookie": await themeHeader(form.value.theme) },
  });
}
