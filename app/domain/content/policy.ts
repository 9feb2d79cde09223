import { z } from "zod";

const text = z.string().trim().min(1);
const day = z.iso.date();

export const policyHead = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: text,
  version: z.string().regex(/^\d+\.\d+$/, 'use a version such as "2.0", in quotes'),
  language: z.string().min(2),
  effectiveFrom: day,
  owner: text,
  approver: text,
  reviewOn: day,
  change: z.enum(["material", "editorial"]),
  changeNote: text,
  /** Days to acknowledge this version in, where it is not the usual number. */
  acknowledgeDays: z.number().int().min(1).max(365).optional(),
  /** Audiences that acknowledge it even where no course of theirs asks for it. */
  audiences: z.array(text).min(1).optional(),
});

export type Clause = {
  /** `3.3` */
  number: string;
  heading: string;
  /** Plain text of the clause, Markdown marks kept as written. */
  text: string;
};

/** A policy version as authored: head, Markdown body and its numbered clauses. */
export type Policy = z.infer<typeof policyHead> & { body: string; clauses: Clause[] };

/**
 * Splits a policy body into clauses: a heading `### 3.3 Customer data` opens one, the next heading ends it.
 * Answers the clauses or the line (from 1) and reason of the first fault.
 */
export function splitClauses(
  body: string,
): { ok: true; clauses: Clause[] } | { ok: false; line: number; reason: string } {
  const clauses: Clause[] = [];
  const lines = body.split("\n");
  let open: { number: string; heading: string; lines: string[]; at: number } | null = null;
  const close = (): boolean => {
    if (!open) return true;
    const clauseText = open.lines.join("\n").trim();
    if (clauseText === "") return false;
    clauses.push({ number: open.number, heading: open.heading, text: clauseText });
    open = null;
    return true;
  };
  for (const [i, line] of lines.entries()) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (!heading) {
      if (open) open.lines.push(line);
      continue;
    }
    const before = open;
    if (!close()) return { ok: false, line: (before?.at ?? i) + 1, reason: "this clause has no text" };
    if (heading[1] !== "###") continue;
    const numbered = /^(\d+\.\d+)\s+(.+)$/.exec(heading[2] ?? "");
    if (!numbered) return { ok: false, line: i + 1, reason: "a clause heading reads `### 3.3 Title`" };
    const [, number = "", title = ""] = numbered;
    if (clauses.some((c) => c.number === number))
      return { ok: false, line: i + 1, reason: `clause ${number} stands twice` };
    open = { number, heading: title, lines: [], at: i };
  }
  const last = open as { at: number } | null;
  if (!close()) return { ok: false, line: (last?.at ?? 0) + 1, reason: "this clause has no text" };
  if (clauses.length === 0)
    return { ok: false, line: 1, reason: "the policy has no clause heading `### 1.1 Title`" };
  return { ok: true, clauses };
}

/** The version in force on `today` (YYYY-MM-DD): the newest whose effective date has come. */
export function inForce<V extends { effectiveFrom: string }>(
  versions: readonly V[],
  today: string,
): V | null {
  const begun = versions.filter((v) => v.effectiveFrom <= today);
  return begun.reduce<V | null>(
    (best, v) => (best === null || v.effectiveFrom > best.effectiveFrom ? v : best),
    null,
  );
}

/** Section titles of a policy body by number: `## 3 Data` gives `3` → `Data`. */
export function sectionTitles(body: string): Map<string, string> {
  const titles = [...body.matchAll(/^##\s+(\d+)\s+(.+?)\s*$/gm)];
  return new Map(titles.map(([, number = "", title = ""]) => [number, title]));
}

export type VersionStanding = "in_force" | "superseded" | "upcoming";

/** How each version stands on `today` (YYYY-MM-DD), in the order given. */
export function versionStandings<V extends { effectiveFrom: string }>(
  versions: readonly V[],
  today: string,
): (V & { standing: VersionStanding })[] {
  const current = inForce(versions, today);
  return versions.map((v) => ({
    ...v,
    standing: v === current ? "in_force" : v.effectiveFrom > today ? "upcoming" : "superseded",
  }));
}
