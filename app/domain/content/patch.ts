import { lineSteps } from "./diff.ts";
import type { ModuleSource } from "./module-source.ts";

/** Unchanged lines before and after a change, as git shows them. */
const around = 3;

/**
 * What turns one source of a module into another, as `git apply` reads it: files added and deleted, and only the lines that
 * differ. `folder` is the place of the files. Empty where nothing differs.
 */
export function patchOf(before: ModuleSource, after: ModuleSource, folder: string): string {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .filter((name) => before[name] !== after[name])
    .map((name) => filePatch(`${folder}/${name}`, before[name], after[name]))
    .join("");
}

/** Files of a source that another one has no more. */
export const filesGone = (before: ModuleSource, after: ModuleSource): string[] =>
  Object.keys(before)
    .filter((name) => after[name] === undefined)
    .toSorted();

function filePatch(path: string, before: string | undefined, after: string | undefined): string {
  const mode =
    before === undefined ? ["new file mode 100644"] : after === undefined ? ["deleted file mode 100644"] : [];
  return [
    `diff --git a/${path} b/${path}`,
    ...mode,
    `--- ${before === undefined ? "/dev/null" : `a/${path}`}`,
    `+++ ${after === undefined ? "/dev/null" : `b/${path}`}`,
    ...hunks(before ?? "", after ?? ""),
    "",
  ].join("\n");
}

type Row = { sign: " " | "-" | "+"; text: string; old: number; now: number };

function hunks(before: string, after: string): string[] {
  const signs = { same: " ", removed: "-", added: "+" } as const;
  let [old, now] = [1, 1];
  const rows = lineSteps(linesOf(before), linesOf(after)).map(({ kind, token }): Row => {
    const row: Row = { sign: signs[kind], text: token, old, now };
    if (kind !== "added") old++;
    if (kind !== "removed") now++;
    return row;
  });
  const near = rows.map((_, i) =>
    rows.slice(Math.max(0, i - around), i + around + 1).some((r) => r.sign !== " "),
  );
  const out: string[] = [];
  for (let from = near.indexOf(true); from >= 0; from = near.indexOf(true, from)) {
    const end = near.indexOf(false, from);
    const hunk = rows.slice(from, end < 0 ? rows.length : end);
    out.push(head(hunk), ...hunk.flatMap(written));
    from += hunk.length;
  }
  return out;
}

function head(hunk: readonly Row[]): string {
  const range = (start: number, sign: "-" | "+"): string => {
    const count = hunk.filter((row) => row.sign === " " || row.sign === sign).length;
    return `${count === 0 ? start - 1 : start},${count}`;
  };
  return `@@ -${range(hunk[0]?.old ?? 1, "-")} +${range(hunk[0]?.now ?? 1, "+")} @@`;
}

const noEnd = "\\ No newline at end of file";

const written = ({ sign, text }: Row): string[] =>
  text.endsWith("\n") ? [`${sign}${text.slice(0, -1)}`] : [`${sign}${text}`, noEnd];

/** The lines of a text with their ends. */
const linesOf = (text: string): string[] => (text === "" ? [] : text.split(/(?<=\n)/));
