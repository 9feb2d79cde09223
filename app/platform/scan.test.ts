import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { clamdScan } from "./scan.ts";

let server: Server | null = null;
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

/** Speaks clamd's INSTREAM: chunks with their length before them, until one of length zero. */
async function clamd(answer: (received: Buffer) => string | null): Promise<string> {
  server = createServer((socket) => {
    let all = Buffer.alloc(0);
    socket.on("data", (data) => {
      all = Buffer.concat([all, data]);
      const command = "zINSTREAM\0";
      if (all.toString("latin1", 0, command.length) !== command) return;
      const parts: Buffer[] = [];
      for (let at = command.length; at + 4 <= all.length;) {
        const length = all.readUInt32BE(at);
        if (length === 0) {
          const said = answer(Buffer.concat(parts));
          if (said === null) socket.destroy();
          else socket.end(said);
          return;
        }
        parts.push(all.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
    });
  });
  await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);

it("sends every byte, and knows what is clean and what was found", async () => {
  const whole = await clamd((received) =>
    received.equals(Buffer.from(bytes)) ? "stream: OK\0" : "stream: X FOUND\0",
  );
  expect(await clamdScan(whole)(bytes)).toEqual({ ok: true });
  await new Promise<void>((done) => server?.close(() => done()));
  const bad = await clamd(() => "stream: Eicar-Test-Signature FOUND\0");
  expect(await clamdScan(bad)(bytes)).toEqual({ ok: false, found: "Eicar-Test-Signature" });
});

it("counts everything else as unscanned", async () => {
  const limit = await clamd(() => "INSTREAM size limit exceeded. ERROR\0");
  expect(await clamdScan(limit)(bytes)).toEqual({ ok: false, found: null });
  await new Promise<void>((done) => server?.close(() => done()));
  const gone = await clamd(() => null);
  expect(await clamdScan(gone)(bytes)).toEqual({ ok: false, found: null });
  await new Promise<void>((done) => server?.close(() => done()));
  server = null;
  expect(await clamdScan(gone)(bytes)).toEqual({ ok: false, found: null });
});
