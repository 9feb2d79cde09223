import { z } from "zod";
import { askedText, earlierTexts, type Reply } from "./inquiry.ts";

const idRefusal = "Write id: a string or a number.";
const groupsRefusal = "Write groups as a list of audiences, such as all-staff, or leave it out.";

/** One line of a file of questions: an object in JSON; members that are not known are left alone. */
const line = z.object(
  {
    id: z.union([z.string().min(1, idRefusal), z.number()], idRefusal),
    text: askedText,
    earlier: earlierTexts.nullish(),
    groups: z
      .array(z.string(groupsRefusal).min(1, groupsRefusal), groupsRefusal)
      .min(1, groupsRefusal)
      .nullish(),
  },
  "Write an object with id and text.",
);

export type InquiryLine = { id: string | number; text: string; earlier: string[]; groups: string[] };

/** Whom a line without groups asks for: everybody. */
const defaultGroups = ["all-staff"];

/**
 * The questions of a JSON Lines file, in its order; empty lines are passed over. On the first line that cannot be read:
 * its number, counted from 1, and why.
 */
export function inquiryLines(
  text: string,
): { ok: true; lines: InquiryLine[] } | { ok: false; line: number; reason: string } {
  const lines: InquiryLine[] = [];
  for (const [i, row] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (row.trim() === "") continue;
    const value = json(row);
    if (value === undefined) return { ok: false, line: i + 1, reason: "This is not JSON." };
    const read = line.safeParse(value);
    if (!read.success) return { ok: false, line: i + 1, reason: read.error.issues[0]?.message ?? "" };
    const { id, text, earlier, groups } = read.data;
    lines.push({ id, text, earlier: earlier ?? [], groups: groups ?? defaultGroups });
  }
  return { ok: true, lines };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The line that answers a question of a file. */
export function verdictLine(id: InquiryLine["id"], told: Omit<Reply, "url">): string {
  const { outcome, flagged, level, area, signals, verdict, citations } = told;
  return JSON.stringify({ id, outcome, flagged, level, area, signals, verdict, citations });
}
