import { etagOf, namesTag } from "#app/domain/lrs/document.ts";
import { Refusal, type XapiAnswer, type XapiRequest } from "#app/domain/lrs/request.ts";

/** Refuses every method but these with 405. */
export function allowMethods(request: XapiRequest, methods: readonly XapiRequest["method"][]): void {
  if (methods.includes(request.method)) return;
  const allow = methods.join(", ");
  throw new Refusal(405, `${request.path} does not take ${request.method}. It takes ${allow}.`, { allow });
}

/** `etag` is without quotes; worked out when absent. */
type Headers = { contentType: string; etag?: string; lastModified?: Date | null };

/**
 * The answer to a GET or HEAD: the content with its ETag (xAPI 1.0.3 part 3 §3.1), without a body to HEAD (§1.1), and 304
 * when If-None-Match names that ETag (RFC 7232 §4.1).
 */
export function contentAnswer(
  request: XapiRequest,
  content: Uint8Array | string,
  { contentType, etag = etagOf(content), lastModified }: Headers,
): XapiAnswer {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const headers: Record<string, string> = { etag: `"${etag}"` };
  if (lastModified) headers["last-modified"] = lastModified.toUTCString();
  const known = request.headers["if-none-match"];
  if (known !== undefined && namesTag(known, etag, "weak")) return { status: 304, headers };
  headers["content-type"] = contentType;
  headers["content-length"] = String(bytes.length);
  return request.method === "HEAD" ? { status: 200, headers } : { status: 200, headers, body: bytes };
}

/** The answer to a GET or HEAD with a JSON text. */
export function jsonAnswer(request: XapiRequest, json: string, lastModified: Date | null = null): XapiAnswer {
  return contentAnswer(request, json, { contentType: "application/json", lastModified });
}
