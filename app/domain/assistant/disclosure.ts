import type { Item } from "../content/item.ts";

/** Shorter pieces stand in any text by chance. */
const shortest = 25;

const flat = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

/** The texts by which one knows the right answers of an item: what is right, and why. */
export function keyTexts(item: Item): string[] {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return item.options.flatMap((o) => (o.correct ? [o.text, o.feedback] : [o.feedback]));
    case "mark_up":
      return item.passages.map((p) => p.feedback);
    case "short_answer":
      return [item.feedback, item.wrong];
    case "branching":
      return [item.debrief, ...item.nodes.flatMap((n) => n.options.map((o) => o.consequence))];
    case "true_false":
      return [item.feedback.true, item.feedback.false];
    case "ordering":
    case "matching":
      return [item.feedback];
    case "scenario":
      return item.steps.flatMap((s) =>
        s.options.flatMap((o) => (o.correct ? [o.text, o.feedback] : [o.feedback])),
      );
  }
}

/** What no answer may contain: lines of the prompts, other people's questions and answer keys; what policies publish is no secret. */
export function secretsIn(from: {
  prompts: readonly string[];
  questions: readonly string[];
  items: readonly Item[];
  published: readonly string[];
}): string[] {
  const all = [
    ...from.prompts.flatMap((p) => p.split("\n")),
    ...from.questions,
    ...from.items.flatMap(keyTexts),
  ];
  const open = from.published.map(flat);
  return [...new Set(all.map(flat))].filter(
    (s) => s.length >= shortest && !open.some((text) => text.includes(s)),
  );
}

/** Whether a secret of {@link secretsIn} stands in one of the texts, whatever its case and white space. */
export function discloses(texts: readonly string[], secrets: readonly string[]): boolean {
  const read = texts.map(flat).filter((text) => text.length >= shortest);
  return secrets.some((secret) => read.some((text) => text.includes(secret)));
}
