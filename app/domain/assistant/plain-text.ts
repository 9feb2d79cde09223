/** Letters of other scripts that look like Latin ones, by the Latin letter they pass for (Unicode TR 39, confusables). */
const lookAlikes: Record<string, string> = {
  a: "аɑα",
  b: "Ьɓ",
  c: "сϲ",
  d: "ԁɗ",
  e: "еҽε",
  g: "ɡց",
  h: "һհ",
  i: "іιıɩ",
  j: "јϳ",
  k: "кκ",
  l: "ӏⅼ",
  m: "м",
  n: "ոηп",
  o: "оοօσ",
  p: "рρ",
  q: "ԛ",
  r: "гᴦ",
  s: "ѕꜱ",
  t: "тτ",
  u: "υսц",
  v: "ѵν",
  w: "ԝω",
  x: "хχ",
  y: "уүγ",
  z: "ᴢ",
};
const latinFor = new Map(
  Object.entries(lookAlikes).flatMap(([latin, others]) => [...others].map((o) => [o, latin] as const)),
);
for (const [from, to] of [..."АВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"].map(
  (c, i) => [c, "ABCEHIJKMOPSTXYABEZHIKMNOPTYX"[i] ?? ""] as const,
))
  latinFor.set(from, to);

/** Characters that show nothing: zero-width ones, soft hyphens, direction marks, variation selectors, tags. */
const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

/** Single letters set apart by blanks or dots, as in `r a n k`; two blanks end a word. */
const spelledOut = /(?<![\p{L}\p{N}])\p{L}(?:[ .\-_*]\p{L}){3,}(?![\p{L}\p{N}])/gu;

/**
 * A text as it is meant to be read: compatibility forms, look-alike letters, invisible characters, spelled-out words
 * and Base64 undone. What a person cannot see must not make a difference to what the rules see.
 */
export function plainText(text: string): string {
  const visible = text.normalize("NFKC").replace(invisible, "");
  return decoded(latin(visible).replace(spelledOut, (letters) => letters.replace(/[ .\-_*]/g, "")));
}

/** Look-alikes become Latin letters where the text is written in Latin letters at all. */
function latin(text: string): string {
  const latinLetters = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const others = text.match(/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/gu)?.length ?? 0;
  if (others === 0 || others > 3 * latinLetters) return text;
  return text.replace(
    /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}ɑɓҽɗɡɩᴦꜱᴢⅼԁԛԝ]/gu,
    (c) => latinFor.get(c) ?? c,
  );
}

/** Runs of Base64 that hold readable words are replaced by these. */
function decoded(text: string): string {
  return text.replace(
    /(?<![\w+/])(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2,3}={0,2})?(?![\w+/])/g,
    (run) => {
      const inside = Buffer.from(run, "base64").toString("utf8");
      const readable = inside.match(/[\p{L}\p{N}\s.,;:!?'"()/-]/gu)?.length ?? 0;
      return inside.includes(" ") && readable >= 0.95 * [...inside].length ? inside : run;
    },
  );
}

const digitLetters: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
};

/** The text with digits inside words read as the letters they stand for (`c4nd1d4te`); null when there are none. */
export function unmasqueraded(text: string): string | null {
  let changed = false;
  const read = text.replace(/[\p{L}\d@$]{3,}/gu, (word) => {
    const letters = word.match(/\p{L}/gu)?.length ?? 0;
    const digits = word.match(/[\d@$]/g)?.length ?? 0;
    if (letters < 1 || digits < 1 || /^(?:\d+\p{L}{1,2}|\p{L}+\d+)$/u.test(word) || /\d{3,}/.test(word))
      return word;
    changed = true;
    return word.replace(/[013457\d@$]/g, (d) => digitLetters[d] ?? d);
  });
  return changed ? read : null;
}

/** Sentences of a text, with the place where each begins; lists and line breaks end one, too. */
export function sentences(text: string): { text: string; from: number }[] {
  const found: { text: string; from: number }[] = [];
  for (const match of text.matchAll(/[^.!?\n;]+(?:[.!?;](?=\S)[^.!?\n;]+)*[.!?;]*/g)) {
    const trimmed = match[0].trim();
    if (/\p{L}/u.test(trimmed)) found.push({ text: trimmed, from: match.index + match[0].indexOf(trimmed) });
  }
  return found;
}
