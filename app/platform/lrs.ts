import XAPI from "@xapi/xapi";
import { randomBytes } from "node:crypto";
import { type Ask, isSameStatement } from "#app/domain/evidence/external-copy.ts";
import type { Outgoing, Send } from "#app/domain/evidence/forwarding.ts";
import { failureKind, type Sent } from "#app/domain/evidence/outbox.ts";

export type LrsTarget = { name: string; endpoint: string; key: string; secret: string };

const notConfigured = "This process has no configuration for it.";

type Adapter = Exclude<NonNullable<ConstructorParameters<typeof XAPI>[0]["adapter"]>, string>;

/** An answer of an LRS that is not a success. */
class LrsAnswer extends Error {
  override name = "LrsAnswer";
  constructor(
    readonly status: number,
    readonly retryAfter: number | undefined,
  ) {
    super(`The LRS answered ${status}.`);
  }
}

/**
 * Sends statements to the configured LRSs with Basic authentication, under the version of the statements. `timeoutMs` bounds
 * each request as a whole.
 */
export function lrsSender(targets: readonly LrsTarget[], timeoutMs = 15_000): Send {
  return async (name, statements) => {
    const target = targets.find((one) => one.name === name);
    const [first] = statements;
    if (!target || !first) return { ok: false, kind: "unavailable", error: notConfigured };
    try {
      await post(target, statements, first.version, timeoutMs);
      return { ok: true };
    } catch (error) {
      const isConflict = error instanceof LrsAnswer && error.status === 409;
      if (!isConflict || statements.length > 1) return failureOf(error);
      return onConflict(
        clientOf(target, () => AbortSignal.timeout(timeoutMs)),
        first,
      );
    }
  };
}

/** Asks the configured LRSs what they hold. `timeoutMs` bounds each question, however many requests it takes. */
export function lrsAsker(targets: readonly LrsTarget[], timeoutMs = 5_000): Ask {
  return async (name, registration, ids) => {
    const target = targets.find((one) => one.name === name);
    if (!target) return { ok: false, error: notConfigured };
    const within = AbortSignal.timeout(timeoutMs);
    const client = clientOf(target, () => within);
    try {
      const statements = await statementsOf(client, registration);
      const held = new Set(statements.map(idOf));
      const absent = ids.filter((id) => !held.has(id));
      return { ok: true, held: { statements, voided: await voidedOf(client, absent) } };
    } catch (error) {
      return { ok: false, error: failureOf(error).error };
    }
  };
}

function authOf({ key, secret }: LrsTarget): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
}

/** The library's client; `signal` gives what ends a request that takes too long. */
function clientOf(target: LrsTarget, signal: () => AbortSignal): XAPI {
  const { endpoint } = target;
  return new XAPI({
    endpoint,
    auth: authOf(target),
    version: "1.0.3",
    adapter: adapterFor(endpoint, signal),
  });
}

/**
 * The library would write the statements anew, and with them numbers such as 1.0 and 1e400, and cannot send binary contents:
 * statements go out by `fetch`, in the text they are stored in.
 */
async function post(
  target: LrsTarget,
  statements: readonly Outgoing[],
  version: string,
  timeoutMs: number,
): Promise<void> {
  const json = `[${statements.map((one) => one.text).join(",")}]`;
  const contents = statements.flatMap((one) => one.attachments);
  const { type, body } =
    contents.length === 0 ? { type: "application/json", body: json } : mixed(json, contents);
  const response = await fetch(`${target.endpoint.replace(/\/$/, "")}/statements`, {
    method: "POST",
    headers: { Authorization: authOf(target), "X-Experience-API-Version": version, "Content-Type": type },
    body,
    signal: AbortSignal.timeout(timeoutMs),
    // Credentials and evidence go to the configured address only.
    redirect: "manual",
  });
  const text = await textOf(response);
  if (text !== "") JSON.parse(text);
}

/** Statements with the contents of their attachments (xAPI 1.0.3 part 3 §1.5.2; RFC 2046 §5.1). */
function mixed(
  json: string,
  contents: Outgoing["attachments"],
): { type: string; body: Uint8Array<ArrayBuffer> } {
  // 144 random bits: no content holds them by chance.
  const boundary = `clause7-${randomBytes(18).toString("hex")}`;
  const part = (headers: Record<string, string>, content: string | Uint8Array): Uint8Array[] => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return [
      Buffer.from(`--${boundary}\r\n${lines.join("")}\r\n`),
      Buffer.from(content as Uint8Array),
      Buffer.from("\r\n"),
    ];
  };
  const parts = [
    ...part({ "Content-Type": "application/json" }, json),
    ...contents.flatMap(({ sha2, contentType, content }) =>
      part(
        {
          // A type with line breaks or letters beyond ASCII cannot stand in a header.
          "Content-Type": /^[\x21-\x7e][\x20-\x7e]*$/.test(contentType)
            ? contentType
            : "application/octet-stream",
          "Content-Transfer-Encoding": "binary",
          "X-Experience-API-Hash": sha2,
        },
        content,
      ),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { type: `multipart/mixed; boundary=${boundary}`, body: Buffer.concat(parts) };
}

/**
 * An LRS may answer 409 to a statement it already holds (xAPI 1.0.3 part 3 §2.1.2): look at its copy before giving up. A
 * voided statement is found under another name.
 */
async function onConflict(client: XAPI, ours: Outgoing): Promise<Sent> {
  const statement: unknown = JSON.parse(ours.text);
  try {
    const theirs =
      (await orNull(client.getStatement({ statementId: ours.id }))) ??
      (await orNull(client.getVoidedStatement({ voidedStatementId: ours.id })));
    if (theirs && isSameStatement(statement, theirs.data)) return { ok: true };
    const error = theirs
      ? `The LRS holds another statement under the id ${ours.id}.`
      : "The LRS answered 409, and holds no statement under this id.";
    return { ok: false, kind: "refused", error };
  } catch (error) {
    return failureOf(error);
  }
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LrsAnswer && error.status === 404) return null;
    throw error;
  }
}

/** Pages of one registration: a person's cycle has some dozen statements, and no LRS may keep us reading for ever. */
const mostPages = 20;

async function statementsOf(client: XAPI, registration: string): Promise<unknown[]> {
  const statements: unknown[] = [];
  let page: unknown = (await client.getStatements({ registration })).data;
  for (let pages = 1; ; pages++) {
    const { statements: found, more } = page as { statements?: unknown; more?: string };
    if (!Array.isArray(found)) throw new SyntaxError("no list of statements");
    statements.push(...(found as unknown[]));
    if (!more || pages >= mostPages) return statements;
    page = (await client.getMoreStatements({ more })).data;
  }
}

/** Questions to one LRS at a time. */
const together = 4;

async function voidedOf(client: XAPI, ids: readonly string[]): Promise<string[]> {
  const voided: string[] = [];
  const left = [...ids];
  const ask = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift())
      if (await orNull(client.getVoidedStatement({ voidedStatementId: id }))) voided.push(id);
  };
  await Promise.all(Array.from({ length: together }, ask));
  return voided;
}

function idOf(statement: unknown): string {
  return statement instanceof Object && "id" in statement ? String(statement.id).toLowerCase() : "";
}

function failureOf(error: unknown): Sent & { ok: false } {
  const unavailable = (text: string): Sent & { ok: false } => ({
    ok: false,
    kind: "unavailable",
    error: text,
  });
  if (error instanceof LrsAnswer) {
    const { status, retryAfter, message } = error;
    return { ok: false, kind: failureKind(status), error: message, ...(retryAfter ? { retryAfter } : {}) };
  }
  if (!(error instanceof Error)) throw error;
  if (error instanceof SyntaxError) return unavailable("What answers there is not an LRS.");
  if (error.name === "TimeoutError") return unavailable("The LRS did not answer in time.");
  const cause = error.cause instanceof Error && "code" in error.cause ? ` (${String(error.cause.code)})` : "";
  return unavailable(`The LRS cannot be reached${cause}.`);
}

/** The library's own adapters hide the status or know no time-out; this one throws {@link LrsAnswer} for every non-success. */
function adapterFor(endpoint: string, signal: () => AbortSignal): Adapter {
  return async <T>({ url, method, headers }: Parameters<Adapter>[0]) => {
    // A `more` link is the LRS's word; the credentials go to the configured address only.
    if (new URL(url).origin !== new URL(endpoint).origin) throw new SyntaxError(`${url} is elsewhere`);
    const response = await fetch(url, {
      method,
      headers: headers as Record<string, string>,
      signal: signal(),
      redirect: "manual",
    });
    return {
      data: JSON.parse(await textOf(response)) as T,
      headers: Object.fromEntries(response.headers),
      status: response.status,
    };
  };
}

/** The body of a success. Read in full whatever the status, so that the connection is free for the next request. */
async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok)
    throw new LrsAnswer(response.status, Number(response.headers.get("retry-after")) || undefined);
  return text;
}
