/** The marker, also with blanks inside or in brackets that look like it: a model might take those for it. */
const marker = /[<＜‹〈]\s{0,9}\/?\s{0,9}question\b(?:[^<>＜＞‹›〈〉]{0,200}[>＞›〉])?/gi;

/**
 * Text from people as a prompt carries it: between markers, of which the text itself holds none. What it says about
 * instructions, roles or markers is then a thing said, and never where the data ends.
 */
export function asData(text: string): string {
  // Something stays in the place, or what stood around a marker would make another.
  return `<question>\n${text.replace(marker, "[…]")}\n</question>`;
}
