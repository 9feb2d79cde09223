import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { signOut } from "#app/domain/people/session.server.ts";
import { endSessionHeader, sessionToken } from "#app/http/session.server.ts";

export const loader = (): Response => redirect("/");

export async function action({ request, context }: ActionFunctionArgs) {
  const token = await sessionToken(request, context);
  if (token) await signOut(context.db, token, context.now());
  return redirect("/sign-in", { headers: { "Set-Cookie": await endSessionHeader(context) } });
}
