import { expect, it } from "vitest";
import { inTurn } from "./turn.server.ts";

it("runs three at once, the others in order, and goes on after a failure", async () => {
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const all = Array.from({ length: 6 }, (_, i) =>
    inTurn(async () => {
      begun.push(i);
      await new Promise<void>((end) => ends.push(end));
      if (i === 0) throw new Error("failed");
      return i;
    }),
  );
  const settled = Promise.allSettled(all);
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2]);
  for (let i = 0; i < all.length; i++) {
    ends[i]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(Math.min(4 + i, 6));
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  expect((await settled).map((one) => one.status)).toEqual([
    "rejected",
    ...Array.from({ length: 5 }, () => "fulfilled"),
  ]);
});
