import { expect, it } from "vitest";
import { filterQuery, statementFilter, statementPlace, uuidOf, verbId } from "./statement-filter.ts";

const nothing = {
  person: null,
  verb: null,
  activity: null,
  registration: null,
  id: null,
  from: null,
  since: null,
  until: null,
};

it("reads an address, and lets whatever is unreadable narrow nothing", () => {
  expect(statementFilter.parse({})).toEqual(nothing);
  expect(statementFilter.parse({ person: " Mila ", since: "2026-11-23", verb: "" })).toEqual({
    ...nothing,
    person: "Mila",
    since: "2026-11-23",
  });
  const odd = {
    person: "a\0",
    since: "yesterday",
    until: "2026-02-30",
    activity: "x".repeat(2001),
    other: "y",
  };
  expect(statementFilter.parse(odd)).toEqual(nothing);
  for (const since of ["0000-01-01", "1969-12-31", "9999-12-31"])
    expect(statementFilter.parse({ since }).since).toBeNull();
  expect(statementPlace.parse({ before: "17" }).before).toBe(17);
  for (const before of ["-1", "0", "1.5", "x", "", "9".repeat(30)])
    expect(statementPlace.parse({ before }).before).toBeNull();
});

it("is written into an address as it was read", () => {
  expect(filterQuery(statementFilter.parse({}))).toBe("");
  const filter = statementFilter.parse({ person: "Ł & Ö", verb: "https://a.example/v?x=1#y", from: "own" });
  const query = filterQuery(filter);
  expect(statementFilter.parse(Object.fromEntries(new URLSearchParams(query)))).toEqual(filter);
});

it("takes our verbs by name and any verb by its IRI", () => {
  expect(verbId("passed")).toBe("http://adlnet.gov/expapi/verbs/passed");
  expect(verbId("https://a.example/v")).toBe("https://a.example/v");
  expect(verbId("toString")).toBe("toString");
});

it("takes ids in either case and nothing else", () => {
  expect(uuidOf("9E13CEFD-53d3-4eac-b5ed-2cf6693903bb")).toBe("9e13cefd-53d3-4eac-b5ed-2cf6693903bb");
  for (const text of [
    "",
    "9e13cefd",
    "9e13cefd53d34eacb5ed2cf6693903bb",
    "{9e13cefd-53d3-4eac-b5ed-2cf6693903bb}",
  ])
    expect(uuidOf(text)).toBeNull();
});
