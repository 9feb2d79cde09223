import { type Check, isObject, mustBe, shown } from "./shape.ts";

/** Tags that RFC 5646 §2.1 keeps although they do not follow its grammar. */
const irregular = new Set([
  "en-gb-oed",
  "i-ami",
  "i-bnn",
  "i-default",
  "i-enochian",
  "i-hak",
  "i-klingon",
  "i-lux",
  "i-mingo",
  "i-navajo",
  "i-pwn",
  "i-tao",
  "i-tay",
  "i-tsu",
  "sgn-be-fr",
  "sgn-be-nl",
  "sgn-ch-de",
]);

const language = /^[a-z]{2,8}$/i;
const extendedLanguage = /^[a-z]{3}$/i;
const script = /^[a-z]{4}$/i;
const region = /^(?:[a-z]{2}|\d{3})$/i;
const variant = /^(?:[a-z0-9]{5,8}|\d[a-z0-9]{3})$/i;
const singleton = /^[a-wyz0-9]$/i;
const extensionPart = /^[a-z0-9]{2,8}$/i;
const privateUse = /^x$/i;
const privatePart = /^[a-z0-9]{1,8}$/i;

/**
 * Whether a text is a well-formed language tag by the grammar of RFC 5646 §2.1, which xAPI 1.0.3 part 2 §2.2 asks of
 * the keys of language maps. Token by token, so that a tag of any length takes linear time.
 */
export function isLanguageTag(tag: string): boolean {
  return followsGrammar(tag.split("-")) || irregular.has(tag.toLowerCase());
}

function followsGrammar(parts: readonly string[]): boolean {
  let next = 0;
  const take = (pattern: RegExp): boolean => {
    const fits = pattern.test(parts[next] ?? "");
    if (fits) next++;
    return fits;
  };

  if (take(language)) {
    if ((parts[0] ?? "").length <= 3) for (let more = 0; more < 3 && take(extendedLanguage); more++);
    take(script);
    take(region);
    while (take(variant));
    while (take(singleton)) {
      if (!take(extensionPart)) return false;
      while (take(extensionPart));
    }
  }
  if (take(privateUse)) {
    if (!take(privatePart)) return false;
    while (take(privatePart));
  }
  return next === parts.length;
}

export const languageTagFault: Check = (value, path) =>
  typeof value === "string" && isLanguageTag(value)
    ? null
    : mustBe(path, 'a language tag of RFC 5646 such as "en-US"', value);

/** A map from language tags to texts (xAPI 1.0.3 part 2 §4.2). */
export const languageMapFault: Check = (value, path) => {
  if (!isObject(value)) return mustBe(path, 'a language map such as {"en-US": "text"}', value);
  for (const key of Object.keys(value)) {
    if (!isLanguageTag(key)) {
      return `the keys of ${path} must be language tags of RFC 5646 such as "en-US"; got ${shown(key)}`;
    }
    if (typeof value[key] !== "string") return mustBe(`${path}.${key}`.slice(0, 160), "a string", value[key]);
  }
  return null;
};
