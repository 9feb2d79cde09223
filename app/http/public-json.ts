/** JSON about nobody in particular that verifiers anywhere fetch, from pages of theirs too. */
export function publicJson(body: object, type = "application/json"): Response {
  return new Response(JSON.stringify(body), {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}
