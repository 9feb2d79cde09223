/** Versions of the standard the store speaks: xAPI 1.0.3, and 2.0 (IEEE 9274.1.1-2023). */
export type XapiVersion = "1.0.3" | "2.0.0";

/** A request as the resources see it: authenticated, of a known version, the alternate syntax undone, the body read. */
export type XapiRequest = {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Below the endpoint, such as `/activities/state`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  version: XapiVersion;
};

export type XapiAnswer = {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

/** A request that is refused: the status of xAPI 1.0.3 part 3 §3.2 and a sentence that names the fault and the mend. */
export class Refusal extends Error {
  override name = "Refusal";
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 429,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}
