import fc from "fast-check";
import { composeIBAN, countrySpecs } from "ibantools";
import { describe, expect, it } from "vitest";
import { masked, markers } from "./masking.ts";

const longestMarker = Math.max(...markers.map((m) => m.marker.length));
const chars = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";

const email = fc
  .tuple(chars(lower + digits + "._", 1, 20), chars(lower, 1, 12), fc.constantFrom("example", "co.uk", "com"))
  .map(([name, firm, end]) => `a${name}z@${firm}.${end}`);
const iban = fc
  .tuple(fc.constantFrom("NL", "DE", "FR", "ES", "BE", "AT"), chars(digits, 30))
  .map(([countryCode, random]) => {
    const bban =
      countryCode === "NL"
        ? `ABNA${random.slice(0, 10)}`
        : random.slice(0, (countrySpecs[countryCode]?.chars ?? 4) - 4);
    return composeIBAN({ countryCode, bban });
  })
  .filter((composed) => composed !== null);
const card = fc
  .tuple(fc.constantFrom("4", "51", "55", "2720", "6011"), chars(digits, 15))
  .map(([start, rest]) => {
    const body = (start + rest).slice(0, 15);
    const sum = [...body].reduce(
      (s, d, i) => s + (i % 2 === 1 ? Number(d) : Number(d) > 4 ? 2 * Number(d) - 9 : 2 * Number(d)),
      0,
    );
    return body + String((10 - (sum % 10)) % 10);
  });
const key = fc
  .tuple(
    fc.constantFrom("sk-", "ghp_", "glpat-", "xoxb-", "npm_"),
    chars(lower + digits, 20, 40),
    chars(digits, 1),
  )
  .map((parts) => parts.join(""));
const grouped = (text: string, sign: string): string => text.match(/.{1,4}/g)?.join(sign) ?? text;

const words = fc.constantFrom(
  "May I paste",
  "into Quillmate,",
  "that is",
  "for the customer",
  "Mrs",
  "password:",
  "Geburtsdatum",
  "born on",
  "12",
  "on 2026-11-23",
  "+31 10 123 45 67",
  "Anna Bakker",
  "111222333",
  "Berliner Straße 12",
  "10.20.30.40",
  "[name]",
  "\n",
  "@",
  ".",
  "-",
  "é\u200B",
  "eyJ",
);
const sentence = fc
  .array(fc.oneof(words, email, iban, card, key, fc.string({ maxLength: 8 })), { maxLength: 12 })
  .chain((parts) => fc.constantFrom(" ", "", ", ").map((sign) => parts.join(sign)));

describe("masked", () => {
  it("gives the same again for its own result, and grows by no more than its markers", () => {
    fc.assert(
      fc.property(fc.oneof(sentence, fc.string({ unit: "binary", maxLength: 200 })), (text) => {
        const once = masked(text);
        expect(masked(once)).toBe(once);
        const added = markers.reduce((n, { marker }) => n + once.split(marker).length - 1, 0);
        expect(once.length).toBeLessThanOrEqual(text.length + added * longestMarker);
      }),
      { numRuns: 1500 },
    );
  });

  it("leaves nothing of a generated address, account, card or key", () => {
    fc.assert(
      fc.property(
        fc.oneof(email, iban, card, key),
        fc.constantFrom("Please use ", "(", "it is: ", "\n", "„"),
        fc.constantFrom(" today", ")", ".", "", "“, yes"),
        fc.constantFrom("", " ", "-"),
        (value, before, after, sign) => {
          const numbers = /^(?:[A-Z]{2}\d\d|\d+$)/.test(value);
          const written = numbers && sign !== "" ? grouped(value, sign) : value;
          const text = masked(before + written + after);
          expect(text).toMatch(/\[(?:e-mail address|account number|secret)\]/);
          expect(text.replace(/\[[^\]]*\]/g, "")).toBe(before + after);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    "a",
    "A",
    "1",
    "1 ",
    "1-",
    "a@",
    "a.",
    "-----BEGIN ",
    "a://x:",
    "sk-",
    "eyJabcdefgh.",
    "password is ",
    "password=",
    "KEY",
    "NL91 ABNA ",
    "Anna ",
    "Mrs van de van ",
    "patient Anna ",
    "12 rue de la ",
    "Calle de la ",
    "a:",
    "1.1.1.",
    "\u200D",
    "a\u200D",
    "+",
    "(",
    "\n",
    "born on ",
    "a [at] a ",
    "É",
    "AaA1",
    "1 Aa Aa ",
    "export A=",
    "[",
  ])("reads 150,000 characters of %j to their end", (piece) => {
    const text = piece.repeat(Math.ceil(150_000 / piece.length));
    expect(masked(`${text}\n\n Ask a@b.example!`)).toMatch(/(?:\[e-mail address\]|\[secret\])!?$/);
  });
});
