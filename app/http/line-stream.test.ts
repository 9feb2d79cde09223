import { expect, it } from "vitest";
import { lineStream } from "./line-stream.ts";

/** Lines of a thousand characters each, counted as they are read. */
function counted(total: number) {
  const seen = { read: 0, ended: false };
  async function* lines(): AsyncGenerator<string> {
    try {
      for (let i = 0; i < total; i++) {
        seen.read += 1;
        yield `${"é".repeat(999)}\n`;
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, lines: lines() };
}

const there = { drained: () => Promise.resolve(true) };

it("hands on all lines, in pieces", async () => {
  const { lines, seen } = counted(500);
  const body = await new Response(lineStream(lines, there)).text();
  expect(body).toHaveLength(500_000);
  expect(body.endsWith("é\n")).toBe(true);
  expect(seen.ended).toBe(true);
  expect(await new Response(lineStream(counted(0).lines, {})).text()).toBe("");
});

it("reads nothing before the client has room, and a piece at a time", async () => {
  const { lines, seen } = counted(500);
  let open: (there: boolean) => void = () => {};
  const drained = () => new Promise<boolean>((resolve) => (open = resolve));
  const reader = lineStream(lines, { drained }).getReader();
  const first = reader.read();
  await Promise.resolve();
  expect(seen.read).toBe(0);
  open(true);
  await first;
  expect(seen.read).toBe(66);
  void reader.read();
  await Promise.resolve();
  expect(seen.read).toBe(66);
});

it("stops reading when the client has gone or gives up", async () => {
  const { lines, seen } = counted(500);
  const client = { drained: () => Promise.resolve(seen.read === 0) };
  const reader = lineStream(lines, client).getReader();
  await reader.read();
  expect((await reader.read()).done).toBe(true);
  expect(seen).toEqual({ read: 66, ended: true });
  const other = counted(500);
  const given = lineStream(other.lines, there).getReader();
  await given.read();
  await given.cancel();
  expect(other.seen.ended).toBe(true);
});

it("fails where reading fails, so that no half file looks whole", async () => {
  async function* lines(): AsyncGenerator<string> {
    yield "one\n";
    throw new Error("the database has gone");
  }
  await expect(new Response(lineStream(lines(), there)).text()).rejects.toThrow();
});
