import { sentences } from "./plain-text.ts";

/** A stretch of a conversation that is read as one thought. */
export type Window = {
  text: string;
  /** The asker's own request, or material that was pasted with it. */
  part: "request" | "material";
  /** Whether it is all that was said, which is read with more trust than a sentence on its own. */
  whole: boolean;
};

/** Characters from which on a text is more than a request: a mail or a document was pasted with it. */
const longestRequest = 1800;
/** Words up to which a message is read as a whole, too. */
const wholeUpTo = 70;
/** Sentences at each end of a long text that are taken for the request itself. */
const edges = 3;
/** Pairs of neighbouring sentences are read in texts of up to this many sentences. */
const pairsUpTo = 12;

/** Words of a sentence from which on its clauses are read one by one, too: a risk is easily smuggled into a list. */
const longestThought = 22;
/** Words that a clause has at least. */
const shortestClause = 4;

const asksFor =
  /\?|\b(?:can|may|could|should) (?:i|we|you)\b|\bplease\b|\b(?:darf|durfen|dürfen|kann|konnen|können|bitte)\b|\b(?:puis-je|peut-on|pouvons|merci de|stp|svp)\b|\b(?:puedo|podemos|por favor)\b/iu;

/**
 * The stretches of a conversation to read: each message as a whole while it is short, the messages together, every
 * sentence, and neighbouring sentences in pairs. `earlier` are the messages before, oldest first.
 */
export function windowsOf(text: string, earlier: readonly string[]): Window[] {
  const messages = [...earlier, text];
  const windows = messages.flatMap((message) => windowsOfMessage(message));
  const together = messages.join("\n");
  if (earlier.length > 0 && wordCount(together) <= 2 * wholeUpTo)
    windows.push({ text: together, part: "request", whole: true });
  for (const [i, message] of messages.entries()) {
    const before = messages[i - 1];
    if (before !== undefined && wordCount(message) + wordCount(before) <= wholeUpTo && messages.length > 2)
      windows.push({ text: `${before}\n${message}`, part: "request", whole: false });
  }
  return unique(windows);
}

function windowsOfMessage(message: string): Window[] {
  const list = sentences(message);
  const long = message.length > longestRequest;
  const windows: Window[] = [];
  if (wordCount(message) <= wholeUpTo) windows.push({ text: message, part: "request", whole: true });
  for (const { text } of list)
    if (!long && wordCount(text) > longestThought)
      for (const clause of clauses(text)) windows.push({ text: clause, part: "request", whole: false });
  list.forEach((sentence, i) => {
    const edge = i < edges || i >= list.length - edges;
    const part = !long || edge || asksFor.test(sentence.text) ? "request" : "material";
    windows.push({ text: sentence.text, part, whole: list.length === 1 });
    const next = list[i + 1];
    if (next && list.length > 2 && list.length <= pairsUpTo)
      windows.push({ text: `${sentence.text} ${next.text}`, part, whole: false });
  });
  return windows;
}

function clauses(sentence: string): string[] {
  return sentence
    .split(/[,:;–—()]+\s+/)
    .map((c) => c.trim())
    .filter((c) => wordCount(c) >= shortestClause);
}

const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

function unique(windows: readonly Window[]): Window[] {
  const seen = new Map<string, Window>();
  for (const w of windows) {
    const before = seen.get(w.text);
    if (!before || (w.whole && !before.whole)) seen.set(w.text, w);
  }
  return [...seen.values()];
}
