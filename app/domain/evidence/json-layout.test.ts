import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { laidOut } from "./json-layout.ts";

it.each([
  [
    '{"a":1.0,"b":[1e400,-0,123456789012345678901234567890]}',
    '{\n  "a": 1.0,\n  "b": [\n    1e400,\n    -0,\n    123456789012345678901234567890\n  ]\n}',
  ],
  [" { } ", "{}"],
  ['{"a":{},"b":[ ]}', '{\n  "a": {},\n  "b": []\n}'],
  ["[[[]]]", "[\n  [\n    []\n  ]\n]"],
  ['{"{":"}, [\\"\\\\"}', '{\n  "{": "}, [\\"\\\\"\n}'],
  ['"text\\u0000"', '"text\\u0000"'],
])("lays out %s", (json, lines) => {
  expect(laidOut(json)).toBe(lines);
});

test.prop([fc.jsonValue(), fc.constantFrom(undefined, 1, "\t")])(
  "lays out everything as JSON.stringify does, however it was laid out before",
  (value, space) => {
    expect(laidOut(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
  },
);

it("lays out what is very long or deep", () => {
  const long = JSON.stringify({ a: "\\".repeat(2_000_000) });
  expect(laidOut(long).length).toBe(long.length + 5);
  const deep = `${"[".repeat(500)}${"]".repeat(500)}`;
  expect(JSON.stringify(JSON.parse(laidOut(deep)))).toBe(deep);
});
