/** The first fault of a value as one sentence that names the path and the mend; null where there is none. */
export type Check = (value: unknown, path: string) => string | null;

export type JsonObject = Readonly<Record<string, unknown>>;

/** A long value is told from another by its beginning, and a refusal must stay readable. */
const shownLength = 80;

/** The name of a property inside what `path` names; the whole statement has the path "". */
export function at(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function placed(path: string): string {
  return path === "" ? "the statement" : path;
}

/** What a sentence says was found: at most 80 characters of a text, and only the kind of an array or object. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function shortened(value: string): string {
  return value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
}

/** The sentence of a value that is not what it must be. */
export function mustBe(path: string, what: string, value: unknown): string {
  return `${placed(path)} must be ${what}; got ${shown(value)}`;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An object with these properties and no other, those named in `required` present (xAPI 1.0.3 part 2 §2.2: unknown
 * keys, keys in another case and null are rejected). `noun` carries its article, such as "an Agent".
 */
export function shape(
  noun: string,
  properties: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): Check {
  const checks = new Map(Object.entries(properties));
  const names = [...checks.keys()].join(", ");
  return (value, path) => {
    if (!isObject(value)) return mustBe(path, `an object (${noun})`, value);
    for (const key of Object.keys(value)) {
      const check = checks.get(key);
      if (!check) return `${placed(path)} must not have ${shown(key)}; ${noun} may have ${names}`;
      const fault = check(value[key], at(path, key));
      if (fault !== null) return fault;
    }
    for (const key of required) {
      if (value[key] === undefined) return `${at(path, key)} is missing: ${noun} must have it`;
    }
    return null;
  };
}

/** An array whose members all pass; `what` says what it holds, such as "Agents". */
export function listOf(what: string, member: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return mustBe(path, `an array of ${what}`, value);
    for (let i = 0; i < value.length; i++) {
      const fault = member(value[i], `${path}[${i}]`);
      if (fault !== null) return fault;
    }
    return null;
  };
}

/** Every check in turn: the first fault counts. */
export function all(...checks: Check[]): Check {
  return (value, path) => {
    for (const check of checks) {
      const fault = check(value, path);
      if (fault !== null) return fault;
    }
    return null;
  };
}

/** One of these texts, in this case. */
export function oneOf(...texts: string[]): Check {
  const allowed = new Set<unknown>(texts);
  const quoted = texts.map((text) => `"${text}"`).join(", ");
  const what = texts.length > 1 ? `one of ${quoted}` : quoted;
  return (value, path) => (allowed.has(value) ? null : mustBe(path, what, value));
}

export const text: Check = (value, path) =>
  typeof value === "string" ? null : mustBe(path, "a string", value);

export const flag: Check = (value, path) =>
  typeof value === "boolean" ? null : mustBe(path, "true or false, unquoted", value);

export const number: Check = (value, path) =>
  typeof value === "number" ? null : mustBe(path, "a number, unquoted", value);
