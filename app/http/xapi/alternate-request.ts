import { Refusal } from "#app/domain/lrs/request.ts";

type Request = {
  method: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
};

/** Form parameters that stand for headers (xAPI 1.0.3 part 3 §1.3). */
const headerParameters = [
  "authorization",
  "x-experience-api-version",
  "content-type",
  "content-length",
  "if-match",
  "if-none-match",
];
const methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

/** Whether a request uses the alternate syntax, meant for browsers that can neither set headers nor use all methods. */
export function isAlternate(method: string, query: URLSearchParams): boolean {
  return method === "POST" && query.has("method");
}

/** The request that a form of the alternate syntax stands for (xAPI 1.0.3 part 3 §1.3). Refuses anything beside the form. */
export function originalRequest(
  { query, headers }: Request,
  form: Uint8Array,
): { method: string; query: URLSearchParams; headers: Record<string, string | undefined>; body: Uint8Array } {
  const method = query.get("method")?.toUpperCase() ?? "";
  if (!methods.includes(method))
    throw new Refusal(400, `The parameter method must be one of ${methods.join(", ")}.`);
  if ([...query.keys()].length > 1)
    throw new Refusal(
      400,
      "The alternate request syntax has no parameter but method in the address: send the others in the form.",
    );
  const original = { method, query: new URLSearchParams(), headers: { ...headers } };
  // What describes the form does not describe what it holds.
  delete original.headers["content-type"];
  let content: string | null = null;
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(form))) {
    const lower = name.toLowerCase();
    if (name === "content") content = value;
    else if (headerParameters.includes(lower)) original.headers[lower] = value;
    else original.query.append(name, value);
  }
  if (content === null && (method === "PUT" || method === "POST"))
    throw new Refusal(400, 'The form needs the parameter "content" with what is to be stored.');
  original.headers["content-type"] ??= "application/json";
  return { ...original, body: Buffer.from(content ?? "") };
}
