/**
 * Whether a short answer is one of those accepted. Case, accents, punctuation and white space do not count, nor do an
 * article or "it is" before it, in the four languages of modules; `*` in an accepted answer stands for any run of letters and digits, none included. A slip of the pen in a long word is forgiven:
 * one letter changed, added, left out or swapped with its neighbour, in answers of eight letters and more.
 */
export function isAccepted(answer: string, accepted: readonly string[]): boolean {
  const given = plain(answer);
  if (given === "") return false;
  return accepted.some((one) => {
    const wanted = plain(one, true);
    if (wanted.includes("*"))
      return new RegExp(`^${wanted.replaceAll("*", "[\\p{L}\\p{N}]*")}$`, "u").test(given);
    return (
      given === wanted ||
      (wanted.length >= forgivenFrom && /\p{L}{4}/u.test(wanted) && isOneSlip(given, wanted))
    );
  });
}

const forgivenFrom = 8;

/** Words before an answer that are no part of it; never the whole of one, and never before a figure. */
const leadIn =
  /^(?:(?:it is|it s|this is|that is|es ist|das ist|c est|es|the|an?|der|die|das|den|dem|eine?|einen|le|la|les|l|une?|el|los|las|una) )+(?=\p{L})/u;

/** Letters that are two for most keyboards, or have no accent to take away. */
const spelled: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l" };

function plain(text: string, pattern = false): string {
  const kept = pattern ? /[^\p{L}\p{N}*]+/gu : /[^\p{L}\p{N}]+/gu;
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæœøł]/gu, (letter) => spelled[letter] ?? letter)
    .replace(kept, " ")
    .trim()
    .replace(leadIn, "");
}

/** Whether two texts differ by one edit (restricted Damerau–Levenshtein distance of 1), digits excepted. */
function isOneSlip(a: string, b: string): boolean {
  if (digits(a) !== digits(b) || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let back = 0;
  while (
    back < a.length - from &&
    back < b.length - from &&
    a[a.length - 1 - back] === b[b.length - 1 - back]
  )
    back++;
  const restA = a.slice(from, a.length - back);
  const restB = b.slice(from, b.length - back);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

const digits = (text: string): string => text.replace(/\D+/g, "");
