import { type Check, mustBe } from "./shape.ts";

/** `PnYnMnDTnHnMnS` with at least one part, or `PnW` alone. */
const duration = /^P(?=[\dT])(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;

/** Only the last number may have a decimal fraction. */
const fraction = /[.,]\d+(?=[YMWDHS]$)/;

/** Whether a text is a duration of ISO 8601:2004 §4.4.3.2 (xAPI 1.0.3 part 2 §4.6). */
export function isDuration(value: string): boolean {
  return duration.test(value.replace(fraction, ""));
}

export const durationFault: Check = (value, path) =>
  typeof value === "string" && isDuration(value)
    ? null
    : mustBe(path, 'an ISO 8601 duration such as "PT1H30M5.25S" or "P4W"', value);

/**
 * A duration without what is finer than 0.01 s: what two of them are compared by (xAPI 1.0.3 part 2 §4.6). Otherwise it
 * stays as it is written: a minute may have 61 seconds, so units are not turned into each other (§2.3.1).
 */
export function withoutFinerThanHundredths(duration: string): string {
  return duration.replace(/[.,](\d+)S$/, (_, digits: string) => {
    const kept = digits.slice(0, 2).replace(/0+$/, "");
    return kept === "" ? "S" : `.${kept}S`;
  });
}
