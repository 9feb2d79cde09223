import fc from "fast-check";
import type { RecordedPeriod } from "#app/domain/competence/as-at.ts";

type Step = {
  kind: "assign" | "complete" | "move" | "import" | "end" | "supersede";
  after: number;
  days: number;
};

const step = fc.record<Step>({
  kind: fc.constantFrom("assign", "assign", "complete", "complete", "move", "import", "end", "supersede"),
  after: fc.integer({ min: 1, max: 40 }),
  days: fc.integer({ min: 0, max: 60 }),
});

/** What may be recorded of one person and requirement, one thing after the other. */
export const steps = fc.array(step, { minLength: 1, maxLength: 10 });

const day = 86_400_000;
export const beginning = new Date("2026-01-05T09:00:00Z");

/** The periods after each step, with the moment at which it was recorded. */
export function historyOf(all: readonly Step[]): { at: Date; periods: RecordedPeriod[] }[] {
  const history: { at: Date; periods: RecordedPeriod[] }[] = [];
  let periods: RecordedPeriod[] = [];
  let at = beginning;
  for (const one of all) {
    at = new Date(at.getTime() + one.after * day);
    periods = after(periods, one, at);
    history.push({ at, periods });
  }
  return history;
}

function after(periods: readonly RecordedPeriod[], { kind, days }: Step, at: Date): RecordedPeriod[] {
  const ago = new Date(at.getTime() - days * day);
  const ahead = new Date(at.getTime() + (days + 1) * day);
  const last = periods.at(-1);
  const others = periods.slice(0, -1);
  const isOpen = last !== undefined && last.completedAt === null && last.endedAt === null;
  if (kind === "assign" && !isOpen) return [...periods, aPeriod(periods.length + 1, at, ahead)];
  if (kind === "import" && !isOpen) {
    const late = { ...aPeriod(periods.length + 1, ago, ago), ...completed(ago, ahead), recordedAt: at };
    return [...periods, late];
  }
  if (kind === "complete" && isOpen) return [...others, { ...last, startedAt: at, ...completed(at, ahead) }];
  if (kind === "move" && last) {
    const { dueAt, graceUntil, startedAt, completedAt, renewFrom, expiresAt, supersededAt, endedAt } = last;
    const kept = { dueAt, graceUntil, startedAt, completedAt, renewFrom, expiresAt, supersededAt, endedAt };
    const moved =
      completedAt === null ? { dueAt: ahead, graceUntil: ahead } : { renewFrom: at, expiresAt: ahead };
    return [...others, { ...last, ...moved, before: [...last.before, { ...kept, until: at }] }];
  }
  if (kind === "end" && isOpen) return [...others, { ...last, endedAt: at }];
  if (kind === "supersede") return periods.map((one, i) => superseded(one, periods[i + 1], at));
  return [...periods];
}

const aPeriod = (number: number, at: Date, due: Date): RecordedPeriod => ({
  number,
  assignedAt: at,
  dueAt: due,
  graceUntil: due,
  startedAt: null,
  completedAt: null,
  renewFrom: null,
  expiresAt: null,
  supersededAt: null,
  endedAt: null,
  recordedAt: null,
  before: [],
});

const completed = (at: Date, until: Date) => ({ completedAt: at, renewFrom: at, expiresAt: until });

/** Stores late, as the schedule does, that the next has taken over. */
function superseded(one: RecordedPeriod, next: RecordedPeriod | undefined, at: Date): RecordedPeriod {
  if (!next || one.supersededAt !== null || one.endedAt !== null) return one;
  const { expiresAt } = one;
  if (next.completedAt === null && (expiresAt === null || expiresAt > at)) return one;
  const moments = [
    next.completedAt,
    expiresAt && (expiresAt > next.assignedAt ? expiresAt : next.assignedAt),
  ];
  const first = moments.filter((m): m is Date => m !== null).toSorted((a, b) => a.getTime() - b.getTime())[0];
  return { ...one, supersededAt: first ?? null };
}
