/** A member of an object, or an element of an array (then without a key): where it stands in the text. */
export type Member = {
  key: string;
  /** Start of the key, quotes included. */
  start: number;
  valueStart: number;
  end: number;
};

/** One object of a text: its span and its members, in their order. */
export type ObjectText = { start: number; end: number; members: Member[] };

export type JsonText =
  | {
      ok: true;
      value: unknown;
      /** The object, or the objects directly in the array, that the text consists of. */
      objects: ObjectText[];
    }
  | { ok: false; reason: string };

/** Nobody writes statements this deep; everything that walks a value may then do so by recursion. */
const deepest = 500;

/**
 * Reads JSON (RFC 8259) and finds where the members of its outer objects stand, so that they can be handed on as they were
 * written: `1.0`, `1e400` and `"\u00e9"` would not survive being read and written again. Refuses an object with the same
 * name twice, since readers differ in which of the two they take, and nesting beyond {@link deepest}.
 */
export function readJson(text: string): JsonText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      reason: `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}.`,
    };
  }
  return scanned(text, value);
}

type Frame = { object: boolean; keys: string[]; seen: Set<string> | null };

/** Walks a text that is known to be JSON. */
function scanned(text: string, value: unknown): JsonText {
  const objects: ObjectText[] = [];
  const stack: Frame[] = [];
  // Outer objects are at this depth: 1, or 2 inside an array.
  const outer = Array.isArray(value) ? 2 : 1;
  let current: ObjectText | null = null;
  let member: Member | null = null;
  let expectsKey = false;
  const closeMember = (end: number): void => {
    if (member && current && stack.length === outer) {
      member.end = end;
      current.members.push(member);
      member = null;
    }
  };
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) continue;
    switch (code) {
      case 0x7b /* { */:
      case 0x5b /* [ */: {
        if (stack.length === deepest)
          return { ok: false, reason: `The body is nested deeper than ${deepest} levels.` };
        if (stack.length === outer && member && member.valueStart < 0) member.valueStart = i;
        stack.push({ object: code === 0x7b, keys: [], seen: null });
        if (stack.length === outer && code === 0x7b) current = { start: i, end: i, members: [] };
        expectsKey = code === 0x7b;
        break;
      }
      case 0x7d /* } */:
      case 0x5d /* ] */: {
        closeMember(last);
        if (stack.length === outer && code === 0x7d && current) {
          current.end = i + 1;
          objects.push(current);
          current = null;
        }
        stack.pop();
        expectsKey = false;
        break;
      }
      case 0x2c /* , */:
        closeMember(last);
        expectsKey = stack.at(-1)?.object === true;
        break;
      case 0x3a /* : */:
        break;
      case 0x22 /* " */: {
        const end = endOfString(text, i);
        if (expectsKey) {
          const key = keyText(text.slice(i + 1, end - 1));
          const frame = stack.at(-1);
          if (frame && isSecond(frame, key))
            return {
              ok: false,
              reason: `The name ${JSON.stringify(key.slice(0, 80))} stands twice in the same object.`,
            };
          if (stack.length === outer && current) member = { key, start: i, valueStart: -1, end: i };
          expectsKey = false;
        } else if (stack.length === outer && member && member.valueStart < 0) member.valueStart = i;
        i = end - 1;
        break;
      }
      default:
        if (stack.length === outer && member && member.valueStart < 0) member.valueStart = i;
    }
    last = i + 1;
  }
  return { ok: true, value, objects };
}

/** Position after the closing quote of the string that opens at `start`. */
export function endOfString(text: string, start: number): number {
  for (let end = start + 1; ; end++) {
    end = text.indexOf('"', end);
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

function keyText(raw: string): string {
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** Notes a name of an object; answers whether it was there already. */
function isSecond(frame: Frame, key: string): boolean {
  if (frame.seen) {
    if (frame.seen.has(key)) return true;
    frame.seen.add(key);
    return false;
  }
  if (frame.keys.includes(key)) return true;
  frame.keys.push(key);
  // A set pays only for large objects, and most are small.
  if (frame.keys.length > 16) frame.seen = new Set(frame.keys);
  return false;
}
