/**
 * The groups of three letters in a word, as in PostgreSQL's pg_trgm: two blanks before it and one behind, each once.
 * They are computed here because not every database lets its owner install that extension.
 */
export function trigrams(word: string): string[] {
  const padded = [..."  ", ...word.toLowerCase(), " "];
  return [...new Set(padded.slice(2).map((_, i) => padded.slice(i, i + 3).join("")))];
}

/** Share of trigrams that two words have in common, from 0 to 1. */
export function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const known = new Set(b);
  const common = a.filter((t) => known.has(t)).length;
  return common / (a.length + b.length - common);
}
