import { diffRows, type DiffRow } from "./diff.ts";

type ClauseText = { number: string; heading: string; text: string };

/** A clause that differs between two versions of a policy; `before`: its number in the earlier one, where that differs. */
export type ClauseChange = {
  number: string;
  heading: string;
  before: string | null;
  change: "added" | "removed" | "changed";
  rows: DiffRow[];
};

/**
 * What changed from one version of a policy to another, clause by clause in the order of the later one, removed clauses at
 * the end. A clause is known again by its number, or by its heading where it moved.
 */
export function clauseChanges(before: readonly ClauseText[], after: readonly ClauseText[]): ClauseChange[] {
  const left = [...before];
  const takeIf = (fits: (one: ClauseText) => boolean): ClauseText | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  // Those that stand where they stood go first, so that no other clause takes one of them for its own.
  const pairs = new Map(
    after.map((one) => [one, takeIf((old) => old.number === one.number && old.heading === one.heading)]),
  );
  for (const one of after)
    if (!pairs.get(one))
      pairs.set(
        one,
        takeIf((old) => old.heading === one.heading),
      );
  for (const one of after)
    if (!pairs.get(one))
      pairs.set(
        one,
        takeIf((old) => old.number === one.number),
      );
  const changed = after.flatMap((one): ClauseChange[] => {
    const old = pairs.get(one);
    const { number, heading } = one;
    if (!old) return [{ number, heading, before: null, change: "added", rows: diffRows("", textOf(one)) }];
    const moved = old.number === number ? null : old.number;
    if (moved === null && textOf(old) === textOf(one)) return [];
    return [{ number, heading, before: moved, change: "changed", rows: diffRows(textOf(old), textOf(one)) }];
  });
  const removed = left.map((old): ClauseChange => ({
    number: old.number,
    heading: old.heading,
    before: null,
    change: "removed",
    rows: diffRows(textOf(old), ""),
  }));
  return [...changed, ...removed];
}

/** Heading and text; the marks of quoted lines are Markdown, which says nothing to a reader of changes. */
const textOf = ({ heading, text }: ClauseText): string => `${heading}\n\n${text.replace(/^> ?/gm, "")}`;
