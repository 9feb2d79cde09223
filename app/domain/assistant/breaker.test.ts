import fc from "fast-check";
import { expect, it } from "vitest";
import { type Breaker, attempt, closed, coolDown, failuresInARow, settled } from "./breaker.ts";

const start = new Date("2026-11-24T09:00:00Z").getTime();
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const afterFailures = (n: number): Breaker =>
  Array.from({ length: n }).reduce<Breaker>((breaker) => settled(breaker, false, at(0)), closed);

it("rests for a minute after three failures in a row, then lets one trial through", () => {
  expect(attempt(afterFailures(2), at(0)).allowed).toBe(true);
  const open = afterFailures(3);
  expect([0, 30, 59.999].map((s) => attempt(open, at(s)).allowed)).toEqual([false, false, false]);
  const trial = attempt(open, at(60));
  expect(trial).toMatchObject({ allowed: true, breaker: { state: "half_open" } });
  expect(attempt(trial.breaker, at(61)).allowed).toBe(false);
  expect(settled(trial.breaker, true, at(62))).toEqual(closed);
  const again = settled(trial.breaker, false, at(62));
  expect([again.state, attempt(again, at(121)).allowed, attempt(again, at(122)).allowed]).toEqual([
    "open",
    false,
    true,
  ]);
});

it("begins to count anew after an answer", () => {
  const once = settled(afterFailures(2), true, at(0));
  expect(settled(once, false, at(0))).toEqual({ state: "closed", failures: 1 });
});

it("lets the next trial through when nothing was heard of the last", () => {
  const trial = attempt(afterFailures(3), at(60)).breaker;
  expect(attempt(trial, at(120)).allowed).toBe(true);
});

it("ends the rest when the clock was set back, and takes no word from before it", () => {
  expect(attempt(afterFailures(3), at(-1)).allowed).toBe(true);
  expect(settled(afterFailures(3), true, at(1))).toEqual(afterFailures(3));
});

it("never lets through two calls within a rest, and never stays shut longer, whatever happens", () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 90 }),
    ends: fc.constantFrom("answered", "failed", "silent"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let breaker = closed;
      let now = 0;
      let lastOpened: number | null = null;
      let lastLet: number | null = null;
      let row = 0;
      for (const { wait, ends } of steps) {
        now += wait;
        const before = breaker.state;
        const tried = attempt(breaker, at(now));
        breaker = tried.breaker;
        if (before === "closed") expect(tried.allowed).toBe(true);
        if (before !== "closed" && tried.allowed && lastLet !== null && lastOpened !== null)
          expect(now - Math.max(lastLet, lastOpened)).toBeGreaterThanOrEqual(coolDown / 1000);
        if (!tried.allowed)
          expect(now - Math.max(lastLet ?? 0, lastOpened ?? 0)).toBeLessThan(coolDown / 1000);
        if (!tried.allowed) continue;
        lastLet = now;
        if (ends === "silent") continue;
        row = ends === "failed" ? row + 1 : 0;
        breaker = settled(breaker, ends === "answered", at(now));
        if (row >= failuresInARow) expect(breaker.state).toBe("open");
        if (breaker.state === "open") lastOpened = now;
      }
    }),
  );
});
