/** Check digits of numbers that identify one person or account, each as its issuer publishes it. Texts are as written. */

const digitsOf = (text: string): number[] => [...text.replace(/\D/g, "")].map(Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0);

/** Payment card: length and first digits of a known scheme, and the sum of Luhn (ISO/IEC 7812-1 annex B). */
export function isCard(text: string): boolean {
  const number = text.replace(/\D/g, "");
  const scheme =
    (number.length === 14 && /^3(?:0|6|8)/.test(number)) ||
    (number.length === 15 && /^3[47]/.test(number)) ||
    (number.length === 16 && /^(?:4|5|6|35|2[2-7])/.test(number)) ||
    (number.length === 19 && /^(?:4|6)/.test(number));
  return scheme && hasLuhn(number);
}

function hasLuhn(number: string): boolean {
  const sum = digitsOf(number)
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0);
  return sum % 10 === 0;
}

/** Dutch citizen service number: nine digits that pass the eleven test. */
export function isBsn(text: string): boolean {
  const digits = digitsOf(text);
  return (
    digits.length === 9 &&
    digits.some((d) => d > 0) &&
    weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
  );
}

/** Spanish DNI or NIE: the letter is the number's remainder by 23. */
export function isDni(text: string): boolean {
  const plain = text.replace(/[^0-9a-z]/gi, "").toUpperCase();
  const parts = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(plain);
  if (!parts) return false;
  const number = Number(`${"XYZ".indexOf(parts[1] || "X")}${parts[2]}`);
  return plain.length === 9 && "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] === parts[3];
}

/** French social security number (NIR): 13 places, of which Corsica has a letter, and a key by 97. */
export function isNir(text: string): boolean {
  const plain = text.replace(/[^0-9AB]/gi, "").toUpperCase();
  if (!/^[12]\d\d(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)(?:\d\d|2[AB])\d{8}$/.test(plain)) return false;
  const number = plain.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return 97 - Number(BigInt(number) % 97n) === Number(plain.slice(13));
}

/** German tax identification number: one digit is repeated, and the last checks the others (ISO/IEC 7064, MOD 11,10). */
export function isTaxId(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 11 || digits[0] === 0) return false;
  const body = digits.slice(0, 10);
  const different = new Set(body).size;
  if (different !== 9 && different !== 8) return false;
  const rest = body.reduce((product, digit) => {
    const sum = (digit + product) % 10 || 10;
    return (2 * sum) % 11;
  }, 10);
  return (11 - rest) % 10 === digits[10];
}

/** German pension insurance number: area, date of birth, letter, serial number and a check digit (VKVV § 4). */
export function isPensionNumber(text: string): boolean {
  const parts = /^(\d{8})([A-Z])(\d\d)(\d)$/.exec(text.replace(/[^0-9a-z]/gi, "").toUpperCase());
  if (!parts) return false;
  const letter = String((parts[2] ?? "A").charCodeAt(0) - 64).padStart(2, "0");
  const digits = digitsOf(`${parts[1]}${letter}${parts[3]}`);
  const crossSum = (n: number): number => Math.floor(n / 10) + (n % 10);
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((s, w, i) => s + crossSum(w * (digits[i] ?? 0)), 0);
  return sum % 10 === Number(parts[4]);
}

/** United States social security number, with hyphens: area, group and serial number are none of the unused ones. */
export const isSsn = (text: string): boolean => /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/.test(text);
