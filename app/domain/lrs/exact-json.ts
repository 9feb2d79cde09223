const quote = 34;
const backslash = 92;
const minus = 45;
const zero = 48;
const nine = 57;

/**
 * A valid JSON text as values, in which numbers keep every digit: each one is a text of NUL and its shortest decimal
 * form, so that 1.0, 1 and 1e0 are one and 12345678901234567890 is no other. A text that begins with NUL itself gets a
 * second one and can never be taken for a number. Throws SyntaxError like JSON.parse, but not for every fault:
 * only a text that JSON.parse takes is read faithfully.
 */
export function parseExactly(json: string): unknown {
  return JSON.parse(withNumbersAsTexts(json));
}

/** Before JSON.parse rather than instead of it: that one reads any depth and any length. */
function withNumbersAsTexts(json: string): string {
  let written = "";
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === quote) {
      if (json.startsWith("\\u0000", at + 1)) {
        written += `${json.slice(copied, at + 1)}\\u0000`;
        copied = at + 1;
      }
      at = endOfString(json, at);
    } else if (code === minus || (code >= zero && code <= nine)) {
      const end = endOfNumber(json, at);
      written += `${json.slice(copied, at)}"\\u0000${shortestDecimal(json.slice(at, end))}"`;
      copied = at = end;
    } else {
      at++;
    }
  }
  return written + json.slice(copied);
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== quote) {
    at += json.charCodeAt(at) === backslash ? 2 : 1;
  }
  return at + 1;
}

function endOfNumber(json: string, start: number): number {
  const pattern = /[^0-9eE+.-]|$/g;
  pattern.lastIndex = start;
  return pattern.exec(json)?.index ?? json.length;
}

/**
 * A JSON number as its significant digits and a power of ten. One whose exponent has more than 15 digits stays as it
 * is written: it could not be added to.
 */
function shortestDecimal(number: string): string {
  const [mantissa = "", power = "0"] = number.split(/[eE]/);
  if (power.length > 15) return number;
  const negative = mantissa.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? mantissa.slice(1) : mantissa).split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === zero) end--;
  if (end === 0) return "0";
  const exponent = Number(power) - fraction.length + (digits.length - end);
  return `${negative ? "-" : ""}${digits.slice(0, end)}e${exponent}`;
}
