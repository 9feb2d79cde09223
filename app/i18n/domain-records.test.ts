import { expect, it } from "vitest";
import { dayRefusalWords } from "#app/domain/competence/person-details.ts";
import { personFieldNames } from "#app/domain/people/person-version.ts";
import { dayRefusalTexts, personFieldTexts } from "./domain-records.ts";

it.each([
  ["names of what is known of people", personFieldTexts, Object.values(personFieldNames)],
  ["refusals of days", dayRefusalTexts, Object.values(dayRefusalWords)],
])("has the %s of the domain", (_, words, names) => {
  expect(words).toEqual(names);
});
