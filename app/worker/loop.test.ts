import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startLoop } from "./loop.ts";
import type { Job, WorkerServices } from "./schedule.ts";

// The jobs of these tests touch no services.
const services = {} as WorkerServices;
const quiet = { error: () => {} };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A job whose runs end when told to. */
function aJob(everySeconds = 5) {
  const ends: (() => void)[] = [];
  const job: Job = {
    name: "test",
    everySeconds,
    run: () => new Promise<void>((resolve) => ends.push(resolve)),
  };
  return {
    job,
    started: () => ends.length,
    end: async () => {
      ends.at(-1)?.();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

it("runs a job at once, and again its pause after it ended, never beside itself", async () => {
  const { job, started, end } = aJob();
  const loop = startLoop([job], services, quiet);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(started()).toBe(1);
  await end();
  await vi.advanceTimersByTimeAsync(4999);
  expect(started()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(started()).toBe(2);
  await end();
  await loop.stop();
});

it("logs a failure and goes on", async () => {
  const error = vi.fn<(fields: Record<string, unknown>, message: string) => void>();
  let runs = 0;
  const job: Job = {
    name: "fails",
    everySeconds: 1,
    run: () => {
      runs++;
      throw new Error("no");
    },
  };
  const loop = startLoop([job], services, { error });
  await vi.advanceTimersByTimeAsync(2000);
  expect(runs).toBe(3);
  expect(error).toHaveBeenCalledTimes(3);
  expect(error.mock.calls[0]?.[0]).toMatchObject({ job: "fails" });
  await loop.stop();
});

it("keeps a slow job from holding up another", async () => {
  const slow = aJob();
  const quick = aJob(1);
  const loop = startLoop([slow.job, quick.job], services, quiet);
  await quick.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect([slow.started(), quick.started()]).toEqual([1, 2]);
  await slow.end();
  await quick.end();
  await loop.stop();
});

it("ends when what runs has ended, and starts nothing more", async () => {
  const { job, started, end } = aJob();
  const loop = startLoop([job], services, quiet);
  let stopped = false;
  const stop = loop.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stopped).toBe(false);
  await end();
  await stop;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started()).toBe(1);
});
