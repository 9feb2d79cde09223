import { expect, it } from "vitest";
import type { z } from "zod";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { waiverInput, waiverRefusalWords } from "#app/domain/competence/waiver.ts";
import { periodStateTexts, waiverTexts } from "./domain-admin.ts";

/** What a schema says of these inputs. */
const refusals = (schema: z.ZodType, inputs: readonly object[]): string[] =>
  inputs.flatMap((input) => schema.safeParse(input).error?.issues.map((issue) => issue.message) ?? []);

const all = (...texts: string[][]): string[] => [...new Set(texts.flat())].toSorted();

it.each([
  ["states of a period", periodStateTexts, all(Object.values(periodStateNames))],
  [
    "waivers",
    waiverTexts,
    all(
      Object.values(waiverRefusalWords),
      refusals(waiverInput, [
        { reason: "", until: "" },
        { reason: "x".repeat(501), until: "" },
      ]),
    ),
  ],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual(inDomain);
});
