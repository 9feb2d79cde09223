import type { LoaderFunctionArgs } from "@remix-run/node";
import { createHash } from "node:crypto";
import { profileDocument } from "#app/domain/evidence/profile.ts";

const body = JSON.stringify(profileDocument, null, 2);
// Weak, because the server may send it compressed or not.
const etag = `W/"${createHash("sha256").update(body).digest("base64url")}"`;

/** Our xAPI profile for machines, open to everybody and to scripts of other sites: it holds nothing of the organisation. */
export function loader({ request }: LoaderFunctionArgs): Response {
  const headers = {
    ETag: etag,
    "Cache-Control": "public, max-age=3600",
    "Access-Control-Allow-Origin": "*",
  };
  const known = request.headers.get("If-None-Match")?.split(",") ?? [];
  if (known.some((tag) => ["*", etag].includes(tag.trim())))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "Content-Type": "application/ld+json" } });
}
