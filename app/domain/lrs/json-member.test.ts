import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { arrayOf, elementsOf, membersOf, objectOf } from "./json-member.ts";

describe("membersOf", () => {
  it.each([
    ["{}", []],
    [" { } ", []],
    ['{"a":1.0}', [["a", "1.0"]]],
    [
      '{ "a" : 12345678901234567890 , "b":[1,{"c":":,"}]\n}',
      [
        ["a", "12345678901234567890"],
        ["b", '[1,{"c":":,"}]'],
      ],
    ],
    [
      String.raw`{"\u0061\"":"x\\\"}","\\":"\\"}`,
      [
        ['a"', String.raw`"x\\\"}"`],
        ["\\", String.raw`"\\"`],
      ],
    ],
    [
      '{"a":1,"b":2,"a":3}',
      [
        ["a", "3"],
        ["b", "2"],
      ],
    ],
    ['{"__proto__":{"x":1}}', [["__proto__", '{"x":1}']]],
  ])("reads %s", (text, members) => {
    expect([...(membersOf(text) ?? [])]).toEqual(members);
  });

  it.each(["[]", "1", '"{}"', "null"])("answers null for %s, which is no object", (text) => {
    expect(membersOf(text)).toBeNull();
  });

  it("reads what is nested a hundred thousand levels deep", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(membersOf(`{"a":${deep}}`)?.get("a")).toBe(deep);
  });
});

describe("elementsOf", () => {
  it.each([
    ["[]", []],
    [" [ 1.0 , [2,3],{} ]", ["1.0", "[2,3]", "{}"]],
    ['[""]', ['""']],
  ])("reads %s", (text, elements) => {
    expect(elementsOf(text)).toEqual(elements);
  });

  it("answers null for what is no array", () => {
    expect(elementsOf("{}")).toBeNull();
  });
});

test.prop([fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, "\t")])(
  "an object is the same taken apart and put together",
  (object, space) => {
    const text = JSON.stringify(object, null, space);
    expect(JSON.parse(objectOf(membersOf(text) ?? new Map()))).toEqual(JSON.parse(text));
  },
);

test.prop([fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, "\t")])(
  "an array is the same taken apart and put together",
  (array, space) => {
    const text = JSON.stringify(array, null, space);
    expect(JSON.parse(arrayOf(elementsOf(text) ?? ["no array"]))).toEqual(JSON.parse(text));
  },
);
