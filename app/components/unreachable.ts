import type { TypedResponse } from "@remix-run/node";

/**
 * Sends a form to the server from the browser. When no answer comes (connection lost, server restarting) the page
 * stays as it is and its action data say so, instead of an error page that would take the form away.
 */
export async function orUnreachable<T>(send: () => Promise<T>) {
  try {
    return await send();
  } catch (error) {
    // Redirects and refusals of the server are no Errors.
    if (!(error instanceof Error)) throw error;
    // A failed status keeps the router from loading the page anew, which would fail as well; it reads it off a Response only.
    return Response.json({ unreachable: true }, { status: 503 }) as TypedResponse<{ unreachable: true }>;
  }
}
