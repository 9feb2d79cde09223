import type { DataClass } from "../register/terms.ts";

/** What stands in the place of a masked value, and the data class that a value of its kind belongs to. */
export const markers: { marker: string; dataClass: DataClass }[] = [
  { marker: "[secret]", dataClass: "secrets" },
  { marker: "[e-mail address]", dataClass: "personal" },
  { marker: "[phone number]", dataClass: "personal" },
  { marker: "[account number]", dataClass: "personal" },
];

const patterns: [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[secret]"],
  [
    /\b(?:(?:sk|pk|rk)[-_]|ghp_|gho_|github_pat_|glpat-|xox[abpr]-|AKIA|ASIA|AIza)[A-Za-z0-9_-]{12,}/g,
    "[secret]",
  ],
  // JSON web tokens.
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, "[secret]"],
  // Addresses with a password in them.
  [/\b[a-z][a-z+]*:\/\/[^\s:@/]+:[^\s:@/]+@\S+/gi, "[secret]"],
  [
    /\b(password|passwd|pwd|passphrase|secret|api[ _-]?key|token)(\s*(?:is|=|:)\s*)(?=\S*[\d\W_])(?!\[secret)\S{6,}/gi,
    "$1$2[secret]",
  ],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[e-mail address]"],
  // IBAN (ISO 13616), written together or in groups of four.
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, "[account number]"],
  // Payment cards: 13 to 19 digits.
  [/(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g, "[account number]"],
  // Telephone numbers with an international or trunk prefix, and North American ones; dates and versions are left alone.
  [/(?<![\w.-])(?:\+|00?(?=[1-9 (]))(?:[ ()/.-]{0,2}\d){8,14}(?![\w-])/g, "[phone number]"],
  [/(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])/g, "[phone number]"],
];

/**
 * The text without credentials, e-mail addresses, telephone, account and card numbers. A question is masked before
 * anything else happens: neither the database nor a model ever sees the original (GDPR Art. 5(1)(c)).
 */
export function masked(text: string): string {
  return patterns.reduce((t, [pattern, replacement]) => t.replace(pattern, replacement), text);
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
