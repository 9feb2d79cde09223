import { type Check, mustBe } from "./shape.ts";

/**
 * Whether a text is a UUID in standard string form, in any case (xAPI 1.0.3 part 2 §4.4). Version and variant are
 * free: the specification only recommends RFC 4122's variant 2, and its own example (§2.4) has another.
 */
export function isUuid(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.length === 36 &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
  );
}

export const uuidFault: Check = (value, path) =>
  isUuid(value) ? null : mustBe(path, 'a UUID such as "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"', value);
