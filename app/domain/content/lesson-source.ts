/** A piece of text as written; `only` is the YAML that says who reads it, null for everybody. */
export type WrittenPiece = { text: string; line: number; only: { text: string; line: number } | null };

/** A stretch of a lesson as written: text in pieces, or what stands inside a fence. `line` is that of the file where it begins. */
export type WrittenPart =
  | { kind: "text"; pieces: WrittenPiece[]; line: number }
  | { kind: "question" | "tomorrow"; text: string; line: number };

export type WrittenLesson = {
  title: string;
  /** The line of the file on which its heading stands. */
  line: number;
  /** Inside of the ```lesson fence; null where there is none. */
  head: { text: string; line: number } | null;
  parts: WrittenPart[];
};

/**
 * Splits the body of a module into lessons (`# Title`) and their parts: Markdown and ```lesson, ```question,
 * ```tomorrow and ```only fences. An ```only fence (YAML, a line `---`, Markdown) belongs to the text around it. `bodyLine` is the line of the file on which the body begins. Answers the line and reason of the
 * first fault.
 */
export function splitLessons(
  body: string,
  bodyLine: number,
): { ok: true; lessons: WrittenLesson[] } | { ok: false; line: number; reason: string } {
  const lessons: WrittenLesson[] = [];
  const rows = body.split("\n");
  let text: { rows: string[]; line: number } = { rows: [], line: bodyLine };
  const flush = (next: number): void => {
    const markdown = text.rows.join("\n").trim();
    if (markdown !== "") addPiece({ text: markdown, line: text.line, only: null });
    text = { rows: [], line: next };
  };
  const addPiece = (piece: WrittenPiece): void => {
    const parts = lessons.at(-1)?.parts;
    const last = parts?.at(-1);
    if (last?.kind === "text") last.pieces.push(piece);
    else parts?.push({ kind: "text", pieces: [piece], line: piece.line });
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? "";
    const line = bodyLine + i;
    const title = /^# (.+)$/.exec(row);
    const fence = /^```(lesson|question|tomorrow|only)\s*$/.exec(row);
    const open = lessons.at(-1);
    if (title) {
      flush(line + 1);
      lessons.push({ title: title[1] ?? "", line, head: null, parts: [] });
      continue;
    }
    if (!open && row.trim() !== "")
      return { ok: false, line, reason: "a lesson begins with a heading `# Title`" };
    if (!fence || !open) {
      text.rows.push(row);
      continue;
    }
    const end = rows.findIndex((r, k) => k > i && /^```\s*$/.test(r));
    if (end < 0) return { ok: false, line, reason: `the ${fence[1]} fence is not closed` };
    flush(bodyLine + end + 1);
    const inner = { text: rows.slice(i + 1, end).join("\n"), line: line + 1 };
    if (fence[1] === "lesson") open.head = inner;
    else if (fence[1] === "only") {
      const rule = rows.findIndex((r, k) => k > i && k < end && /^---\s*$/.test(r));
      if (rule < 0)
        return { ok: false, line, reason: "an ```only fence says who reads it, then has a line ---" };
      addPiece({
        text: rows
          .slice(rule + 1, end)
          .join("\n")
          .trim(),
        line: bodyLine + rule + 1,
        only: { text: rows.slice(i + 1, rule).join("\n"), line: line + 1 },
      });
    } else open.parts.push({ kind: fence[1] === "question" ? "question" : "tomorrow", ...inner });
    i = end;
  }
  flush(bodyLine + rows.length);
  return { ok: true, lessons };
}
