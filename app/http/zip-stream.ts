import { strToU8, Zip, ZipDeflate } from "fflate";
import type { ZipEntry } from "./zip.ts";

type Entry = ZipEntry | { path: string; bytes: Uint8Array };

/** A ZIP archive of texts and files, packed entry by entry as fast as the client takes them; ends with the client. */
export function zipStream(entries: AsyncGenerator<Entry>, at: Date): ReadableStream<Uint8Array> {
  let packed: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    packed.push(chunk);
  });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await entries.next();
        if (next.done) zip.end();
        else {
          const file = new ZipDeflate(next.value.path, { level: 6 });
          file.mtime = at;
          zip.add(file);
          file.push("text" in next.value ? strToU8(next.value.text) : next.value.bytes, true);
        }
        for (const chunk of packed) controller.enqueue(chunk);
        packed = [];
        if (next.done) controller.close();
      },
      async cancel() {
        await entries.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
