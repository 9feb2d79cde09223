import type { ServerBuild } from "@remix-run/node";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";

/**
 * Wraps every loader and action once, so that none needs a try/catch: `Forbidden` becomes 403, anything
 * unexpected is logged under a reference and becomes a 500 that shows the reference and nothing else.
 */
export function guardRoutes(build: ServerBuild, log: Pick<Logger, "error">): ServerBuild {
  const routes: ServerBuild["routes"] = {};
  for (const [id, route] of Object.entries(build.routes)) {
    if (!route) continue;
    const module = { ...route.module };
    for (const kind of ["loader", "action"] as const) {
      const run = module[kind];
      if (!run) continue;
      module[kind] = async (args) => {
        try {
          return await run(args);
        } catch (error) {
          throw answerTo(error, id, log);
        }
      };
    }
    routes[id] = { ...route, module };
  }
  return { ...build, routes };
}

/** What a thrown value becomes on the wire. Responses and aborted requests pass through. */
export function answerTo(error: unknown, route: string, log: Pick<Logger, "error">): unknown {
  if (!(error instanceof Error)) return error;
  // By name: the class of the built routes is not the class of the code that starts the server.
  if (error.name === "Forbidden") return new Response("Forbidden", { status: 403 });
  if (error.name === "AbortError") return error;
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference, route }, "request failed");
  return new Response(`Reference ${reference}`, { status: 500 });
}
