import XAPI from "@xapi/xapi";
import { failureKind, isSameStatement, type Send, type Sent } from "#app/domain/evidence/outbox.ts";
import type { Statement } from "#app/domain/evidence/statement.ts";

export type LrsTarget = { name: string; endpoint: string; key: string; secret: string };

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

/** Sends statements to the configured LRSs with xAPI 1.0.3 and Basic authentication. `timeoutMs` bounds each request as a whole. */
export function lrsSender(targets: readonly LrsTarget[], timeoutMs = 15_000): Send {
  const clients = new Map(targets.map((target) => [target.name, clientOf(target, timeoutMs)]));
  return async (name, statements) => {
    const client = clients.get(name);
    if (!client)
      return { ok: false, kind: "unavailable", error: "This process has no configuration for it." };
    try {
      await client.sendStatements({ statements: statements.map(asSent) });
      return { ok: true };
    } catch (error) {
      const only = statements.length === 1 ? statements[0] : undefined;
      if (only && error instanceof LrsAnswer && error.status === 409) return onConflict(client, only);
      return failureOf(error);
    }
  };
}

/** An LRS may answer 409 to a statement it already holds (xAPI 1.0.3 part 3 §2.1.2): look at its copy before giving up. */
async function onConflict(client: XAPI, ours: Statement): Promise<Sent> {
  try {
    const { data } = await client.getStatement({ statementId: ours.id });
    if (isSameStatement(ours, data)) return { ok: true };
    return { ok: false, kind: "refused", error: `The LRS holds another statement under the id ${ours.id}.` };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Sent {
  if (error instanceof LrsAnswer) {
    const { status, retryAfter, message } = error;
    return { ok: false, kind: failureKind(status), error: message, ...(retryAfter ? { retryAfter } : {}) };
  }
  if (!(error instanceof Error)) throw error;
  if (error instanceof SyntaxError)
    return { ok: false, kind: "unavailable", error: "What answers there is not an LRS." };
  if (error.name === "TimeoutError")
    return { ok: false, kind: "unavailable", error: "The LRS did not answer in time." };
  const cause = error.cause instanceof Error && "code" in error.cause ? ` (${String(error.cause.code)})` : "";
  return { ok: false, kind: "unavailable", error: `The LRS cannot be reached${cause}.` };
}

function clientOf(target: LrsTarget, timeoutMs: number): XAPI {
  const auth = `Basic ${Buffer.from(`${target.key}:${target.secret}`).toString("base64")}`;
  return new XAPI({ endpoint: target.endpoint, auth, version: "1.0.3", adapter: fetchWithin(timeoutMs) });
}

/** The library's own adapters hide the status or know no time-out; this one throws {@link LrsAnswer} for every non-success. */
function fetchWithin(timeoutMs: number): Adapter {
  return async <T>({ url, method, headers, data }: Parameters<Adapter>[0]) => {
    const response = await fetch(url, {
      method,
      headers: headers as Record<string, string>,
      ...(data === undefined ? {} : { body: JSON.stringify(data) }),
      signal: AbortSignal.timeout(timeoutMs),
      // Credentials and evidence go to the configured address only.
      redirect: "manual",
    });
    // Read in full, so that the connection is free for the next request.
    const text = await response.text();
    if (!response.ok)
      throw new LrsAnswer(response.status, Number(response.headers.get("retry-after")) || undefined);
    return {
      data: (text === "" ? undefined : JSON.parse(text)) as T,
      headers: Object.fromEntries(response.headers),
      status: response.status,
    };
  };
}

type XapiStatement = Parameters<XAPI["sendStatement"]>[0]["statement"];

/** Our type is narrower in its words and wider in its maps than the library's; both are xAPI's JSON. */
function asSent(statement: Statement): XapiStatement {
  return statement as unknown as XapiStatement;
}
