import type { Pattern } from "#app/domain/evidence/profile-pattern.ts";

/** For each statement of one registration, in order: the templates it matches. */
type Matched = readonly (readonly string[])[];
type Match = { outcome: "success" | "partial" | "failure"; rest: Matched };

/** The primary patterns that the statements of one registration follow from the first to the last, or have begun to follow. */
export function followed(patterns: readonly Pattern[], statements: Matched): string[] {
  return patterns
    .filter((pattern) => pattern.primary)
    .filter((pattern) => {
      const { outcome, rest } = match(patterns, statements, pattern.id);
      return outcome !== "failure" && rest.length === 0;
    })
    .map((pattern) => pattern.id);
}

/** `matches` of xAPI Profiles part 3 §2.2: greedy, without backtracking. `id` is of a pattern, else of a template. */
function match(patterns: readonly Pattern[], statements: Matched, id: string): Match {
  const of = (rest: Matched, member: string): Match => match(patterns, rest, member);
  const pattern = patterns.find((one) => one.id === id);
  if (!pattern) return matchTemplate(statements, id);
  if ("sequence" in pattern) return matchSequence(statements, pattern.sequence, of);
  if ("alternates" in pattern)
    return longest(
      pattern.alternates.map((member) => of(statements, member)),
      statements,
    );
  if ("optional" in pattern) {
    const once = statements.length === 0 ? null : of(statements, pattern.optional);
    return once === null || once.outcome === "failure" ? { outcome: "success", rest: statements } : once;
  }
  if ("oneOrMore" in pattern) {
    const first = of(statements, pattern.oneOrMore);
    return first.outcome === "success" ? repeated(first.rest, pattern.oneOrMore, of) : first;
  }
  return repeated(statements, pattern.zeroOrMore, of);
}

type MatchMember = (rest: Matched, member: string) => Match;

function matchTemplate(statements: Matched, id: string): Match {
  const [first, ...rest] = statements;
  if (!first) return { outcome: "partial", rest: [] };
  return first.includes(id) ? { outcome: "success", rest } : { outcome: "failure", rest: statements };
}

function matchSequence(statements: Matched, members: readonly string[], of: MatchMember): Match {
  let rest = statements;
  for (const member of members) {
    const next = of(rest, member);
    if (next.outcome === "failure") return { outcome: "failure", rest: statements };
    if (next.outcome === "partial") return { outcome: "partial", rest: [] };
    rest = next.rest;
  }
  return { outcome: "success", rest };
}

function longest(tried: readonly Match[], statements: Matched): Match {
  const [best] = tried
    .filter((one) => one.outcome === "success")
    .toSorted((a, b) => a.rest.length - b.rest.length);
  if (best) return best;
  const partial = tried.some((one) => one.outcome === "partial");
  return partial ? { outcome: "partial", rest: [] } : { outcome: "failure", rest: statements };
}

function repeated(statements: Matched, member: string, of: MatchMember): Match {
  let rest = statements;
  while (rest.length > 0) {
    const next = of(rest, member);
    if (next.outcome === "partial") return next;
    if (next.outcome === "failure" || next.rest.length === rest.length) break;
    rest = next.rest;
  }
  return { outcome: "success", rest };
}
