import { z } from "zod";
import { type Language, languages, sourceLanguage } from "../content/language.ts";
import { ContentError, lineOf, parseYaml, splitHead } from "../content/source.ts";

/** Those who are late, as a table. */
const lateShape = {
  texts: {
    subject: [],
    person: [],
    training: [],
    status: [],
    since: [],
    people: [],
    overdue: [],
    expired: [],
  },
  body: ["table", "link"],
} as const;

/**
 * The mails there are: for each the texts of its front matter with the placeholders they may hold, and those of its body.
 * `digest` is the frame that one mail of a day puts the others in; `calendar` words the entries of the calendar.
 */
export const mailShapes = {
  digest: {
    texts: {
      more: ["subject", "count"],
      required: [],
      optional: ["settings"],
      "all-optional": ["settings"],
    },
    body: ["name", "organisation", "parts", "why", "settings"],
  },
  training: {
    texts: {
      "subject-assigned": ["title", "date"],
      "subject-due": ["title", "date"],
      "subject-overdue": ["title", "date"],
      "subject-renewal": ["title", "date"],
      "subject-expired": ["title", "date"],
      "line-assigned": ["title", "date", "link"],
      "line-due": ["title", "date", "link"],
      "line-overdue": ["title", "date", "link"],
      "line-renewal": ["title", "date", "link"],
      "line-expired": ["title", "date", "link"],
    },
    body: ["lines"],
  },
  policy: {
    texts: {
      "subject-assigned": ["title", "date"],
      "subject-due": ["title", "date"],
      "subject-overdue": ["title", "date"],
      "line-assigned": ["title", "date", "link"],
      "line-due": ["title", "date", "link"],
      "line-overdue": ["title", "date", "link"],
    },
    body: ["lines"],
  },
  practice: { texts: { subject: ["title"], line: ["title", "link"] }, body: ["lines"] },
  team: lateShape,
  organisation: lateShape,
  address: { texts: { subject: [], line: ["name", "link"], many: ["count"] }, body: ["lines", "link"] },
  calendar: {
    texts: { due: ["title"], renewal: ["title"], expires: ["title"], name: ["organisation"] },
    body: [],
  },
} as const satisfies Record<string, { texts: Record<string, readonly string[]>; body: readonly string[] }>;

export type MailKind = keyof typeof mailShapes;
export const mailKinds = Object.keys(mailShapes) as MailKind[];

/** The texts of one mail in one language. */
export type MailText<K extends MailKind = MailKind> = {
  texts: Record<keyof (typeof mailShapes)[K]["texts"] & string, string>;
  body: string;
};

/** All mails in the languages they are written in; English has them all. */
export type MailBook = { [K in MailKind]: Partial<Record<Language, MailText<K>>> };

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((m) => m[1] ?? "");

/**
 * A mail of `content/mails`: front matter with its texts, then its body in Markdown. Throws {@link ContentError} with file and
 * line for a text that is missing, a placeholder nobody fills, or one that its reader needs and is not there.
 */
export function parseMail<K extends MailKind>(kind: K, written: string, file: string): MailText<K> {
  const { head, body, bodyLine } = splitHead(written, file);
  const shape: { texts: Record<string, readonly string[]>; body: readonly string[] } = mailShapes[kind];
  const text = z.string().trim().min(1);
  const schema = z.strictObject(Object.fromEntries(Object.keys(shape.texts).map((key) => [key, text])));
  const texts = parseYaml(head, schema, file, 2);
  const check = (
    value: string,
    allowed: readonly string[],
    line: number,
    needed: readonly string[],
  ): void => {
    const used = placeholders(value);
    const unknown = used.find((name) => !allowed.includes(name));
    if (unknown !== undefined) {
      const known = allowed.length > 0 ? `there are ${allowed.join(", ")}` : "there are none here";
      throw new ContentError(file, line, `{{${unknown}}} stands for nothing; ${known}`);
    }
    const missing = needed.find((name) => !used.includes(name));
    if (missing !== undefined) throw new ContentError(file, line, `{{${missing}}} is missing`);
  };
  for (const [key, allowed] of Object.entries(shape.texts))
    check(texts[key] ?? "", allowed, 1 + lineOf(head, [key]), key.startsWith("line") ? ["link"] : []);
  const lines = body.split("\n");
  lines.forEach((line, i) => check(line, shape.body, bodyLine + i, []));
  check(body, shape.body, bodyLine, shape.body);
  return { texts: texts as MailText<K>["texts"], body: body.trim() };
}

/** The language of ours that somebody's mails are written in: theirs if it is one, else English. */
export function mailLanguage(language: string): Language {
  const own = language.toLowerCase().split("-")[0];
  return languages.find((one) => one === own) ?? sourceLanguage;
}

/** A mail in a language, else in English. */
export function mailIn<K extends MailKind>(book: MailBook, kind: K, language: Language): MailText<K> {
  const found = (book[kind][language] ?? book[kind][sourceLanguage]) as MailText<K> | undefined;
  if (!found) throw new Error(`the mail ${kind} has no text`);
  return found;
}

/** Puts values in the places of a text. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? "");
}

/** A text that stands for itself in Markdown, whatever signs a name holds. */
export function literally(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+\-.!|~&:@/]/g, "\\$&");
}

/** Signs that stand for themselves are moved here while the others are read: a private area of Unicode. */
const aside = 0xe000;

/** Markdown as our mails use it, as plain text: links show their address, tables become lines. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_all, sign: string) => String.fromCharCode(aside + sign.charCodeAt(0)))
    .split("\n")
    .filter((line) => !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .replace(/^#{1,6} +/, "")
        .replace(/^\| ?(.*?) ?\|$/, (_all, cells: string) => cells.split(" | ").join(" · "))
        .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1: $2")
        .replaceAll("**", ""),
    )
    .join("\n")
    .replace(/[\ue021-\ue07e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - aside))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
