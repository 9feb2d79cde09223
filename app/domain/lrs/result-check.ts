import { durationFault } from "./duration.ts";
import { extensionsFault } from "./iri.ts";
import { all, type Check, flag, isObject, number, shape, text } from "./shape.ts";

const scoreRange: Check = (value, path) => {
  if (!isObject(value)) return null;
  const { scaled, raw, min, max } = value;
  if (typeof scaled === "number" && (scaled < -1 || scaled > 1)) {
    return `${path}.scaled must be between -1 and 1; got ${scaled}`;
  }
  const least = typeof min === "number" ? min : -Infinity;
  const most = typeof max === "number" ? max : Infinity;
  if (min !== undefined && max !== undefined && least >= most) {
    return `${path}.min must be less than ${path}.max; got ${least} and ${most}`;
  }
  return typeof raw === "number" && (raw < least || raw > most)
    ? `${path}.raw must be between min and max; got ${raw}`
    : null;
};

/** xAPI 1.0.3 part 2 §2.4.5.1. */
const score = all(shape("a score", { scaled: number, raw: number, min: number, max: number }), scoreRange);

/** xAPI 1.0.3 part 2 §2.4.5. */
export const resultFault: Check = shape("a result", {
  score,
  success: flag,
  completion: flag,
  response: text,
  duration: durationFault,
  extensions: extensionsFault,
});
