import { expect, it } from "vitest";
import { acknowledgementStateNames } from "#app/domain/competence/acknowledgement-duty.ts";
import { acknowledgementTexts } from "./domain-policies.ts";

it.each([["acknowledgements", acknowledgementTexts, Object.values(acknowledgementStateNames)]])(
  "has the texts of %s",
  (_, words, names) => {
    expect(words.toSorted()).toEqual(names.toSorted());
  },
);
