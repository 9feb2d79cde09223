import { type Check, isObject, mustBe, shown } from "./shape.ts";

/**
 * Whether a text is an absolute IRI: a scheme, a colon and something after it, without what RFC 3987 excludes
 * everywhere (spaces, controls, `<>"{}|\^` and the backtick, lone surrogates). Any length, in linear time: the parts
 * are searched for a wrong character, so nothing is tried twice.
 */
export function isIri(value: string): boolean {
  const colon = value.indexOf(":");
  return colon > 0 && colon < value.length - 1 && isScheme(value.slice(0, colon)) && !notInIris.test(value);
}

// oxlint-disable-next-line no-control-regex -- The controls are what must be found.
const notInIris = /[\u0000-\u0020\u007f-\u009f<>"{}|\\^`\p{Cs}]/u;

function isScheme(value: string): boolean {
  return /^[a-z]/i.test(value) && !/[^a-z0-9+.-]/i.test(value);
}

/** IRI, IRL or URI (xAPI 1.0.3 part 2 §2.2 and §4.3). */
export const iriFault: Check = (value, path) =>
  typeof value === "string" && isIri(value)
    ? null
    : mustBe(path, 'an absolute IRI with a scheme such as "https://example.org/x"', value);

/**
 * Whether a text is `mailto:` and one e-mail address (xAPI 1.0.3 part 2 §2.4.2.3). A second `@` belongs into an IRI
 * only as `%40`, and headers (`?subject=`) or further addresses identify nobody. Before the `@`, what RFC 5322 allows
 * passes though an IRI would encode it (`^`, `{` and the like): those who write it have put the scheme before an address.
 */
export function isMailto(value: string): boolean {
  const sign = value.indexOf("@");
  return (
    value.startsWith("mailto:") &&
    sign > "mailto:".length &&
    sign < value.length - 1 &&
    !notInLocalParts.test(value.slice(0, sign)) &&
    !notInDomains.test(value.slice(sign + 1))
  );
}

// oxlint-disable-next-line no-control-regex -- The controls are what must be found.
const notInLocalParts = /[\u0000-\u0020\u007f-\u009f<>"\\\p{Cs}]/u;

// oxlint-disable-next-line no-control-regex -- The controls are what must be found.
const notInDomains = /[\u0000-\u0020\u007f-\u009f<>"{}|\\^`@?,;/#\p{Cs}]/u;

export const mailtoFault: Check = (value, path) =>
  typeof value === "string" && isMailto(value)
    ? null
    : mustBe(path, 'a mailto IRI such as "mailto:name@example.org"', value);

/** A map whose keys are IRIs; its values are any JSON and are not looked at (xAPI 1.0.3 part 2 §4.1). */
export const extensionsFault: Check = (value, path) => {
  if (!isObject(value)) return mustBe(path, "an object whose keys are IRIs", value);
  for (const key of Object.keys(value)) {
    if (!isIri(key)) return `the keys of ${path} must be absolute IRIs; got ${shown(key)}`;
  }
  return null;
};
