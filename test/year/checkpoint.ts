import { expect } from "vitest";
import { openAcknowledgements } from "#app/domain/competence/acknowledgement-duty.server.ts";
import { boardFilter, coverage, type StateCounts } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { countOf, type OracleState } from "./oracle.ts";
import type { World } from "./world.ts";

/** What was seen at a moment: for each requirement how many stood in each state, without those where nobody did. */
export type Seen = { at: Date; counts: Counts };
type Counts = Record<string, Partial<Record<OracleState, number>>>;

/** Holds what the product says of everybody now to what the oracle makes of what happened. */
export async function checkpoint(world: World): Promise<Seen> {
  const { db, clock, oracle } = world;
  const expected = oracle.states(clock);
  const shown = await wholeBoard(world);
  expect(inOrder(shown.states), `the board of ${clock.toISOString()}`).toEqual(inOrder(expected));
  for (const [key, until] of shown.untils) {
    const [id = "", slug = ""] = key.split(" ");
    const { proof } = oracle.of(id, slug);
    if (proof && clock < proof.until) expect(until, `the end of ${key}`).toEqual(proof.until);
  }
  const counts = countsOf(world, expected);
  for (const { slug } of oracle.demands) {
    const count = counts[slug] ?? {};
    const summary = shown.summary.find((one) => one.slug === slug)?.counts;
    expect(present(summary), `counts of ${slug}`).toEqual(count);
    expect(summary && coverage(summary), `coverage of ${slug}`).toEqual(shareOf(count));
  }
  const open = await openAcknowledgements(db, clock);
  for (const [policy, requirement] of [
    ["ai-policy", "awareness"],
    ["texas-policy", "texas"],
  ] as const)
    expect(
      open
        .filter((one) => one.slug === policy)
        .map((one) => one.personId)
        .toSorted(),
      `who has not acknowledged ${policy} at ${clock.toISOString()}`,
    ).toEqual(world.unsigned(policy, requirement));
  return { at: clock, counts };
}

/** States of everybody, counted for each requirement. */
export const countsOf = (world: World, states: ReadonlyMap<string, OracleState>): Counts =>
  Object.fromEntries(world.oracle.demands.map(({ slug }) => [slug, countOf(states, slug)]));

/** All pages of the board, as HR see it. */
async function wholeBoard(world: World) {
  const states = new Map<string, string>();
  const untils = new Map<string, Date | null>();
  let after: string | null = null;
  for (;;) {
    const page = await board(
      world.db,
      world.actor("ines"),
      { filter: boardFilter.parse({}), after },
      world.clock,
    );
    for (const one of page.people)
      for (const { requirement, state, expiresAt } of one.cells) {
        states.set(`${one.id} ${requirement}`, state);
        untils.set(`${one.id} ${requirement}`, expiresAt);
      }
    after = page.next;
    if (after === null) return { states, untils, summary: page.summary };
  }
}

const inOrder = (states: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...states].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Counts without those that are zero. */
export const present = (counts: StateCounts | undefined): Partial<StateCounts> =>
  Object.fromEntries(Object.entries(counts ?? {}).filter(([, n]) => n > 0));

function shareOf(count: Partial<Record<OracleState, number>>): number | null {
  const { waived = 0, competent = 0, expiring = 0 } = count;
  const all = Object.values(count).reduce((sum, n) => sum + n, 0) - waived;
  return all === 0 ? null : (competent + expiring) / all;
}
