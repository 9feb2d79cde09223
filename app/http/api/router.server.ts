import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from "express";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { type KeyHolder, keyHolder } from "#app/domain/assistant/api-key.server.ts";
import { inquiry } from "#app/domain/assistant/inquiry.ts";
import { Forbidden } from "#app/domain/people/permission.ts";
import { type AskingServices, asking } from "./asking.server.ts";
import { isOwnHost } from "./own-host.ts";
import { Problem, problemBody, problemType } from "./problem.ts";
import { toolServer } from "./tool.server.ts";

export type ApiServices = AskingServices & { log: Pick<Logger, "error"> };

const paths = { verdict: "/api/verdict", mcp: "/mcp" };

/** Fifty pages in a script whose letters take three bytes, with room for JSON. */
const bodyLimit = 600_000;

/**
 * The verdict for programs: `POST /api/verdict` in JSON, and a Model Context Protocol server with one tool at `POST /mcp`
 * (Streamable HTTP, stateless). Both take a person's key as Bearer and nothing else: no cookie opens them, no page of
 * another site reads them. Refusals are problems in JSON (RFC 9457).
 */
export function apiRouter(services: ApiServices): Router {
  const router = express.Router();
  const ask = asking(services);
  const explain = explaining(services.log);
  const body = express.json({ limit: bodyLimit });
  const open = [onlyPost, withKey(services), onlyJson, body];
  router.use([paths.verdict, paths.mcp], privately);
  router.all(
    paths.verdict,
    open,
    later(async (request, response) => {
      const asked = inquiry.safeParse(request.body);
      if (!asked.success)
        throw new Problem(400, asked.error.issues[0]?.message ?? "The question cannot be read.");
      response.json(await ask(holderIn(response), asked.data));
    }),
  );
  router.all(
    paths.mcp,
    onlyFromHere(services.baseUrl),
    open,
    later(async (request, response) => {
      const holder = holderIn(response);
      const server = toolServer(
        (asked) => ask(holder, asked),
        (error) => explain(error).message,
      );
      // One message, one answer: nothing is remembered between requests, so that any process may answer the next.
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: undefined,
        enableJsonResponse: true,
      });
      response.once("close", () => void server.close());
      await server.connect(transport);
      await transport.handleRequest(request, response, request.body);
    }),
  );
  router.use(
    [paths.verdict, paths.mcp],
    (error: unknown, _: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      const problem = explain(error);
      response.status(problem.status).set(problem.headers).type(problemType).json(problemBody(problem));
    },
  );
  return router;
}

function privately(_: Request, response: Response, next: NextFunction): void {
  response.set({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  next();
}

function onlyPost(request: Request, _: Response, next: NextFunction): void {
  if (request.method === "POST") next();
  else
    next(new Problem(405, `Send this with POST; ${request.method} is not answered here.`, { Allow: "POST" }));
}

/** Lets in the holder of a key, whom {@link holderIn} then names. */
function withKey({ db, now }: ApiServices): RequestHandler {
  return later(async (request, response, next) => {
    const given = request.get("authorization");
    const holder = await keyHolder(db, given, now());
    if (holder === null)
      throw new Problem(
        401,
        "Send a key of yours that is neither expired nor revoked, as Authorization: Bearer. Make one under API keys.",
        // RFC 6750 §3.1: no error is named where no credential was sent.
        {
          "WWW-Authenticate": `Bearer realm="Clause7"${given === undefined ? "" : ', error="invalid_token"'}`,
        },
      );
    response.locals["holder"] = holder;
    next();
  });
}

const holderIn = (response: Response): KeyHolder => response.locals["holder"] as KeyHolder;

function onlyJson(request: Request, _: Response, next: NextFunction): void {
  if (request.is("application/json") === false)
    next(new Problem(415, "Send JSON, with the header Content-Type: application/json."));
  else next();
}

function onlyFromHere(baseUrl: string): RequestHandler {
  return (request, _, next) => {
    if (isOwnHost({ host: request.get("host"), origin: request.get("origin") }, baseUrl)) next();
    else
      next(
        new Problem(
          403,
          `This server is reached at ${baseUrl}; pages of other sites and other names are refused.`,
        ),
      );
  };
}

/** A handler whose failure goes on to the error handler. */
function later(
  run: (request: Request, response: Response, next: NextFunction) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    run(request, response, next).catch(next);
  };
}

/** What went wrong as the client may read it; anything unexpected is logged under a reference and tells nothing else. */
function explaining(log: ApiServices["log"]) {
  return (error: unknown): Problem => {
    if (error instanceof Problem) return error;
    if (error instanceof Forbidden)
      return new Problem(403, "The person of this key may not ask the assistant.");
    const known = unreadable[typeOf(error)];
    if (known) return known;
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error, reference, route: "api" }, "request failed");
    return new Problem(500, `Something went wrong here. Reference ${reference}.`);
  };
}

/** What the reader of bodies says, by the type of its error. */
const unreadable: Partial<Record<string, Problem>> = {
  "entity.too.large": new Problem(413, `The body is larger than ${bodyLimit} bytes. Leave the material out.`),
  "entity.parse.failed": new Problem(400, "The body is not JSON."),
  "encoding.unsupported": new Problem(415, "Send the body uncompressed, or with gzip or deflate."),
  "charset.unsupported": new Problem(415, "Send the body in UTF-8."),
  "request.size.invalid": new Problem(400, "The body is not as long as Content-Length says."),
  "request.aborted": new Problem(400, "The body did not arrive whole."),
};

const typeOf = (error: unknown): string =>
  error instanceof Error && "type" in error && typeof error.type === "string" ? error.type : "";
