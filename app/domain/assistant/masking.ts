import type { DataClass } from "../register/terms.ts";
import { addressDetector } from "./address-detector.ts";
import { emailDetector, networkDetector, phoneDetector } from "./contact-detector.ts";
import { type Detector, type Span, viewOf, visible } from "./detector.ts";
import { accountDetector, birthDetector, nationalIdDetector } from "./identity-detector.ts";
import { type KnownNames, nameDetector } from "./name-detector.ts";
import { secretDetector } from "./secret-detector.ts";

/** What stands in the place of a masked value, and the data class that a value of its kind belongs to. */
export const markers: { marker: string; dataClass: DataClass }[] = [
  { marker: "[secret]", dataClass: "secrets" },
  { marker: "[e-mail address]", dataClass: "personal" },
  { marker: "[phone number]", dataClass: "personal" },
  { marker: "[account number]", dataClass: "personal" },
  { marker: "[national id]", dataClass: "personal" },
  { marker: "[date of birth]", dataClass: "personal" },
  { marker: "[network address]", dataClass: "personal" },
  { marker: "[address]", dataClass: "personal" },
  { marker: "[name]", dataClass: "personal" },
];

/** In the order they look: names before numbers that only a person's name tells from an article's. */
const detectors = (known: KnownNames): Detector[] => [
  secretDetector,
  emailDetector,
  accountDetector,
  birthDetector,
  addressDetector,
  nameDetector(known),
  nationalIdDetector,
  networkDetector,
  phoneDetector,
];

/** What is masked can bring two pieces together that are a value only then; deeper than this nobody nests. */
const rounds = 4;

/**
 * The text without credentials, names, addresses, and numbers that lead to a person; characters that nobody sees are taken out,
 * too. A question is masked before anything else happens: neither the database nor a model ever sees the original (GDPR
 * Art. 5(1)(c)). `names` are masked wherever they stand in full; what `tools` names is never taken for a person.
 * Takes linear time and gives the same again for its own result.
 */
export function masked(text: string, known: KnownNames = {}): string {
  const list = detectors(known);
  let result = visible(text);
  for (let round = 0; round < rounds; round++) {
    const next = list.reduce((t, { marker, find }) => replaced(t, find(viewOf(t)), marker), result);
    if (next === result) break;
    result = next;
  }
  return result;
}

function replaced(text: string, spans: readonly Span[], marker: string): string {
  const kept = spans.map(({ start }, i) => text.slice(spans[i - 1]?.end ?? 0, start) + marker);
  return spans.length === 0 ? text : kept.join("") + text.slice(spans.at(-1)?.end);
}

/** A kind of value that was masked in a text, and how often. */
export type Masked = { marker: string; count: number };

/** What {@link masked} took out, most frequent first. */
export function maskedIn(text: string): Masked[] {
  return markers
    .map(({ marker }) => ({ marker, count: text.split(marker).length - 1 }))
    .filter((m) => m.count > 0)
    .toSorted((a, b) => b.count - a.count);
}
