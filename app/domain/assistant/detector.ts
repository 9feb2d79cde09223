/** Where in a text something stands: from `start` up to, not including, `end`. */
export type Span = { start: number; end: number };

/** Finds what is to be masked with one marker. Answers spans in order that do not overlap. */
export type Detector = { marker: string; find: (view: string) => Span[] };

/** What a pattern hit: its group `hit` where it has one (then it needs the flag `d`), else the whole match. */
export type Hit = Span & { text: string; match: RegExpExecArray };

/**
 * All hits of a global pattern that are accepted. Patterns given here read a text in linear time: what they repeat starts
 * once per run of such characters, or is bounded.
 */
export function hits(view: string, pattern: RegExp, accept: (hit: Hit) => boolean = () => true): Span[] {
  return [...view.matchAll(pattern)]
    .map((match): Hit => {
      const [start, end] = match.indices?.groups?.["hit"] ?? [match.index, match.index + match[0].length];
      return { start, end, text: view.slice(start, end), match };
    })
    .filter(accept);
}

/** The hits of several finders, each place once: of overlapping ones the first that starts, then the longest. */
export function together(...found: Span[][]): Span[] {
  const ordered = found.flat().toSorted((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return ordered.filter((span) => {
    const free = span.start >= end;
    if (free) end = span.end;
    return free;
  });
}

/** The few characters before a place, by which a number says what it is. */
export const leadUp = (view: string, at: number, length: number): string =>
  view.slice(Math.max(0, at - length), at);

const unseen =
  /[\u00AD\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/gu;
/** A joiner belongs between parts of an emoji or of a script that needs it; between Latin ones it only hides. */
const hiddenJoiner =
  /(?<=[\p{Script=Latin}\p{N}@.:/_+-])\u200D+|(?<!\u200D)\u200D+(?=[\p{Script=Latin}\p{N}@.:/_+-])/gu;

/** The text without characters that nobody sees: they would only hide a value from who looks for it. */
export const visible = (text: string): string =>
  /^[\t\n\r -~]*$/.test(text) ? text : text.replace(unseen, "").replace(hiddenJoiner, "");

/** The text to look in, character by character as long as the text itself: wide forms, spaces, hyphens and digits plain. */
export function viewOf(text: string): string {
  if (/^[\t\n\r -~]*$/.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " ")
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63]/g, "-")
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (c) => String(c.charCodeAt(0) & 15))
    .replace(/[\u0966-\u096F]/g, (c) => String(c.charCodeAt(0) - 0x966));
}
