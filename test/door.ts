import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { randomBytes } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { session } from "#db/schema/people.ts";
import { sha256 } from "#app/domain/audit/event.ts";
import type { Language } from "#app/domain/content/language.ts";
import { answerTo } from "#app/http/errors.server.ts";
import type { FormState } from "#app/http/form.server.ts";
import type { Services } from "#app/http/services.ts";
import { sessionHeader } from "#app/http/session.server.ts";
import { mailing } from "#test/mailing.ts";

/** What a route gets from the server, on a given database and clock. */
export function services(db: Db, now: Date, overrides: Partial<Services> = {}): Services {
  return {
    db,
    now: () => now,
    model: null,
    evaluation: null,
    terms: [],
    mailing,
    modelLimits: { calls: 200, characters: 400_000 },
    askLimit: () => Promise.resolve(null),
    ask: () => Promise.resolve({ ok: false, error: "This process has no configuration for it." }),
    baseUrl: "http://localhost:3000",
    packFolder: "no-such-folder",
    keyId: "0".repeat(64),
    cspNonce: "nonce",
    ...overrides,
  };
}

/** The cookie of somebody who has just signed in. */
export async function cookieFor(context: Services, personId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const now = context.now();
  const expiresAt = new Date(now.getTime() + 3_600_000);
  await context.db
    .insert(session)
    .values({ id: sha256(token), personId, createdAt: now, lastSeenAt: now, expiresAt });
  return (await sessionHeader(token, context)).split(";")[0] ?? "";
}

type Door<A> = (args: A) => unknown;
type Visit = {
  /** Who is signed in; a visitor when left out. */
  as?: string | null;
  params?: Record<string, string>;
  /** The language of the reader's browser. */
  language?: Language;
};
/** What came back: status, body (of a page's data, or the form to draw again) and where it sends the reader. */
export type Answer<T> = { status: number; body: T; form: FormState; location: string | null };

/** Opens a page: calls its loader as the server would, thrown answers included. */
export function open<T>(
  loader: Door<LoaderFunctionArgs>,
  context: Services,
  path: string,
  visit: Visit = {},
): Promise<Answer<T>> {
  return call(loader, context, path, visit, { method: "GET" });
}

/** Sends a form: calls the action as the server would. An array gives the field several times, as `name[]`. */
export function send<T>(
  action: Door<ActionFunctionArgs>,
  context: Services,
  path: string,
  fields: Record<string, string | string[]>,
  visit: Visit = {},
): Promise<Answer<T>> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    if (typeof value === "string") body.append(name, value);
    else for (const one of value) body.append(`${name}[]`, one);
  return call(action, context, path, visit, { method: "POST", body });
}

async function call<T>(
  door: Door<LoaderFunctionArgs>,
  context: Services,
  path: string,
  { as = null, params = {}, language }: Visit,
  init: RequestInit,
): Promise<Answer<T>> {
  const headers: Record<string, string> = {
    ...(as === null ? {} : { cookie: await cookieFor(context, as) }),
    ...(language ? { "accept-language": language } : {}),
  };
  const request = new Request(`${context.baseUrl}${path}`, { ...init, headers });
  const unexpected = (fields: object): never => {
    throw "err" in fields ? fields.err : fields;
  };
  let given: unknown;
  try {
    given = await door({ request, params, context });
  } catch (error) {
    given = answerTo(error, path, { error: unexpected });
  }
  if (given instanceof Response)
    return { status: given.status, body: null as T, form: noForm, location: given.headers.get("location") };
  const { data, init: sent } = isData(given) ? given : { data: given, init: null };
  return { status: sent?.status ?? 200, body: data as T, form: data as FormState, location: null };
}

const noForm: FormState = { errors: {}, values: {} };

function isData(given: unknown): given is { data: unknown; init: ResponseInit | null } {
  return (
    given !== null && typeof given === "object" && "type" in given && given.type === "DataWithResponseInit"
  );
}
