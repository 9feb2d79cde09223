import { expect, it } from "vitest";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { periodStateTexts } from "./domain-admin.ts";

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

it.each([["states of a period", periodStateTexts, Object.values(periodStateNames)]])(
  "has every text of the domain: %s",
  (_of, listed, inDomain) => {
    expect(listed.toSorted()).toEqual(distinct(inDomain));
  },
);
