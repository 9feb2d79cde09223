import { describe, expect, it } from "vitest";
import { isDuration, withoutFinerThanHundredths } from "./duration.ts";

describe("part 2 §4.6, durations", () => {
  it.each([
    "PT4H35M59.14S",
    "PT16559.14S",
    "P3Y1M29DT4H35M59.14S",
    "P3Y",
    "P4W",
    "P1.5W",
    "P0.5Y",
    "PT0,5H",
    "PT0S",
    "P1DT12H36M0.12567S",
    "P1M",
    "PT1M",
  ])("takes %s", (text) => {
    expect(isDuration(text)).toBe(true);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1YT",
    "PA1H0M0S",
    "P4W1D",
    "P1Y4W",
    "PT1S1M",
    "P1D1M",
    "P1.5DT1H",
    "P-1D",
    "-P1D",
    "pt1s",
    "PT1.S",
    "PT.5S",
    "P1H",
    "PT1D",
    "P0003-01-29T04:35:59",
    "PT1S ",
    "PT1S\n",
  ])("refuses %j", (text) => {
    expect(isDuration(text)).toBe(false);
  });

  it("takes any length in linear time", () => {
    const digits = "9".repeat(1_000_000);
    const started = performance.now();
    expect(isDuration(`PT${digits}.${digits}S`)).toBe(true);
    expect(isDuration(`P${digits}`)).toBe(false);
    expect(isDuration(`PT1.${digits}`)).toBe(false);
    expect(isDuration(`PT${"1.".repeat(500_000)}S`)).toBe(false);
    expect(withoutFinerThanHundredths(`PT1.${digits}S`)).toBe("PT1.99S");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each([
    ["PT1.237S", "PT1.23S"],
    ["PT1.2S", "PT1.2S"],
    ["PT1.20S", "PT1.2S"],
    ["PT1,239S", "PT1.23S"],
    ["PT1.009S", "PT1S"],
    ["PT1S", "PT1S"],
    ["P1.555W", "P1.555W"],
    ["PT0.5M", "PT0.5M"],
  ])("compares %s as %s", (text, compared) => {
    expect(withoutFinerThanHundredths(text)).toBe(compared);
  });
});
