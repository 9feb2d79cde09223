import type { Services } from "./services.ts";

/** Text is handed on in pieces of about this many characters. */
const pieceLength = 65_536;

/** Lines as the body of a response, read only as fast as the client takes them, and no further when it has gone. */
export function lineStream(
  lines: AsyncGenerator<string>,
  { drained }: Pick<Services, "drained">,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const there = (await drained?.()) ?? true;
        let piece = "";
        while (piece.length < pieceLength) {
          const next = there ? await lines.next() : await lines.return(undefined);
          if (next.done) {
            if (piece !== "") controller.enqueue(encoder.encode(piece));
            return controller.close();
          }
          piece += next.value;
        }
        controller.enqueue(encoder.encode(piece));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
