import { expect, it } from "vitest";
import { followUpCode, unknownCode } from "#app/domain/assistant/concern.ts";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { roleNames } from "#app/domain/people/role.ts";
import { followUpWords, periodStateWords, roleWords } from "./domain-learner.ts";

const refusal = (code: string): string => followUpCode.safeParse(code).error?.issues[0]?.message ?? "";

it.each([
  ["states", periodStateWords, Object.values(periodStateNames)],
  ["roles", roleWords, Object.values(roleNames)],
  ["refusals of a follow-up code", followUpWords, [refusal(""), refusal("x".repeat(61)), unknownCode]],
])("has the %s of the domain", (_, words, names) => {
  expect(words.toSorted()).toEqual(names.toSorted());
});
