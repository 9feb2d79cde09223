/** Keys under which authored content holds words that a reader sees. Everything else is the same in every language. */
const wording = new Set([
  "title",
  "summary",
  "stem",
  "text",
  "feedback",
  "left",
  "right",
  "wrong",
  "consequence",
  "debrief",
  "accepted",
  "true",
  "false",
]);

/**
 * The words of another language laid over authored content: an item, or the head of a module. `words` names the same
 * ids and holds every wording of `source` and nothing else, so that keys, scores and tags cannot differ between
 * languages. Answers the whole in the other language, or where it does not fit.
 */
export function translated<T>(
  source: T,
  words: unknown,
): { ok: true; value: T } | { ok: false; path: (string | number)[]; reason: string } {
  const laid = lay(source, words, []);
  // `lay` answers the shape of `source` with strings in the place of strings.
  return laid.ok ? { ok: true, value: laid.value as T } : laid;
}

/** The words of authored content with the ids that tell where they belong: what `translated` lays over it. */
export function wordsIn(source: unknown): unknown {
  if (Array.isArray(source)) return source.map(wordsIn);
  if (!isRecord(source)) return source;
  const kept = Object.entries(source).filter(([key, part]) => key === "id" || holdsWords(key, part));
  return Object.fromEntries(kept.map(([key, part]) => [key, wordsIn(part)]));
}

type Laid = { ok: true; value: unknown } | { ok: false; path: (string | number)[]; reason: string };

function lay(source: unknown, words: unknown, path: (string | number)[]): Laid {
  if (typeof source === "string") {
    if (typeof words === "string" && words.trim() !== "") return { ok: true, value: words.trim() };
    return { ok: false, path, reason: "this text is not translated" };
  }
  if (Array.isArray(source)) return layList(source, words, path);
  if (!isRecord(source)) return { ok: true, value: source };
  if (!isRecord(words)) return { ok: false, path, reason: "this part is not translated" };
  const extra = Object.keys(words).find((key) => key !== "id" && !holdsWords(key, source[key]));
  if (extra !== undefined)
    return { ok: false, path: [...path, extra], reason: "a translation holds only ids and wording" };
  const value: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(source)) {
    if (!holdsWords(key, part)) {
      value[key] = part;
      continue;
    }
    const laid = lay(part, words[key], [...path, key]);
    if (!laid.ok) return laid;
    value[key] = laid.value;
  }
  return { ok: true, value };
}

function layList(source: readonly unknown[], words: unknown, path: (string | number)[]): Laid {
  if (!Array.isArray(words)) return { ok: false, path, reason: "this list is not translated" };
  // Accepted answers: each language has its own.
  if (source.every((one) => typeof one === "string")) {
    const kept = words.filter((one): one is string => typeof one === "string" && one.trim() !== "");
    if (kept.length > 0 && kept.length === words.length) return { ok: true, value: kept };
    return { ok: false, path, reason: "write at least one text, and texts only" };
  }
  const value: unknown[] = [];
  for (const one of source) {
    const id = isRecord(one) ? one["id"] : undefined;
    const at = words.findIndex((word: unknown) => isRecord(word) && word["id"] === id);
    if (at < 0) return { ok: false, path, reason: `${String(id)} is not translated` };
    const laid = lay(one, words[at], [...path, at]);
    if (!laid.ok) return laid;
    value.push(laid.value);
  }
  const stray = words.findIndex(
    (word: unknown) => !source.some((one) => isRecord(one) && isRecord(word) && one["id"] === word["id"]),
  );
  if (stray >= 0) return { ok: false, path: [...path, stray], reason: "the source has nothing of this id" };
  return { ok: true, value };
}

/** Whether a part holds wording: a text under a wording key, or a list or record with such inside. */
function holdsWords(key: string, part: unknown): boolean {
  if (typeof part === "string") return wording.has(key);
  if (Array.isArray(part)) {
    if (part.every((one) => typeof one === "string")) return wording.has(key);
    return part.some((one) => holdsWords(key, one));
  }
  return isRecord(part) && Object.entries(part).some(([k, p]) => holdsWords(k, p));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
