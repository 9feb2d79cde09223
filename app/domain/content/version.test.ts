import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { compareVersions, folderStanding, highestVersion, nextVersion } from "./version.ts";

const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join("."));

test.prop([version, version])("orders versions by number, not by letter", (a, b) => {
  expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) || 0);
  expect(compareVersions(a, b) === 0).toBe(a === b);
});

test.prop([version])("suggests a higher version", (last) => {
  for (const change of ["material", "editorial"] as const)
    expect(compareVersions(nextVersion(last, change), last)).toBeGreaterThan(0);
});

it("knows that 1.10.0 comes after 1.9.3, and what to suggest", () => {
  expect(highestVersion(["1.9.3", "1.10.0", "1.2.0"])).toBe("1.10.0");
  expect(highestVersion([])).toBeNull();
  expect(nextVersion("1.9.3", "material")).toBe("2.0.0");
  expect(nextVersion("1.9.3", "editorial")).toBe("1.9.4");
});

const folder = (version: string, hash: string, fromBrowser = false) => ({ version, hash, fromBrowser });

it.each([
  ["nothing is published", "1.0.0", [], "publish"],
  ["a lower version is published", "1.1.0", [folder("1.0.0", "old")], "publish"],
  ["it is the newest", "1.1.0", [folder("1.0.0", "old"), folder("1.1.0", "here")], "known"],
  ["it came by export from the browser", "1.1.0", [folder("1.1.0", "here", true)], "known"],
  [
    "the browser published a higher one",
    "1.1.0",
    [folder("1.1.0", "here"), folder("1.2.0", "b", true)],
    "behind",
  ],
  ["the browser published other text under it", "1.1.0", [folder("1.1.0", "b", true)], "behind"],
  ["a higher one is published and this never was", "1.1.0", [folder("1.2.0", "new")], "behind"],
  ["its own text was changed without a new number", "1.1.0", [folder("1.1.0", "old")], "clash"],
] as const)("when %s, version %s of the folder …", (_words, version, published, standing) => {
  expect(folderStanding({ version, hash: "here" }, published)).toBe(standing);
});
