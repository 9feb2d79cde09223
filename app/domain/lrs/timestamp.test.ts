import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { instantOf, timestampFault } from "./timestamp.ts";

const both = [
  ["2015-11-18T12:17:00Z", "2015-11-18T12:17:00.000Z"],
  ["2015-11-18T12:17:00+00:00", "2015-11-18T12:17:00.000Z"],
  ["2023-05-04T12:00:00-05:00", "2023-05-04T17:00:00.000Z"],
  ["2008-09-15T15:53:00.6019999+02:30", "2008-09-15T13:23:00.601Z"],
  ["2015-11-18t12:17:00z", "2015-11-18T12:17:00.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"],
  ["2017-01-01T01:59:60.5+02:00", "2016-12-31T23:59:59.500Z"],
] as const;

const only103 = [
  ["2015-11-18T12:17:00", "2015-11-18T12:17:00.000Z"],
  ["2015-11-18T12:17Z", "2015-11-18T12:17:00.000Z"],
  ["2015-11-18T12Z", "2015-11-18T12:00:00.000Z"],
  ["2015-11-18T12.5Z", "2015-11-18T12:30:00.000Z"],
  ["2015-11-18T12:17:00,25Z", "2015-11-18T12:17:00.250Z"],
  ["2015-11-18T12:17:00+0130", "2015-11-18T10:47:00.000Z"],
  ["2015-11-18T12:17:00+01", "2015-11-18T11:17:00.000Z"],
  ["20151118T121700Z", "2015-11-18T12:17:00.000Z"],
  ["2015-11-18T24:00:00Z", "2015-11-19T00:00:00.000Z"],
  ["2015-322T12:17:00Z", "2015-11-18T12:17:00.000Z"],
  ["2015-W47-3T12:17:00Z", "2015-11-18T12:17:00.000Z"],
  ["2020-W53-7T00:00:00Z", "2021-01-03T00:00:00.000Z"],
] as const;

const neither = [
  "",
  "should fail",
  "01/011/2015",
  "2015-11-18",
  "2015-11-18 12:17:00Z",
  "2008-09-15T15:53:00.601-00",
  "2008-09-15T15:53:00.601-0000",
  "2008-09-15T15:53:00.601-00:00",
  "2023-02-29T00:00:00Z",
  "2023-13-01T00:00:00Z",
  "2023-00-10T00:00:00Z",
  "2023-01-00T00:00:00Z",
  "2023-01-01T25:00:00Z",
  "2023-01-01T24:00:01Z",
  "2023-01-01T00:60:00Z",
  "2023-01-01T00:00:61Z",
  "2023-01-01T12:00:60Z",
  "2023-01-01T00:00:00.Z",
  "2023-01-01T00:00:00+24:00",
  "2023-01-01T00:00:00+01:60",
  "2023-366T00:00:00Z",
  "2023-000T00:00:00Z",
  "2021-W53-1T00:00:00Z",
  "2021-W00-1T00:00:00Z",
  "2021-W01-8T00:00:00Z",
  "2023-0101T00:00:00Z",
  "12023-01-01T00:00:00Z",
  "2023-01-01T00:00:00Z\n",
];

describe("part 2 §4.5, timestamps", () => {
  it.each(both)("both versions take %s", (text, instant) => {
    expect(timestampFault(text, "timestamp", "1.0.3")).toBeNull();
    expect(timestampFault(text, "timestamp", "2.0.0")).toBeNull();
    expect(new Date(instantOf(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each(only103)("1.0.3 takes %s of ISO 8601, 2.0 does not", (text, instant) => {
    expect(timestampFault(text, "timestamp", "1.0.3")).toBeNull();
    expect(timestampFault(text, "timestamp", "2.0.0")).toMatch(/^timestamp must be .*RFC 3339/);
    expect(new Date(instantOf(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each(neither)("neither version takes %j", (text) => {
    expect(timestampFault(text, "stored", "1.0.3")).toMatch(/^stored must be a timestamp of ISO 8601/);
    expect(timestampFault(text, "stored", "2.0.0")).toMatch(/^stored must be a timestamp of RFC 3339/);
    expect(instantOf(text)).toBeNull();
  });

  it("takes a fraction of any length in linear time", () => {
    const digits = "9".repeat(1_000_000);
    const started = performance.now();
    expect(instantOf(`2015-11-18T12:17:00.${digits}Z`)).toBe(Date.parse("2015-11-18T12:17:00.999Z"));
    expect(instantOf(`2015-11-18T12:17:00.${digits}`)).toBe(Date.parse("2015-11-18T12:17:00.999Z"));
    expect(instantOf(`2015-11-18T12:17:00.${digits}X`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.prop([fc.date({ noInvalidDate: true, min: new Date("0000-01-01"), max: new Date("9999-12-31") })])(
    "what JavaScript writes is taken and read as the same instant",
    (date) => {
      expect(timestampFault(date.toISOString(), "timestamp", "2.0.0")).toBeNull();
      expect(instantOf(date.toISOString())).toBe(date.getTime());
    },
  );
});
