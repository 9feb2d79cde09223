import { STATUS_CODES } from "node:http";

/** A refusal as a program reads it (RFC 9457): a status, and a sentence that names the mend. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly status: number,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** The body of a problem, to be sent as {@link problemType}. The type is the status's own (RFC 9457 §4.2.1). */
export function problemBody({ status, message }: Problem): Record<string, unknown> {
  return { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail: message };
}

export const problemType = "application/problem+json";
