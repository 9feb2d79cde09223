import { expect, it } from "vitest";
import { comparedVersions } from "./comparison.ts";

const versions = [
  { version: "2.0", effectiveFrom: "2027-01-01" },
  { version: "1.0", effectiveFrom: "2026-01-01" },
  { version: "1.1", effectiveFrom: "2026-06-01" },
];
const usual = { signed: null, from: null, to: null };

it.each<[string, typeof versions, Partial<Record<keyof typeof usual, string>>, [string, string] | null]>([
  ["since the version that was signed", versions, { signed: "1.0" }, ["1.0", "2.0"]],
  ["since the version before, once the one in force is signed", versions, { signed: "2.0" }, ["1.1", "2.0"]],
  ["since the version before where none is signed", versions, {}, ["1.1", "2.0"]],
  ["two that are named", versions, { signed: "2.0", from: "1.0", to: "1.1" }, ["1.0", "1.1"]],
  ["two that are named the wrong way round", versions, { from: "2.0", to: "1.0" }, ["1.0", "2.0"]],
  ["from one that is named", versions, { signed: "1.1", from: "1.0" }, ["1.0", "2.0"]],
  ["up to one that is named", versions, { signed: "2.0", to: "1.1" }, ["1.0", "1.1"]],
  ["nothing where one is named that does not exist", versions, { from: "9.9" }, null],
  ["nothing before the first", versions, { to: "1.0" }, null],
  ["nothing of one version alone", versions.slice(0, 1), { signed: "2.0" }, null],
  ["nothing of none", [], {}, null],
])("compares %s", (_words, all, of, found) => {
  const two = comparedVersions(all, { ...usual, ...of });
  expect(two && [two.from.version, two.to.version]).toEqual(found);
});
