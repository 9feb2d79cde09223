import { dayOf, endOfDay, localDay, plusDays, plusMonths, startOfDay, type Zone } from "./calendar.ts";

/**
 * What the rules of requirements come to, said again in other words: from what happened to each person alone, without
 * periods, numbers or tables, and without a line of the product. The year is held to it.
 */
export type OracleState =
  "not_started" | "in_progress" | "competent" | "expiring" | "overdue" | "expired" | "waived";

/** A requirement as the oracle knows it. */
export type Demand = {
  slug: string;
  windowDays: number;
  dueDays: number;
  graceDays: number;
  /** Month and day on which all competence of it ends. */
  fixedDay?: string;
  asks: (person: Facts) => boolean;
};

/** What is known of a person. */
export type Facts = {
  id: string;
  zone: Zone;
  location: string;
  computerShare: number;
  audiences: string[];
  oversees: string[];
  leftOn: string | null;
};

type Cycle = {
  since: Date;
  due: Date;
  grace: Date;
  first: boolean;
  started: boolean;
  waivedUntil: Date | null;
};
/** Until when something counts, since when it can be renewed, and the day its anniversaries are reckoned from. */
type Proof = { until: Date; renew: Date; anchor: string | null };

const dayMs = 86_400_000;
const yearly = 12;

/** One person before one requirement. */
export class Standing {
  asked = false;
  /** What is to be done while nothing counts, or the first of all. */
  private cycle: Cycle | null = null;
  proof: Proof | null = null;
  private leave: { from: string; until: string } | null = null;

  constructor(
    private readonly demand: Demand,
    private readonly zone: Zone,
  ) {}

  state(at: Date): OracleState {
    if (this.proof && at < this.proof.until) return at < this.proof.renew ? "competent" : "expiring";
    // Whoever let a competence lapse had all of the window to renew it.
    if (this.proof) return "expired";
    if (!this.cycle) throw new Error(`${this.demand.slug} asks nothing`);
    const { grace, first, started, waivedUntil } = this.cycle;
    if (waivedUntil && at < waivedUntil) return "waived";
    if (at >= grace) return first ? "overdue" : "expired";
    return started ? "in_progress" : "not_started";
  }

  ask(at: Date): void {
    const before = this.cycle !== null || this.proof !== null;
    this.asked = true;
    if (this.proof && at < this.proof.until) return;
    this.open(at, !before);
  }

  begin(): void {
    if (this.cycle) this.cycle.started = true;
  }

  complete(at: Date): void {
    const { windowDays, fixedDay } = this.demand;
    const done = localDay(at, this.zone);
    const until = (anchor: string, day: string): void => {
      const renew = startOfDay(plusDays(day, -windowDays), this.zone);
      this.proof = { anchor, until: endOfDay(day, this.zone), renew };
    };
    const earlier = this.proof && at < this.proof.until ? this.proof : null;
    if (fixedDay) {
      // The first such day whose window has not opened yet.
      let year = Number(done.slice(0, 4));
      while (done >= plusDays(`${year}-${fixedDay}`, -windowDays)) year += 1;
      return until(fixedDay, `${year}-${fixedDay}`);
    }
    if (!earlier) return until(done, plusMonths(done, yearly));
    const ends = localDay(earlier.until, this.zone);
    const anchor = earlier.anchor ?? ends;
    if (at < earlier.renew) return until(anchor, ends);
    let cycles = 1;
    while (plusMonths(anchor, cycles * yearly) <= ends) cycles += 1;
    until(anchor, plusMonths(anchor, cycles * yearly));
  }

  /** Proven otherwise than by the training, until the end of a day where the person is at most. */
  recognise(at: Date, lastDay: string): void {
    this.complete(at);
    const until = endOfDay(lastDay, this.zone);
    if (!this.proof || until >= this.proof.until) return;
    const renew = startOfDay(plusDays(lastDay, -this.demand.windowDays), this.zone);
    this.proof = { until, renew, anchor: null };
  }

  /** Proven in an earlier system, which knew days alone and nothing of anniversaries. */
  imported(completedOn: string): void {
    const ends = plusMonths(completedOn, yearly);
    const renew = startOfDay(plusDays(ends, -this.demand.windowDays), this.zone);
    this.proof = { until: endOfDay(ends, this.zone), renew, anchor: completedOn };
  }

  /** Training asked again: what is proven counts some days more at most. */
  askAgain(at: Date, days = this.demand.dueDays): void {
    if (!this.proof || at >= this.proof.until) return;
    const until = new Date(at.getTime() + days * dayMs);
    if (until >= this.proof.until && at >= this.proof.renew) return;
    const { proof } = this;
    this.proof = {
      anchor: null,
      until: until < proof.until ? until : proof.until,
      renew: at < proof.renew ? at : proof.renew,
    };
  }

  /** What was proven does not count any more, and the time of a newly assigned person begins. */
  revoke(at: Date): void {
    this.proof = null;
    this.open(at, false);
  }

  waive(lastDay: string): void {
    if (this.cycle) this.cycle.waivedUntil = startOfDay(plusDays(lastDay, 1), "UTC");
  }

  /** Days of leave are no days of the time somebody has. */
  away(from: string, until: string): void {
    this.leave = { from, until };
    if (this.cycle) Object.assign(this.cycle, this.dates(this.cycle.since));
  }

  private open(at: Date, first: boolean): void {
    this.proof = null;
    this.cycle = { since: at, ...this.dates(at), first, started: false, waivedUntil: null };
  }

  private dates(since: Date): { due: Date; grace: Date } {
    const { dueDays, graceDays } = this.demand;
    const due = this.after(localDay(since, this.zone), dueDays);
    return { due: endOfDay(due, this.zone), grace: endOfDay(this.after(due, graceDays), this.zone) };
  }

  private after(day: string, days: number): string {
    let at = day;
    for (let left = days; left > 0;) {
      at = plusDays(at, 1);
      const away = this.leave && this.leave.from <= at && at <= this.leave.until;
      if (!away) left -= 1;
    }
    return at;
  }
}

/** All people before all requirements. */
export class Oracle {
  readonly people = new Map<string, Facts>();
  private readonly all = new Map<string, Standing>();

  constructor(readonly demands: readonly Demand[]) {}

  of(personId: string, slug: string): Standing {
    const key = `${personId} ${slug}`;
    const known = this.all.get(key);
    if (known) return known;
    const facts = this.people.get(personId);
    const demand = this.demands.find((one) => one.slug === slug);
    if (!facts || !demand) throw new Error(`nobody knows ${key}`);
    const made = new Standing(demand, facts.zone);
    this.all.set(key, made);
    return made;
  }

  /** Looks at everybody again: who falls under what from now on, and who no more. */
  look(at: Date): void {
    for (const facts of this.people.values())
      for (const { slug, asks } of this.demands) {
        const here = facts.leftOn === null || dayOf(at) < facts.leftOn;
        const asked = here && asks(facts);
        const standing = this.of(facts.id, slug);
        if (asked && !standing.asked) standing.ask(at);
        standing.asked = asked;
      }
  }

  /** Everybody's state at a moment, as `person requirement`. */
  states(at: Date): Map<string, OracleState> {
    const here = [...this.people.values()].filter((one) => one.leftOn === null || dayOf(at) < one.leftOn);
    return new Map(
      here.flatMap(({ id }) =>
        this.demands
          .filter(({ slug }) => this.of(id, slug).asked)
          .map(({ slug }) => [`${id} ${slug}`, this.of(id, slug).state(at)] as const),
      ),
    );
  }
}

/** How many stand in each state of a requirement, without those where nobody does. */
export function countOf(
  states: ReadonlyMap<string, OracleState>,
  slug: string,
): Partial<Record<OracleState, number>> {
  const counts: Partial<Record<OracleState, number>> = {};
  for (const [key, state] of states) if (key.endsWith(` ${slug}`)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
