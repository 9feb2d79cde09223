/** Words of the longest names that are looked for, with particles: Anna van der Berg. */
const mostWords = 4;

/** Texts up to this length are searched for names in small letters, too; in a document that would be every pair of words. */
const longestTyped = 2_000;

const capitalised = /^\p{Lu}/u;

/**
 * Stretches of a text that may be the full name of somebody, written as names are, each once: words side by side that begin
 * and end with a capital. In what is typed rather than pasted, any two words and three words. Takes linear time.
 */
export function nameCandidates(text: string): string[] {
  const typed = text.length <= longestTyped;
  const found = new Set<string>();
  for (const run of text.match(/[\p{L}\p{M}'’-]+(?:[ \t ]+[\p{L}\p{M}'’-]+)+/gu) ?? []) {
    const words = run.split(/[ \t ]+/).map((word) => word.replace(/(?:['’]s)?['’-]*$/u, ""));
    words.forEach((first, from) => {
      for (let n = 2; n <= mostWords && from + n <= words.length; n++) {
        const part = words.slice(from, from + n);
        if (capitalised.test(first) && capitalised.test(part[n - 1] ?? "")) found.add(part.join(" "));
        else if (typed && n < mostWords) found.add(part.map(asInNames).join(" "));
      }
    });
  }
  return [...found];
}

const asInNames = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
