import { expect, it } from "vitest";
import { bulkInput, bulkKindNames, bulkOutcomeNames } from "#app/domain/competence/bulk.ts";
import { savedViewRefusalWords, viewName } from "#app/domain/competence/saved-view.ts";
import { bulkFaultTexts, bulkTexts, viewTexts } from "./domain-board.ts";

const faults = ["", "x".repeat(61)].map((name) => viewName.safeParse(name).error?.issues[0]?.message);

const bulkFaults = [
  { kind: "remind", reason: "x".repeat(501) },
  { kind: "retrain", reason: "The site is closed.", cause: "", dueDays: "0" },
  { kind: "assign", reason: "The site is closed.", requirement: "", lastDay: "soon" },
].flatMap((input) => bulkInput.safeParse(input).error?.issues.map((issue) => issue.message) ?? []);

it.each([
  ["of what is wrong with it", bulkFaultTexts, bulkFaults],
  ["of many at once", bulkTexts, [...Object.values(bulkKindNames), ...Object.values(bulkOutcomeNames)]],
  ["of views", viewTexts, [...Object.values(savedViewRefusalWords), ...faults]],
])("lists the texts %s as the domain has them", (_, listed, domain) => {
  expect(listed).toEqual(domain);
});
