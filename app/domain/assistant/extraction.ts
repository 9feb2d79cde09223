import type { AiSystem } from "../register/ai-system.ts";
import type { DataClass } from "../register/terms.ts";
import {
  type AffectedGroup,
  type Effect,
  type Fact,
  type Facts,
  type Oversight,
  assumed,
  effects,
  groupsAffected,
  noFacts,
  oversights,
  unregistered,
} from "../risk/facts.ts";
import type { Lexicon, Purpose, RuleSet } from "../risk/rule-set.ts";
import { markers } from "./masking.ts";
import { type Found, type Token, find, phrase, slip, tokens } from "./wording.ts";

type Vocabulary = Pick<RuleSet, "purposes" | "lexicon"> & { systems: readonly AiSystem[] };

/**
 * The facts that a question states, found without a model: register names and aliases (a slip of the pen forgiven)
 * and the phrases of the lexicon. What is not found stays unknown; what normally goes with the purpose is assumed.
 */
export function extractFacts(text: string, vocabulary: Vocabulary): Facts {
  const list = tokens(text);
  const tool = findTool(text, list, vocabulary);
  const rest = list.map((t, i) => (tool.consumed.has(i) ? { ...t, stem: "", word: "" } : t));
  const search = (entries: { gives: readonly string[]; phrases: readonly string[] }[], negatable: boolean) =>
    entries.flatMap(({ gives, phrases }) =>
      phrases.flatMap((p) =>
        find(text, rest, phrase(p), !gives.some((g) => harmless.has(g)))
          .filter((f) => !negatable || !negated(list, f, vocabulary.lexicon))
          .map((found) => ({ gives, found })),
      ),
    );
  const { lexicon } = vocabulary;
  const facts: Facts = {
    ...noFacts,
    system: tool.system,
    systemName: tool.name,
    purposes: findPurposes(text, rest, vocabulary.purposes),
    dataClasses: withMasked(setFact<DataClass>(search(lexicon.dataClasses, true)), text),
    affected: setFact<AffectedGroup>(search(lexicon.affected, true)),
    oversight: worstFact<Oversight>(search(lexicon.oversight, false), oversights),
    effect: worstFact<Effect>(search(lexicon.effect, false), effects),
  };
  if (facts.affected) facts.affected.value = groupsAffected(facts.affected.value);
  return withAssumptions(facts, vocabulary.purposes);
}

/** Values that could help to clear a use: here a misspelt word proves nothing. */
const harmless = new Set<string>([
  "public",
  "internal",
  "nobody",
  "advisory",
  "human_decides",
  "human_reviews",
]);

type Hit = { gives: readonly string[]; found: Found };

function setFact<T extends string>(hits: Hit[]): Fact<T[]> | null {
  if (hits.length === 0) return null;
  return {
    value: [...new Set(hits.flatMap((h) => h.gives))] as T[],
    source: "stated",
    confidence: 0.9,
    words: wordsOf(hits),
  };
}

/** What was masked in the question is data of that kind: whoever pastes it here would paste it there. */
function withMasked(fact: Fact<DataClass[]> | null, text: string): Fact<DataClass[]> | null {
  const found = markers.filter(({ marker }) => text.includes(marker));
  if (found.length === 0) return fact;
  return {
    value: [...new Set([...(fact?.value ?? []), ...found.map((m) => m.dataClass)])],
    source: "stated",
    confidence: 1,
    words: [fact?.words, ...found.map((m) => m.marker)].filter(Boolean).join(" … "),
  };
}

/** Of contradicting words the riskier count. */
function worstFact<T extends string>(hits: Hit[], ladder: readonly T[]): Fact<T> | null {
  const worst = ladder.findLast((value) => hits.some((h) => h.gives.includes(value)));
  if (worst === undefined) return null;
  return {
    value: worst,
    source: "stated",
    confidence: 0.9,
    words: wordsOf(hits.filter((h) => h.gives.includes(worst))),
  };
}

function wordsOf(hits: readonly { found: Found }[]): string {
  return [...new Set(hits.map((h) => h.found.words))].join(" … ");
}

/** Whether one of the two words before says that the thing is absent. */
function negated(list: readonly Token[], found: Found, lexicon: Lexicon): boolean {
  const start = found.at[0] ?? 0;
  const before = list.slice(Math.max(0, start - 2), start).map((t) => t.word);
  return before.some((w, i) => lexicon.negations.includes(w) && before[i + 1] !== "only");
}

/** Purposes named; one whose words all belong to a longer phrase, or that another purpose contains, is left out. */
function findPurposes(text: string, list: Token[], purposes: readonly Purpose[]): Fact<string[]> | null {
  const hits = purposes.flatMap((purpose) =>
    purpose.phrases.flatMap((p) => find(text, list, phrase(p), true).map((found) => ({ purpose, found }))),
  );
  const whole = hits.filter(
    ({ purpose, found }) =>
      !hits.some(
        (other) =>
          other.purpose !== purpose &&
          other.found.at.length > found.at.length &&
          found.at.every((i) => other.found.at.includes(i)),
      ),
  );
  const kept = whole.filter(
    ({ purpose }) =>
      !whole.some((other) => other.purpose !== purpose && other.purpose.covers.includes(purpose.slug)),
  );
  if (kept.length === 0) return null;
  return {
    value: [...new Set(kept.map((h) => h.purpose.slug))],
    source: "stated",
    confidence: 0.9,
    words: wordsOf(kept),
  };
}

type Tool = { system: Fact<string> | null; name: string | null; consumed: Set<number> };

/** The tool named. Two different tools leave the fact open; a tool outside the register is `unregistered`. */
export function findTool(
  text: string,
  list: Token[],
  { systems, lexicon }: Pick<Vocabulary, "systems" | "lexicon">,
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
    const named = unknownName(text) ?? looseTool(text, list, lexicon);
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

/** Adds what normally goes with the purposes, where every one of them says so; the riskier of two values counts. */
export function withAssumptions(given: Facts, purposes: readonly Purpose[]): Facts {
  const facts: Facts = { ...given };
  for (const name of ["affected", "oversight", "effect"] as const)
    if (facts[name]?.source === "assumed") facts[name] = null;
  const chosen =
    facts.purposes?.value.map((slug) => purposes.find((p) => p.slug === slug)?.assumes ?? {}) ?? [];
  if (chosen.length === 0) return facts;
  const all = <T>(pick: (a: Purpose["assumes"]) => T | undefined): T[] =>
    chosen.flatMap((a) => pick(a) ?? []) as T[];
  const groups = all((a) => a.affected).flat();
  if (
    facts.affected?.source !== "chosen" &&
    (facts.affected || all((a) => a.affected && [a.affected]).length === chosen.length)
  ) {
    const value = groupsAffected([...(facts.affected?.value ?? []), ...groups]);
    const grown = facts.affected === null || value.some((g) => !facts.affected?.value.includes(g));
    // People that the text names stay stated, so that a later choice of purpose cannot drop them.
    if (value.length > 0 && grown) facts.affected = { ...assumed(value), ...facts.affected, value };
  }
  const consequential = all((a) => a.effect).includes("consequential");
  if (facts.effect?.source !== "chosen") {
    if (consequential && facts.effect?.value !== "consequential") facts.effect = assumed("consequential");
    else if (!facts.effect && all((a) => a.effect).length === chosen.length)
      facts.effect = assumed("advisory");
  }
  const says = all((a) => a.oversight);
  const least = oversights.findLast((o) => says.includes(o));
  if (!facts.oversight && least && says.length === chosen.length) facts.oversight = assumed(least);
  return facts;
}
