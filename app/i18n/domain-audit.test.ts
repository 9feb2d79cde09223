import { expect, it } from "vitest";
import type { z } from "zod";
import { readPlaceNames } from "#app/domain/evidence/read-log.ts";
import { sampleInput, sampleRefusalWords } from "#app/domain/pack/sample.ts";
import { packInput } from "#app/domain/pack/scope.ts";
import { packStatusNames } from "#app/domain/pack/status.ts";
import { seatInput, seatRefusalWords, seatStateNames } from "#app/domain/people/seat.ts";
import {
  auditInputTexts,
  packStatusTexts,
  readPlaceTexts,
  sampleTexts,
  seatStateTexts,
  seatTexts,
} from "./domain-audit.ts";

const said = (schema: z.ZodType, inputs: readonly object[]): string[] =>
  inputs.flatMap((input) => schema.safeParse(input).error?.issues.map((issue) => issue.message) ?? []);

const days = { from: "2026-02-01", until: "2026-01-01" };
const sample = { purpose: "x", asAt: "x", size: "x", seed: "ä" };
const seat = { name: "", email: "x", firm: "", from: "x", until: "x" };
const good = { name: "A", email: "a@b.example", firm: "C" };

it.each<[string, string[], string[]]>([
  ["states of packs", packStatusTexts, Object.values(packStatusNames)],
  ["states of seats", seatStateTexts, Object.values(seatStateNames)],
  ["places of reading", readPlaceTexts, Object.values(readPlaceNames)],
  ["refusals of draws", sampleTexts, Object.values(sampleRefusalWords)],
  ["refusals of seats", seatTexts, Object.values(seatRefusalWords)],
  [
    "inputs",
    auditInputTexts,
    [
      ...said(packInput, [days, { from: "x", until: "x" }]),
      ...said(sampleInput, [
        sample,
        ...["0", "1.5", "1001"].map((size) => ({ ...sample, size })),
        { ...sample, purpose: "x".repeat(301) },
      ]),
      ...said(seatInput, [seat, { ...good, ...days }, { ...good, from: "2026-01-01", until: "2026-12-31" }]),
    ],
  ],
])("has every text of the domain: %s", (_what, listed, has) => {
  expect(listed.toSorted()).toEqual([...new Set(has)].toSorted());
});
