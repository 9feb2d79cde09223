import { expect, it } from "vitest";
import { draftRefusalWords, draftStatusNames, longestNote, shortestNote } from "#app/domain/content/draft.ts";
import { cognitiveLevels, riskDomains } from "#app/domain/content/item.ts";
import { outlineRefusalWords } from "#app/domain/content/outline.ts";
import { itemTypeNames } from "#app/domain/content/plain-item.ts";
import { sectionsOf } from "#app/domain/content/section.ts";
import { reviewFields } from "#app/routes/_app.author.$draftId.review/fields.ts";
import {
  draftRefusalTexts,
  draftStatusTexts,
  headTexts,
  itemTagTexts,
  itemTypeTexts,
} from "./domain-author.ts";

const heads = ["module.md", "items.yaml"].map((file) => sectionsOf(file, "")[0]?.title);

it.each([
  ["status of drafts", draftStatusTexts, Object.values(draftStatusNames)],
  [
    "refusals of drafts",
    draftRefusalTexts,
    [...Object.values(draftRefusalWords), ...Object.values(outlineRefusalWords)],
  ],
  ["types of items", itemTypeTexts, Object.values(itemTypeNames)],
  ["tags of items", itemTagTexts, [...cognitiveLevels, ...Object.values(riskDomains)]],
  ["heads of files", headTexts, heads],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual(inDomain.toSorted());
});

it.each([
  [{ intent: "submit", changeNote: "" }, "changeNote", shortestNote],
  [{ intent: "submit", changeNote: "x".repeat(longestNote + 1) }, "changeNote", longestNote],
  [{ intent: "return", reason: "" }, "reason", shortestNote],
])("names the bound in what it says of a note: %j", (input, field, bound) => {
  const issues = reviewFields.safeParse({ revision: 0, ...input }).error?.issues ?? [];
  expect(issues.find((one) => one.path[0] === field)?.message).toContain(` ${bound} `);
});
