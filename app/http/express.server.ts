import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import helmet from "helmet";
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { largestImport } from "#app/domain/competence/legacy-record.ts";
import { largestProof } from "#app/domain/competence/proof-file.ts";
import { msg } from "#app/i18n/translate.ts";
import { refuse, refuseTooLarge } from "./refusal.server.ts";
import type { Services } from "./services.ts";

/** A question of 50 pages has 150,000 characters, and a form writes one as nine bytes at most; the rest is room for its answers. */
const bodyLimit = 1_500_000;

/** Pages that take a file, and how large their forms may be: well above what they take, so that they can say so by the field. */
const uploads: readonly { path: RegExp; limit: number }[] = [
  { path: /^\/records\/[^/]+\/basis(\.data)?$/, limit: 2.5 * largestProof },
  { path: /^\/import\/records(\.data)?$/, limit: 2 * largestImport },
];

/** About nobody and the same for everybody; they say themselves how long they may be kept. */
const publicDocuments = new Set(["/profile.jsonld"]);

type Options = {
  build: ServerBuild;
  services: Omit<Services, "cspNonce">;
  log: Logger;
  trustProxy: boolean;
  /** Sign-in tries per minute and address, above what the per-account lock already stops. */
  signInsPerMinute: number;
  /** What the terminal asks of the process that holds the database; null: nothing. */
  control?: RequestHandler | null;
  /** The record store's endpoint; its clients are programs, so nothing of what protects pages applies to it. */
  xapi?: RequestHandler | null;
  /** The verdict for programs, at `/api/verdict` and `/mcp`; it reads no cookie either. */
  api?: RequestHandler | null;
};

/**
 * The HTTP server: security headers with a nonce per response, compression, static files, refusal of cross-site
 * writes and oversized bodies (Remix checks neither for resource routes), then Remix.
 */
export function createServer({
  build,
  services,
  log,
  trustProxy,
  signInsPerMinute,
  control,
  xapi,
  api,
}: Options): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", trustProxy);
  const secure = services.baseUrl.startsWith("https://");

  if (control) app.use(control);
  if (xapi) app.use("/xapi", xapi);
  if (api) app.use(api);
  app.get("/healthz", (_request, response) => {
    response.type("text").send("ok");
  });
  app.use((_request, response, next) => {
    response.locals["nonce"] = randomBytes(16).toString("base64");
    next();
  });
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          "default-src": ["'self'"],
          "script-src": [
            "'self'",
            "'strict-dynamic'",
            (_request, response) => `'nonce-${nonceOf(response as Response)}'`,
          ],
          "style-src": ["'self'"],
          "img-src": ["'self'", "data:"],
          "font-src": ["'self'"],
          "connect-src": ["'self'"],
          "object-src": ["'none'"],
          "base-uri": ["'none'"],
          "form-action": ["'self'"],
          "frame-ancestors": ["'none'"],
          ...(secure ? { "upgrade-insecure-requests": [] } : {}),
        },
      },
      strictTransportSecurity: secure,
      referrerPolicy: { policy: "same-origin" },
    }),
  );
  app.use(compression());
  app.use(
    "/assets",
    express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }),
  );
  app.use(express.static("build/client", { maxAge: "1h", index: false }));
  app.use(refuseUnreadable, refuseCrossSite(services.baseUrl), refuseLarge, limitSignIn(signInsPerMinute));
  app.use((request, response, next) => {
    // Pages show personal records: no shared cache, no disk copy after signing out.
    if (!publicDocuments.has(request.path)) response.setHeader("Cache-Control", "no-store");
    next();
  });
  app.all(
    "*",
    createRequestHandler({
      build,
      getLoadContext: (_request, response) => ({
        ...services,
        cspNonce: nonceOf(response),
        drained: () => drained(response),
      }),
    }),
  );
  app.use((error: Error & { status?: number }, request: Request, response: Response, next: NextFunction) => {
    const status = error.status ?? 500;
    if (status >= 500) log.error({ err: error }, "request failed before routing");
    const sentence = status === 404 ? msg("Not found") : msg("The request could not be read.");
    if (!response.headersSent) refuse(request, response, status, sentence).catch(next);
  });
  return app;
}

/** Resolves when the response has room again: true, or false when its client has gone. */
function drained(response: Response): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed || !response.writableNeedDrain) return resolve(!response.destroyed);
    const end = (): void => {
      response.off("drain", end).off("close", end);
      resolve(!response.destroyed);
    };
    response.on("drain", end).on("close", end);
  });
}

const nonceOf = (response: Response): string => String(response.locals["nonce"]);

/** An address with a NUL, which PostgreSQL's text cannot hold, or with a broken escape finds nothing. */
function refuseUnreadable(request: Request, response: Response, next: NextFunction): void {
  if (/%00|%(?![0-9a-f]{2})/i.test(request.url))
    refuse(request, response, 400, msg("The address cannot be read.")).catch(next);
  else next();
}

/** Browsers send Origin with every cross-site write; a foreign one is refused (OWASP CSRF Prevention Cheat Sheet). */
function refuseCrossSite(baseUrl: string) {
  const own = new URL(baseUrl).host;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === "GET" || request.method === "HEAD") return next();
    const origin = request.get("origin");
    const foreign =
      origin !== undefined
        ? !URL.canParse(origin) || ![own, request.get("host")].includes(new URL(origin).host)
        : request.get("sec-fetch-site") === "cross-site";
    if (foreign) refuse(request, response, 403, msg("This form was sent from another site.")).catch(next);
    else next();
  };
}

function refuseLarge(request: Request, response: Response, next: NextFunction): void {
  if (request.get("transfer-encoding") !== undefined) {
    refuse(request, response, 411, msg("Send the length of the body.")).catch(next);
  } else if (Number(request.get("content-length") ?? 0) > limitOf(request.path)) {
    refuseTooLarge(request, response, takesFile(request.path)).catch(next);
  } else next();
}

const limitOf = (path: string): number => uploads.find((one) => one.path.test(path))?.limit ?? bodyLimit;
const takesFile = (path: string): boolean => uploads.some((one) => one.path.test(path));

function limitSignIn(perMinute: number) {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== "POST" || !/^\/sign-in(\.data)?$/.test(request.path)) return next();
    limiter.consume(request.ip ?? "unknown").then(
      () => next(),
      () => {
        response.set("Retry-After", "60");
        const sentence = msg("Too many sign-ins from this address. Wait a minute and try again.");
        refuse(request, response, 429, sentence).catch(next);
      },
    );
  };
}
