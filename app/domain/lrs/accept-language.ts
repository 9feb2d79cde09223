/** A language range of an Accept-Language header, such as `en-GB;q=0.8`, in lower case. */
type Range = { range: string; quality: number };

/** Nobody reads more languages than this; a header that names more is meant to cost time. */
const mostRanges = 30;

/** The ranges of an Accept-Language header (RFC 7231 §5.3.5) in its order; what is no range is passed over. */
function rangesOf(header: string): Range[] {
  return header
    .split(",", mostRanges)
    .map((part) => /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(\d(?:\.\d*)?)\s*)?$/i.exec(part))
    .filter((match) => match !== null)
    .map(([, range = "", quality = "1"]) => ({
      range: range.toLowerCase(),
      quality: Math.min(Number(quality), 1),
    }));
}

type Liking = { quality: number; position: number };

/**
 * How much a language is liked: by the longest range that is the language or a prefix of it, else by `*` (RFC 2616 §14.4,
 * which xAPI 1.0.3 part 3 §2.1.3 names). Null: no range is about it.
 */
function likingOf(tag: string, ranges: readonly Range[]): Liking | null {
  let [length, liking]: [number, Liking | null] = [-1, null];
  for (const [position, { range, quality }] of ranges.entries()) {
    const matched = range === "*" ? 0 : tag === range || tag.startsWith(`${range}-`) ? range.length : -1;
    if (matched > length) [length, liking] = [matched, { quality, position }];
  }
  return liking;
}

/**
 * The language of a language map to show to a client, of those in `tags`; undefined when there is none. The best liked one;
 * else, as a client that reads en-GB also reads en-US, one that shares its first subtags with what is liked (RFC 4647 §3.4);
 * else `und`; else the first. Languages with q=0 only when there are no others. `header` is null where none was sent.
 */
export function languageOf(header: string | null, tags: readonly string[]): string | undefined {
  const ranges = rangesOf(header ?? "");
  const judged = tags.map((tag) => ({ tag, liking: likingOf(tag.toLowerCase(), ranges) }));
  const liked = judged
    .flatMap(({ tag, liking }) => (liking && liking.quality > 0 ? [{ tag, ...liking }] : []))
    .toSorted((a, b) => b.quality - a.quality || a.position - b.position || a.tag.length - b.tag.length);
  if (liked[0]) return liked[0].tag;
  const open = judged.filter(({ liking }) => !liking).map(({ tag }) => tag);
  return relativeOf(ranges, open) ?? open.find((tag) => tag.toLowerCase() === "und") ?? open[0] ?? tags[0];
}

/** The first of `tags` that a range names once its last subtags are cut off, the best liked range first. */
function relativeOf(ranges: readonly Range[], tags: readonly string[]): string | undefined {
  const wanted = ranges.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality);
  for (const { range } of wanted)
    for (let cut = range.lastIndexOf("-"); cut > 0; cut = range.lastIndexOf("-", cut - 1)) {
      const prefix = range.slice(0, cut);
      const found = tags.find((tag) => `${tag.toLowerCase()}-`.startsWith(`${prefix}-`));
      if (found) return found;
    }
  return undefined;
}
