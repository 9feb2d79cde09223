/**
 * Well-formed JSON laid out in lines for reading, each value as it was written: 1.0 stays 1.0, and no integer is too long.
 * A loop, so that neither depth nor length costs stack.
 */
export function laidOut(json: string): string {
  let depth = 0;
  let out = "";
  const newLine = (): string => `\n${"  ".repeat(depth)}`;
  for (let i = 0; i < json.length; i++) {
    const char = json.charAt(i);
    if (char === '"') {
      const end = endOfString(json, i);
      out += json.slice(i, end + 1);
      i = end;
    } else if (char === "{" || char === "[") {
      depth++;
      const next = nextMark(json, i + 1);
      if (json[next] === "}" || json[next] === "]") {
        depth--;
        out += char + json.charAt(next);
        i = next;
      } else out += char + newLine();
    } else if (char === "}" || char === "]") {
      depth--;
      out += newLine() + char;
    } else if (char === ",") out += char + newLine();
    else if (char === ":") out += ": ";
    else if (!isSpace(char)) out += char;
  }
  return out;
}

const isSpace = (char: string): boolean => char === " " || char === "\n" || char === "\t" || char === "\r";

/** Where the next character stands that is no white space. */
function nextMark(json: string, from: number): number {
  let i = from;
  while (isSpace(json.charAt(i))) i++;
  return i;
}

/** Where the string that opens at `start` closes. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"' && i < json.length) i += json[i] === "\\" ? 2 : 1;
  return i;
}
