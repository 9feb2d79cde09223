/** A stretch of text that both sides have, or only the earlier (`removed`) or the later one (`added`). */
export type Piece = { kind: "same" | "removed" | "added"; text: string };

/** A line, or several lines that became others, with what changed in them word by word. */
export type DiffRow = { kind: "same"; text: string } | { kind: "changed"; pieces: Piece[] };

/**
 * What a reader needs to see of a change: lines that stayed, and between them what was removed and added, word by word.
 * The kept and removed text together is `before`, the kept and added text `after`.
 */
export function diffRows(before: string, after: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = (): void => {
    if (removed.length + added.length === 0) return;
    rows.push({ kind: "changed", pieces: wordDiff(removed.join("\n"), added.join("\n")) });
    [removed, added] = [[], []];
  };
  for (const { kind, token } of lineSteps(before.split("\n"), after.split("\n"))) {
    if (kind === "removed") removed.push(token);
    else if (kind === "added") added.push(token);
    else {
      flush();
      rows.push({ kind: "same", text: token });
    }
  }
  flush();
  return rows;
}

/** Two texts compared word by word; white space and punctuation are words of their own. */
export function wordDiff(before: string, after: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { kind, token } of grouped(lineSteps(wordsOf(before), wordsOf(after)))) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += token;
    else pieces.push({ kind, text: token });
  }
  return pieces;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

export type Step = { kind: Piece["kind"]; token: string };

/**
 * What is removed before what is added where both stand together, and a blank between two changes counted as changed:
 * "~~the old~~ **a new** text" reads better than word after word in turns.
 */
function grouped(all: readonly Step[]): Step[] {
  const out: Step[] = [];
  let [removed, added]: [Step[], Step[]] = [[], []];
  const flush = (): void => {
    out.push(...removed, ...added);
    [removed, added] = [[], []];
  };
  for (const [i, step] of all.entries()) {
    if (step.kind === "removed") removed.push(step);
    else if (step.kind === "added") added.push(step);
    else if (/^[ \t]+$/.test(step.token) && changing(all[i - 1]) && changing(all[i + 1])) {
      removed.push({ ...step, kind: "removed" });
      added.push({ ...step, kind: "added" });
    } else {
      flush();
      out.push(step);
    }
  }
  flush();
  return out;
}

const changing = (step: Step | undefined): boolean => step !== undefined && step.kind !== "same";

/** Beyond so many differences the way is not searched for: the texts have little in common. */
const mostEdits = 1500;

/** The shortest way from one list to the other (Myers 1986: An O(ND) Difference Algorithm). */
export function lineSteps(before: readonly string[], after: readonly string[]): Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const as = (kind: Piece["kind"], list: readonly string[]): Step[] => list.map((token) => ({ kind, token }));
  return [
    ...as("same", before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...as("same", before.slice(before.length - tail)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const trace: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  const at = (map: ReadonlyMap<number, number>, k: number): number => map.get(k) ?? -1;
  for (let d = 0; d <= Math.min(a.length + b.length, mostEdits); d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      let x =
        k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1))
          ? at(reach, k + 1)
          : at(reach, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack(a, b, trace);
    }
  }
  return [
    ...a.map((token): Step => ({ kind: "removed", token })),
    ...b.map((token): Step => ({ kind: "added", token })),
  ];
}

function wayBack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Step[] {
  const way: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d] as Map<number, number>;
    const at = (k: number): number => reach.get(k) ?? -1;
    const k = x - y;
    const from = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const [fromX, fromY] = d === 0 ? [0, 0] : [at(from), at(from) - from];
    while (x > fromX && y > fromY) {
      way.push({ kind: "same", token: a[--x] as string });
      y--;
    }
    if (d === 0) break;
    if (x > fromX) way.push({ kind: "removed", token: a[--x] as string });
    else if (y > fromY) way.push({ kind: "added", token: b[--y] as string });
  }
  return way.toReversed();
}
