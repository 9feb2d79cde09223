import { endOfString } from "./json-text.ts";

/**
 * The members of a JSON object, each value as the text it was written in: 1.0 stays 1.0, and no integer is too long.
 * `text` is well-formed JSON. Null: it is no object. Of a name given twice the last value counts, as with JSON.parse.
 */
export function membersOf(text: string): Map<string, string> | null {
  if (!/^\s*\{/.test(text)) return null;
  const parts = partsOf(text);
  const members = new Map<string, string>();
  for (let i = 0; i + 1 < parts.length; i += 2)
    members.set(JSON.parse(parts[i] ?? "") as string, parts[i + 1] ?? "");
  return members;
}

/** The elements of a JSON array as the texts they were written in. `text` is well-formed JSON. Null: it is no array. */
export function elementsOf(text: string): string[] | null {
  return /^\s*\[/.test(text) ? partsOf(text) : null;
}

/** The JSON object of these members. */
export function objectOf(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

/** The JSON array of these elements. */
export function arrayOf(elements: readonly string[]): string {
  return `[${elements.join(",")}]`;
}

const [quote, comma, colon] = [0x22, 0x2c, 0x3a];
const [braceOpen, braceClose, bracketOpen, bracketClose] = [0x7b, 0x7d, 0x5b, 0x5d];

/** What stands between the commas and colons of the outermost level. A loop, so that depth costs no stack. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) i = endOfString(text, i) - 1;
    else if (code === braceOpen || code === bracketOpen) {
      if (depth++ === 0) from = i + 1;
    } else if (code === braceClose || code === bracketClose) {
      if (--depth === 0) parts.push(text.slice(from, i).trim());
    } else if (depth === 1 && (code === comma || code === colon)) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts.length === 1 && parts[0] === "" ? [] : parts;
}
