import { createCookie, redirect } from "@remix-run/node";
import { actorBehind, type SignedIn } from "#app/domain/people/session.server.ts";
import { seatMayVisit } from "#app/domain/people/seat.ts";
import { sessionHours } from "#app/domain/people/session.ts";
import type { Services } from "./services.ts";

/** The `__Host-` prefix ties the cookie to this host over HTTPS; plain HTTP on a test machine cannot carry it. */
function sessionCookie(baseUrl: string) {
  const secure = baseUrl.startsWith("https://");
  return createCookie(secure ? "__Host-session" : "session", {
    httpOnly: true,
    secure,
    sameSite: "lax",
    path: "/",
    maxAge: sessionHours * 3600,
  });
}

/** The token in the request's cookie, or null. */
export async function sessionToken(
  request: Request,
  context: Pick<Services, "baseUrl">,
): Promise<string | null> {
  const token: unknown = await sessionCookie(context.baseUrl).parse(request.headers.get("cookie"));
  return typeof token === "string" && token.length > 20 ? token : null;
}

export function sessionHeader(token: string, context: Pick<Services, "baseUrl">): Promise<string> {
  return sessionCookie(context.baseUrl).serialize(token);
}

export function endSessionHeader(context: Pick<Services, "baseUrl">): Promise<string> {
  return sessionCookie(context.baseUrl).serialize("", { maxAge: 0 });
}

/** Who is asking, or null for a visitor. */
export async function actorIfAny(request: Request, context: Services): Promise<SignedIn | null> {
  const token = await sessionToken(request, context);
  return token ? actorBehind(context.db, token, context.now()) : null;
}

/**
 * Who is asking. Visitors are sent to sign in and come back to where they were; an external auditor is let through to the
 * pages of the audit alone.
 */
export async function actorOf(request: Request, context: Services): Promise<SignedIn> {
  const actor = await actorIfAny(request, context);
  if (actor?.scope) keepToAudit(request);
  if (actor) return actor;
  const url = new URL(request.url);
  const to = request.method === "GET" ? `${url.pathname}${url.search}`.replace(/\.data(\?|$)/, "$1") : "/";
  throw redirect(to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}

function keepToAudit(request: Request): void {
  const path = new URL(request.url).pathname.replace(/\.data$/, "").replace(/(?!^)\/$/, "");
  if (path === "/" || path === "/_root") throw redirect("/audit");
  if (!seatMayVisit(path)) throw new Response("Forbidden", { status: 403 });
}

/** A path of this product to go to after signing in; anything else becomes the home page (no open redirect). */
export function safePath(to: string | null): string {
  // Browsers leave out tabs and line ends, so that what looks like a path may be read as another host.
  if (to === null || !/^\/(?![/\\])\P{Cc}*$/u.test(to)) return "/";
  const here = "http://here.invalid";
  const { origin, pathname } = URL.canParse(to, here) ? new URL(to, here) : { origin: "", pathname: "" };
  return origin === here && !pathname.startsWith("//") ? to : "/";
}
