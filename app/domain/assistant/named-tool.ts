import type { AiSystem } from "../register/ai-system.ts";
import { type Fact, unregistered } from "../risk/facts.ts";
import type { Lexicon } from "../risk/rule-set.ts";
import { conceptsIn, wordsAt } from "./concept.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { type Token, find, phrase, slip, tokens } from "./wording.ts";

type Tool = { system: Fact<string> | null; name: string | null; consumed: Set<number> };

/** The tool named. Two different tools leave the fact open; a tool outside the register is `unregistered`. */
export function findTool(
  text: string,
  list: Token[],
  { systems, lexicon, concepts }: { systems: readonly AiSystem[] } & Pick<Vocabulary, "lexicon" | "concepts">,
): Tool {
  const names = [
    ...systems.flatMap((s) =>
      [s.name.replace(/\(.*\)/, ""), ...s.aliases].map((name) => ({ slug: s.slug, name, slips: true })),
    ),
    ...lexicon.unregistered.names.map((name) => ({ slug: unregistered, name, slips: false })),
  ]
    .map((n) => ({ ...n, words: tokens(n.name).map((t) => t.word) }))
    .toSorted((a, b) => b.words.length - a.words.length);
  const consumed = new Set<number>();
  const hits: { slug: string; words: string }[] = [];
  for (const { slug, words, slips } of names)
    for (let i = 0; i + words.length <= list.length; i++) {
      const span = list.slice(i, i + words.length);
      const same = (strict: boolean) =>
        span.every((t, k) => {
          const wanted = words[k] ?? "";
          return !consumed.has(i + k) && (t.word === wanted || (!strict && slips && slip(t.word, wanted, 6)));
        });
      const [first, last] = [span[0], span.at(-1)];
      if (!first || !last || !same(false)) continue;
      span.forEach((_, k) => consumed.add(i + k));
      hits.push({ slug, words: text.slice(first.from, last.to) });
    }
  if (hits.length === 0) {
    const named =
      unknownName(text) ?? looseTool(text, list, lexicon) ?? toolConcept(text, list, lexicon, concepts);
    if (named) hits.push({ slug: unregistered, words: named });
  }
  const [hit] = hits;
  if (!hit || new Set(hits.map((h) => h.slug)).size > 1) return { system: null, name: null, consumed };
  return {
    system: { value: hit.slug, source: "stated", confidence: 0.95, words: hit.words },
    name: hit.words,
    consumed,
  };
}

function looseTool(text: string, list: Token[], lexicon: Lexicon): string | null {
  const [hit] = lexicon.unregistered.phrases.flatMap((p) => find(text, list, phrase(p), false));
  return hit?.words ?? null;
}

function toolConcept(
  text: string,
  list: Token[],
  lexicon: Lexicon,
  concepts: Vocabulary["concepts"],
): string | null {
  const hit = conceptsIn(list, concepts).find((n) => lexicon.unregistered.concepts.includes(n.concept));
  return hit ? wordsAt(text, list, hit) : null;
}

/** Capitalised words that name no tool although one uses them. */
const ordinary = new Set(
  "AI HR IT EU GDPR Excel Word Outlook Teams PowerPoint SharePoint English Dutch Polish German Spanish French Python SQL LinkedIn Aldermoor Rotterdam Austin Monday Tuesday Wednesday Thursday Friday January February March April May June July August September October November December".split(
    " ",
  ),
);

/** A proper name that follows a word of use ("use Foo", "a tool called Foo") and belongs to no known tool. */
function unknownName(text: string): string | null {
  const pattern =
    /\b(?:[Uu]se|[Uu]sing|used|[Tt]ry|trying|tried|called|named|via|install|installed)\s+(?:the\s+)?(\p{Lu}[\p{L}\p{N}]+(?:\s\p{Lu}[\p{L}\p{N}]+)*)/gu;
  for (const match of text.matchAll(pattern)) {
    const name = match[1] ?? "";
    if (!ordinary.has(name.split(" ")[0] ?? "")) return name;
  }
  return null;
}
