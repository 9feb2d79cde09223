import { expect, it } from "vitest";
import type { z } from "zod";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { keyInput } from "#app/domain/assistant/api-key.ts";
import { waiverInput, waiverRefusalWords } from "#app/domain/competence/waiver.ts";
import { credentialInput } from "#app/domain/lrs/credential.ts";
import { credentialTexts, keyTexts, periodStateTexts, waiverTexts } from "./domain-admin.ts";

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
  [
    "API keys",
    keyTexts,
    all(
      refusals(keyInput, [
        { name: "", days: "1" },
        { name: "x\u0007", days: "30" },
      ]),
    ),
  ],
  [
    "clients of the record store",
    credentialTexts,
    all(
      refusals(credentialInput, [
        { name: "", scopes: [], ratePerMinute: "0", bodyLimitBytes: "0" },
        { name: "x".repeat(101), scopes: ["everything"] },
        { name: "x\u0007", scopes: "all" },
      ]),
    ),
  ],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual(inDomain);
});
