import { expect, it } from "vitest";
import { isNews } from "./waiting.ts";

const at = (day: string): Date => new Date(`2026-${day}T09:00:00Z`);

it.each<[string, string, Date, Date | null, boolean]>([
  ["decided and never looked at", "p-hr", at("11-20"), null, true],
  ["decided after the last look", "p-hr", at("11-20"), at("11-19"), true],
  ["looked at since", "p-hr", at("11-20"), at("11-21"), false],
  ["withdrawn by the person", "p-ann", at("11-20"), null, false],
  ["decided long ago, never looked at", "p-hr", at("06-01"), null, false],
])("%s", (_words, actorId, when, seenAt, news) => {
  expect(isNews({ actorId, at: when }, { personId: "p-ann", seenAt }, at("11-24"))).toBe(news);
});
