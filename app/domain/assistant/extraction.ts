import type { DataClass } from "../register/terms.ts";
import {
  type AffectedGroup,
  type Channel,
  type Effect,
  type Fact,
  type Facts,
  type Oversight,
  type Place,
  effects,
  groupsAffected,
  noFacts,
  oversights,
  places,
} from "../risk/facts.ts";
import type { Lexicon, Purpose } from "../risk/rule-set.ts";
import { withAssumptions } from "./assumption.ts";
import { type Named, conceptsIn, wordsAt } from "./concept.ts";
import { markers } from "./masking.ts";
import { findTool } from "./named-tool.ts";
import { plainText, unmasqueraded } from "./plain-text.ts";
import { type ReadPurpose, readPurposes } from "./purpose-reading.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { windowsOf } from "./window.ts";
import { type Found, type Token, find, phrase, tokens } from "./wording.ts";

/** A message with those of the same conversation before it, oldest first; all masked. */
export type Said = { text: string; earlier?: readonly string[] };

/** What is read of a conversation: the stretches of its plain text. Sentence vectors are made of these. */
export function stretchesOf(said: Said): string[] {
  return windowsOf(plainText(said.text), (said.earlier ?? []).map(plainText)).map((w) => w.text);
}

/**
 * The facts that a conversation states, found without a model: register names and aliases (a slip of the pen forgiven),
 * the concepts of the lexicon, and purposes as the reader learned them from labelled examples. What is not found stays
 * unknown; what normally goes with the purpose is assumed.
 */
export function extractFacts(
  said: Said,
  vocabulary: Vocabulary,
  vectors: ReadonlyMap<string, readonly number[]> = new Map(),
): Facts {
  const earlier = (said.earlier ?? []).map(plainText);
  const text = plainText(said.text);
  const whole = [...earlier, text].join("\n");
  const list = tokens(whole);
  const tool = findTool(whole, list, vocabulary);
  const rest = list.map((t, i) => (tool.consumed.has(i) ? { ...t, stem: "", word: "" } : t));
  const named = conceptsIn(rest, vocabulary.concepts);
  const { lexicon } = vocabulary;
  const search = (
    entries: Lexicon["dataClasses"] | Lexicon["affected"] | Lexicon["oversight"] | Lexicon["effect"],
  ) => hitsOf(whole, rest, named, entries, lexicon);
  const steered = lexicon.steering.phrases.some((p) => find(whole, list, phrase(p), false).length > 0);
  const purposes = purposesIn(
    { text, earlier, named, steered, toolNamed: tool.name !== null },
    vocabulary,
    vectors,
  );
  const facts: Facts = {
    ...noFacts,
    ...purposes,
    system: tool.system,
    systemName: tool.name,
    dataClasses: withMasked(setFact<DataClass>(search(lexicon.dataClasses)), whole),
    affected: setFact<AffectedGroup>(search(lexicon.affected)),
    oversight: worstFact<Oversight>(search(lexicon.oversight), oversights),
    effect: worstFact<Effect>(search(lexicon.effect), effects),
    place: worstFact<Place>(hitsOf(whole, rest, named, lexicon.places, lexicon), places.toReversed()),
    channels: setFact<Channel>(hitsOf(whole, rest, named, lexicon.channels, lexicon)),
    profiling: profilingIn(whole, rest, named, lexicon),
    change: changeIn(whole, rest, lexicon),
  };
  if (facts.affected) facts.affected.value = groupsAffected(facts.affected.value);
  return withAssumptions(facts, vocabulary.purposes);
}

type Hit = { gives: readonly string[]; found: Found };
type Entries = readonly {
  gives: readonly string[];
  phrases: readonly string[];
  concepts: readonly string[];
}[];

/** Where a text names values of a fact, by phrases or by concepts; what is denied is not counted. */
function hitsOf(
  text: string,
  list: Token[],
  named: readonly Named[],
  entries: Entries,
  lexicon: Lexicon,
): Hit[] {
  return entries.flatMap(({ gives, phrases, concepts }) => {
    const byPhrase = phrases.flatMap((p) => find(text, list, phrase(p), false));
    const byConcept = named
      .filter((n) => concepts.includes(n.concept))
      .map((n) => ({ at: n.at, words: wordsAt(text, list, n) }));
    return [...byPhrase, ...byConcept]
      .filter((f) => !denied(list, f, named, lexicon))
      .map((found) => ({ gives, found }));
  });
}

/** Whether one of the two words before says that the thing is absent. */
function denied(list: readonly Token[], found: Found, named: readonly Named[], lexicon: Lexicon): boolean {
  const start = found.at[0] ?? 0;
  const before = list.slice(Math.max(0, start - 2), start).map((t) => t.word);
  const byWord = before.some((w, i) => lexicon.negations.includes(w) && before[i + 1] !== "only");
  const byConcept = named.some(
    (n) => lexicon.denials.includes(n.concept) && n.at.some((i) => i < start && i >= start - 2),
  );
  return byWord || byConcept;
}

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
  const words = wordsOf(hits.filter((h) => h.gives.includes(worst)));
  return { value: worst, source: "stated", confidence: 0.9, words };
}

/** Words shown as the ground of a fact. */
const mostWords = 6;

function wordsOf(hits: readonly { found: Found }[]): string {
  return [...new Set(hits.map((h) => h.found.words))].slice(0, mostWords).join(" … ");
}

/** Profiling is stated, or it lies in what is to be done: then purposes speak for it elsewhere. */
function profilingIn(
  text: string,
  list: Token[],
  named: readonly Named[],
  lexicon: Lexicon,
): Fact<boolean> | null {
  const hits = hitsOf(
    text,
    list,
    named,
    [{ gives: ["yes"], phrases: [], concepts: lexicon.profiling }],
    lexicon,
  );
  return hits.length === 0 ? null : { value: true, source: "stated", confidence: 0.8, words: wordsOf(hits) };
}

function changeIn(text: string, list: Token[], lexicon: Lexicon): Fact<boolean> | null {
  const [hit] = lexicon.change.phrases.flatMap((p) => find(text, list, phrase(p), false));
  return hit ? { value: true, source: "stated", confidence: 0.8, words: hit.words } : null;
}

/** A likelihood that settles that the rules themselves are asked about: by itself, with words for it, in an enquiry. */
const settling = { alone: 0.45, worded: 0.25, enquiry: 0.12 };
const enquiry =
  /(?:^|[.!?:,]\s*|¿\s*)(?:who|whom|whose|what|which|when|where|why|how (?:long|many|much|often|soon|quickly|do|does|is|are)|wer|wem|wen|was|welche[rsnm]?|wann|wo|wohin|warum|wie (?:lange|viele?|oft|schnell)|qui|que|quoi|quels?|quelles?|quand|où|pourquoi|combien|comment|quién(?:es)?|qué|cuál(?:es)?|cuándo|dónde|cuánt[oa]s?)(?![\p{L}])/iu;

/**
 * Whether a text asks what the rules say rather than for leave to do something. Who asks leave for a use, or names a tool,
 * asks for a verdict, unless the words are those of an enquiry.
 */
function asksForRules(
  text: string,
  named: readonly Named[],
  rules: number,
  use: boolean,
  lexicon: Lexicon,
): boolean {
  if (enquiry.test(text)) return rules > settling.enquiry;
  if (use || named.some((n) => n.concept === asksLeave)) return false;
  const worded = named.some((n) => lexicon.rules.includes(n.concept));
  return rules > (worded ? settling.worded : settling.alone);
}

/** The concept of `may I`, `darf ich`, `puis-je` and the like. */
const asksLeave = "may_i";

/** Characters of the task as it is kept with the facts. */
const longestTask = 200;

type Reading = {
  text: string;
  earlier: string[];
  named: Named[];
  steered: boolean;
  toolNamed: boolean;
};

/** Purposes of a conversation; a text in disguise (digits for letters) is read both ways, and the riskier reading counts. */
function purposesIn(
  { text, earlier, named, steered, toolNamed }: Reading,
  vocabulary: Vocabulary,
  vectors: ReadonlyMap<string, readonly number[]>,
): Pick<Facts, "purposes" | "suspected" | "task" | "matter"> {
  const read = readPurposes(windowsOf(text, earlier), vectors, vocabulary, steered);
  const undisguised = unmasqueraded(text);
  if (undisguised) {
    const second = readPurposes(windowsOf(undisguised, earlier), new Map(), vocabulary, true);
    read.careful.push(...second.careful.filter((c) => !read.careful.some((r) => r.purpose === c.purpose)));
    read.suspected.push(
      ...second.suspected.filter((c) => !read.suspected.some((r) => r.purpose === c.purpose)),
    );
  }
  const { suspected, plain, rules } = read;
  const careful = withoutCovered(read.careful, vocabulary.purposes);
  const use = toolNamed || (plain?.confidence ?? 0) > settling.worded;
  const clear = careful.length === 0 && suspected.length === 0;
  const matter = clear && asksForRules(text, named, rules, use, vocabulary.lexicon) ? "rules" : "use";
  const chosen = careful.length > 0 ? careful : plain && matter === "use" ? [plain] : [];
  const [first] = chosen;
  return {
    matter,
    suspected,
    purposes: first
      ? {
          value: chosen.map((c) => c.purpose),
          source: careful.length > 0 ? "stated" : "inferred",
          confidence: first.confidence,
          words: [...new Set(chosen.map((c) => c.words))].join(" … "),
        }
      : null,
    task: first
      ? {
          value: first.window.slice(0, longestTask),
          source: "stated",
          confidence: first.confidence,
          words: first.window.slice(0, longestTask),
        }
      : null,
  };
}

/** A purpose that another one found contains is left out. */
function withoutCovered(found: readonly ReadPurpose[], purposes: readonly Purpose[]): ReadPurpose[] {
  const covered = found.flatMap((f) => purposes.find((p) => p.slug === f.purpose)?.covers ?? []);
  return found.filter((f) => !covered.includes(f.purpose));
}
