/** A way to say one thing of a question: the stemmed words that stand for it, and how much they count from 0 to 1. */
export type Alternative = { lexemes: string[]; weight: number };

/** One thing that a question asks about, with all ways to say it. */
export type Matter = {
  alternatives: Alternative[];
  /** No passage has the word asked, only words that look like it. */
  guessed?: boolean;
};

/** How a passage looks to the ranking. */
export type Candidate = {
  id: string;
  kind: "clause" | "system" | "precedent" | "lesson";
  /** `2.3` of a clause. */
  number: string | null;
  /** Stemmed words of title and text, and of the title alone. */
  words: ReadonlySet<string>;
  heading: ReadonlySet<string>;
  /** Closeness to the question by vectors, from -1 to 1; null without them. */
  closeness: number | null;
  /** Likeness of the question to those that people ask about it, from 0 to 1. */
  likeness: number;
};

/** How rare each stemmed word is among the passages. */
export type Rarity = (lexeme: string) => number;

/** Rarity of a word (inverse document frequency): 0 where every passage has it. */
export function rarityOf(passages: number, having: number): number {
  return Math.log(1 + (passages - having + 0.5) / (having + 0.5));
}

/**
 * Reciprocal rank fusion with its usual constant of 60 (Cormack, Clarke and Büttcher 2009): the sum over lists of
 * weight/(60+rank).
 */
export function fused(lists: readonly { order: readonly string[]; weight: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { order, weight } of lists)
    for (const [i, id] of order.entries()) sums.set(id, (sums.get(id) ?? 0) + weight / (60 + i + 1));
  return sums;
}

/** The numbers of clauses that a question names, such as 2.3. */
export function numbersNamed(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.]*\d)/g)].map(([n]) => n))];
}

/** What an alternative is worth in a set of words; all of several words count more than some of them. */
function worth({ lexemes, weight }: Alternative, has: (lexeme: string) => boolean, rarity: Rarity): number {
  const matched = lexemes.filter(has);
  const sum = matched.reduce((s, l) => s + rarity(l), 0);
  return (weight * sum * matched.length) / Math.max(1, lexemes.length) ** 1.5;
}

function best(matter: Matter, has: (lexeme: string) => boolean, rarity: Rarity): number {
  return Math.max(0, ...matter.alternatives.map((a) => worth(a, has, rarity)));
}

/** A passage with its marks: `coverage` is the share of the question that it has words for. */
export type Ranked = {
  id: string;
  score: number;
  coverage: number;
  closeness: number | null;
  likeness: number;
};

/** How much the parts of a score count; found on the development and the tuning part of the labelled questions. */
const weights = { heading: 0.8, fusion: 1.3, closeness: 0.95, likeness: 0.6, numberNamed: 2 };
/** How much each list counts when ranks are fused. */
const listWeights = { plain: 1, bridged: 1.1, closeness: 2, likeness: 3 };
/** Clauses are what answers rest on; a lesson retells them. */
const byKind = { clause: 1, system: 0.95, precedent: 0.75, lesson: 0.7 };

/**
 * Orders passages by how well they fit a question. Four lists (the words asked, all words the glossary and misspelling
 * lead to, vectors, examples of questions) are fused by rank; then what the question asks about must be covered, rare words first. The words
 * `unknown` to all passages count as missed, so that a question about something else scores low whatever its small
 * words match. `named` are numbers of clauses the question names.
 */
export function ranked(
  matters: readonly Matter[],
  candidates: readonly Candidate[],
  rarity: Rarity,
  named: readonly string[] = [],
  unknown: { count: number; each: number } = { count: 0, each: 0 },
): Ranked[] {
  const all = (): boolean => true;
  const worthOf = (m: Matter): number => Math.max(m.guessed ? unknown.each : 0, best(m, all, rarity));
  const potential = matters.reduce((sum, m) => sum + worthOf(m), unknown.count * unknown.each);
  const marks = candidates.map((c) => {
    const sum = (list: readonly Matter[], has: ReadonlySet<string>): number =>
      list.reduce((s, m) => s + best(m, (l) => has.has(l), rarity), 0);
    const asked = matters.map((m) => ({ ...m, alternatives: m.alternatives.filter((a) => a.weight === 1) }));
    const length = 1 / (1 + 0.1 * Math.log2(Math.max(1, c.words.size / 40)));
    return {
      candidate: c,
      plain: sum(asked, c.words) * length,
      bridged: sum(matters, c.words) * length,
      heading: sum(matters, c.heading),
    };
  });
  const order = (value: (m: (typeof marks)[number]) => number): string[] =>
    marks
      .filter((m) => value(m) > 0)
      .toSorted((a, b) => value(b) - value(a) || a.candidate.id.localeCompare(b.candidate.id))
      .map((m) => m.candidate.id);
  const fusion = fused([
    { order: order((m) => m.plain), weight: listWeights.plain },
    { order: order((m) => m.bridged), weight: listWeights.bridged },
    { order: order((m) => m.candidate.closeness ?? 0), weight: listWeights.closeness },
    { order: order((m) => m.candidate.likeness), weight: listWeights.likeness },
  ]);
  return marks
    .map(({ candidate, bridged, heading }) => {
      const share = (sum: number): number => (potential === 0 ? 0 : sum / potential);
      const coverage = share(bridged);
      const score =
        (coverage +
          weights.heading * share(heading) +
          weights.fusion * (fusion.get(candidate.id) ?? 0) +
          weights.closeness * Math.max(0, candidate.closeness ?? 0) +
          weights.likeness * candidate.likeness) *
          byKind[candidate.kind] +
        (candidate.number !== null && named.includes(candidate.number) ? weights.numberNamed : 0);
      const { id, closeness, likeness } = candidate;
      return { id, score, coverage, closeness, likeness };
    })
    .toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

/** What speaks against an answer: words of matters that the policies leave to others, and questions about such matters. */
export type Against = {
  elsewhere: boolean;
  /** Likeness to example questions that no clause answers, and closeness by vectors; null without vectors. */
  likeness: number;
  closeness: number | null;
};

/**
 * How much each sign counts when it is decided whether the best passage answers a question: a logistic regression on
 * the development and the tuning part of the labelled questions, with and without vectors. Above 0 it does.
 */
const evidence = {
  withVectors: {
    base: 0.1,
    coverage: 1.9,
    closeness: 2.8,
    likeness: 1.75,
    elsewhere: -2.5,
    likeElsewhere: -4.7,
    closeElsewhere: -2.9,
  },
  byWords: {
    base: 0.39,
    coverage: 1.8,
    closeness: 0,
    likeness: 2.1,
    elsewhere: -2.7,
    likeElsewhere: -5.7,
    closeElsewhere: 0,
  },
  /** Where there are no example questions to tell by, words alone must carry an answer. */
  byWordsAlone: {
    base: -0.6,
    coverage: 1.8,
    closeness: 0,
    likeness: 0,
    elsewhere: -1,
    likeElsewhere: 0,
    closeElsewhere: 0,
  },
};

/** Whether the best passage found answers a question. `hasExamples`: there are example questions to compare with. */
export function answers(first: Ranked, against: Against, hasExamples: boolean): boolean {
  if (first.score >= weights.numberNamed) return true;
  const vectors = first.closeness !== null || against.closeness !== null;
  const w = !hasExamples ? evidence.byWordsAlone : vectors ? evidence.withVectors : evidence.byWords;
  return (
    w.base +
      w.coverage * first.coverage +
      w.closeness * (first.closeness ?? 0) +
      w.likeness * first.likeness +
      w.elsewhere * (against.elsewhere ? 1 : 0) +
      w.likeElsewhere * against.likeness +
      w.closeElsewhere * (against.closeness ?? 0) >
    0
  );
}

/** What a word that no passage has is worth in a question, see {@link ranked}: most of what the rarest known one is. */
export function unknownWorth(passages: number): number {
  return 0.8 * rarityOf(passages, 1);
}
