/** A file for the reader to keep. `name` may hold any letters; browsers that know only ASCII get those it can show (RFC 6266 §4.3). */
export function download(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  type: string,
  name: string,
  headers: Record<string, string> = {},
): Response {
  const ascii = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\w. -]/g, "-");
  // RFC 5987 §3.2.1: what encodeURIComponent leaves, and a quoted form may not hold.
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(body, {
    headers: {
      ...headers,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    },
  });
}
