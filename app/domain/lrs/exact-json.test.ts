import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { parseExactly } from "./exact-json.ts";

const same = (a: string, b: string): boolean =>
  JSON.stringify(parseExactly(a)) === JSON.stringify(parseExactly(b));

describe("part 2 §2.2, numbers without loss", () => {
  it.each([
    ["1", "1.0"],
    ["1", "1e0"],
    ["100", "1E+2"],
    ["0.5", "5e-1"],
    ["-2.50", "-25e-1"],
    ["0", "-0.0e7"],
    ["[1,20]", "[ 1.00 , 2e1 ]"],
    ['{"a":1}', '{"a":1.0}'],
    ["1e400", "10e399"],
    [`1${"0".repeat(1000)}`, "1e1000"],
  ])("%s is %s", (a, b) => {
    expect(same(a, b)).toBe(true);
  });

  it.each([
    ["12345678901234567890", "12345678901234567891"],
    ["0.1", "0.10000000000000000001"],
    ["1e400", "1e401"],
    ["1", '"1"'],
    ["-1", "1"],
    ["1", '"\\u00001e0"'],
    ['"\\u00001e0"', '"\\u0000\\u00001e0"'],
    ["true", '"true"'],
    ["1e1000000000000000", "1e1000000000000001"],
  ])("%s is not %s", (a, b) => {
    expect(same(a, b)).toBe(false);
  });

  it("leaves digits inside texts and keys alone", () => {
    expect(parseExactly('{"1 \\"2\\\\": "3 \\" 4", "a\\\\": "-5"}')).toEqual({
      '1 "2\\': '3 " 4',
      "a\\": "-5",
    });
  });

  test.prop([fc.jsonValue()])("reads any JSON as JSON.parse does, but for its numbers", (value) => {
    const withoutNumbers = (text: string): unknown =>
      JSON.parse(text, (_, inner: unknown) => (typeof inner === "number" ? "#" : inner));
    const json = JSON.stringify(value);
    const exact = JSON.stringify(parseExactly(json), (_, inner: unknown) =>
      typeof inner === "string" && /^\0[^\0]/.test(inner) ? "#" : inner,
    );
    expect(JSON.parse(exact.replaceAll("\\u0000\\u0000", "\\u0000"))).toEqual(
      withoutNumbers(json.replaceAll("\\u0000\\u0000", "\\u0000")),
    );
  });

  it("takes any depth and length in linear time", () => {
    const started = performance.now();
    parseExactly(`${"[".repeat(100_000)}1${"]".repeat(100_000)}`);
    parseExactly(`"${"\\n".repeat(1_000_000)}"`);
    parseExactly(`1${"0".repeat(1_000_000)}1`);
    parseExactly(`[${"1,".repeat(300_000)}1]`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
