import { data } from "@remix-run/react";

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
    return data({ unreachable: true } as const, { status: 503 });
  }
}
