import { expect, it } from "vitest";
import { bulkKindNames, bulkOutcomeNames } from "#app/domain/competence/bulk.ts";
import { savedViewRefusalWords, viewName } from "#app/domain/competence/saved-view.ts";
import { bulkTexts, viewTexts } from "./domain-board.ts";

const faults = ["", "x".repeat(61)].map((name) => viewName.safeParse(name).error?.issues[0]?.message);

it.each([
  ["of many at once", bulkTexts, [...Object.values(bulkKindNames), ...Object.values(bulkOutcomeNames)]],
  ["of views", viewTexts, [...Object.values(savedViewRefusalWords), ...faults]],
])("lists the texts %s as the domain has them", (_, listed, domain) => {
  expect(listed).toEqual(domain);
});
