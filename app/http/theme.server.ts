import { createCookie } from "@remix-run/node";
import { z } from "zod";

export const theme = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof theme>;

const cookie = createCookie("theme", { path: "/", sameSite: "lax", httpOnly: true, maxAge: 31_536_000 });

/** The theme the reader chose; `system` when none was. */
export async function themeOf(request: Request): Promise<Theme> {
  const stored = theme.safeParse(await cookie.parse(request.headers.get("cookie")));
  return stored.success ? stored.data : "system";
}

export function themeHeader(chosen: Theme): Promise<string> {
  return cookie.serialize(chosen);
}
