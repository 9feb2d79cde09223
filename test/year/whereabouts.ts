import { expect } from "vitest";
import { asAtOf, type Knowledge } from "#app/domain/competence/as-at.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { dayOf } from "./calendar.ts";
import type { World } from "./world.ts";

type Said = { at: Date; id: string } & ({ department: string; from: string } | { leftOn: string });

/** Who was where, by what was said of it and when, in that order. */
export class Whereabouts {
  private readonly said: Said[] = [];

  works(id: string, department: string, from: string, at: Date): void {
    this.said.push({ id, department, from, at });
  }

  leaves(id: string, leftOn: string, at: Date): void {
    this.said.push({ id, leftOn, at });
  }

  /** Departments of those who were here on a day: what was said last of it, by its end or by now. */
  on(day: string, known: Knowledge): Map<string, string> {
    const found = new Map<string, string>();
    const heard = this.said.filter((one) => known === "now" || dayOf(one.at) <= day);
    for (const one of heard) if ("department" in one && one.from <= day) found.set(one.id, one.department);
    for (const one of heard) if ("leftOn" in one && one.leftOn <= day) found.delete(one.id);
    return found;
  }
}

/** Holds the board of a past day to it, in both senses. */
export async function wereWhereTheyWere(world: World, days: readonly string[]): Promise<void> {
  for (const day of days)
    for (const known of ["then", "now"] as const) {
      const asAt = asAtOf({ at: day, known }, world.clock);
      const shown = new Map<string, string>();
      let after: string | null = null;
      do {
        const input = { filter: boardFilter.parse({}), after, asAt };
        const page = await board(world.db, world.actor("ines"), input, world.clock);
        for (const one of page.people) shown.set(one.id, one.department);
        after = page.next;
      } while (after !== null);
      expect(Object.fromEntries(shown), `${day}, known ${known}`).toEqual(
        Object.fromEntries(world.whereabouts.on(day, known)),
      );
    }
}
