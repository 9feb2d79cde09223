import { connect } from "node:net";
import type { Scan } from "#app/domain/competence/proof-file.ts";

/** Bytes sent at a time; below every StreamMaxLength in use. */
const chunk = 65_536;

/**
 * A scanner that asks clamd by INSTREAM over TCP (`host:port`). What it does not answer within `timeoutMs`, or answers
 * otherwise than with OK or FOUND, counts as unscanned.
 */
export function clamdScan(address: string, timeoutMs = 30_000): Scan {
  const end = address.lastIndexOf(":");
  const host = address.slice(0, end).replace(/^\[|\]$/g, "");
  const port = Number(address.slice(end + 1));
  return (bytes) =>
    new Promise((resolve) => {
      const socket = connect({ host, port });
      let answer = "";
      const done = (): void => {
        socket.destroy();
        const reply = answer.replaceAll("\0", "").trim();
        const found = /^stream: (.+) FOUND$/.exec(reply)?.[1] ?? null;
        resolve(reply === "stream: OK" ? { ok: true } : { ok: false, found });
      };
      socket.setTimeout(timeoutMs, done);
      socket.on("error", done);
      socket.on("end", done);
      socket.on("data", (data: Buffer) => {
        answer += data.toString("utf8");
        // The z prefix of the command ends the reply with a NUL.
        if (answer.includes("\0") || answer.length > 10_000) done();
      });
      socket.on("connect", () => {
        socket.write("zINSTREAM\0");
        for (let at = 0; at < bytes.length; at += chunk) {
          const part = bytes.subarray(at, at + chunk);
          const length = Buffer.alloc(4);
          length.writeUInt32BE(part.length);
          socket.write(length);
          socket.write(part);
        }
        socket.write(Buffer.alloc(4));
      });
    });
}
