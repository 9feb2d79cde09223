import type { IncomingMessage } from "node:http";
import { Refusal } from "#app/domain/lrs/request.ts";

/** The refusal of a body above the limit of its credential. */
export function tooLarge(limit: number): Refusal {
  return new Refusal(
    413,
    `The body is larger than the ${limit} bytes that this credential may send. Send fewer statements at once.`,
  );
}

/** The client closed the connection before all of its request was here. */
export class ClientLeft extends Error {
  override name = "ClientLeft";
}

/**
 * The whole body of at most `limit` bytes. What comes after it is known to be too large is read and forgotten, so that the client
 * gets to the answer. Throws {@link Refusal} for a larger or an encoded one, {@link ClientLeft} when it does not arrive.
 */
export async function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity")
    throw new Refusal(
      415,
      `The Content-Encoding ${encoding.slice(0, 40)} is not read here. Send the body uncompressed, without this header.`,
    );
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      chunks = [];
      reject(tooLarge(limit));
    });
    request.on("end", () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.on("error", () => reject(new ClientLeft()));
    request.on("close", () => reject(new ClientLeft()));
  });
}

/** A body that was refused is still on its way: a client reads the answer when it has sent it, if that is ever. */
const mostForgotten = 64 * 1024 * 1024;

/** Reads what is left of a body, so that the answer arrives and the connection can go on; only so much of it. */
export function forgetRest(request: IncomingMessage): void {
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostForgotten) request.destroy();
  });
  request.on("error", () => {});
  request.resume();
}
