import { sql } from "drizzle-orm";
import type { Database, Db } from "#db/client.server.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { pageOfBoard } from "#app/domain/competence/board-page.server.ts";
import { board, countStates } from "#app/domain/competence/board.server.ts";
import { coverageOverTime } from "#app/domain/competence/coverage.server.ts";
import { currentRequirements } from "#app/domain/competence/requirement.server.ts";
import { effectOfRequirement } from "#app/domain/competence/requirement-edit.server.ts";
import { reviewFigures } from "#app/domain/effectiveness/review-figures.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { fillBoard, requirementsForAll } from "./bench-board-people.ts";

type Figure = { name: string; value: number; unit: string; against: string; other: number };

/**
 * The board at 1,000 people and, on PostgreSQL, at 100,000 (embedded: 10,000), each with twelve requirements: what a page
 * takes as a whole, and the statements behind it. The fastest of five runs, for other work on the machine only adds.
 */
export async function boardSpeed(db: Db, engine: Database["engine"]): Promise<Figure[]> {
  const now = new Date();
  const many = engine === "postgres" ? 100_000 : 10_000;
  await requirementsForAll(db, now);
  const pages = {
    "first page": {},
    "department, status and requirement": {
      department: "Sales",
      status: "overdue",
      requirement: "ai-awareness-yearly",
    },
    department: { department: "Sales" },
    location: { location: "Austin" },
    team: { manager: "person.1@aldermoor.example" },
    "a rare status": { status: "overdue" },
    "a frequent status": { status: "competent" },
    "expiring within 30 days": { expiring: "30" },
    search: { q: "kowalska" },
  };
  const measure = async (people: number): Promise<Map<string, number>> => {
    await fillBoard(db, people, now);
    await db.execute(sql`vacuum analyze`);
    const fastest = new Map<string, number>();
    const timed = async (name: string, run: () => Promise<unknown>): Promise<void> => {
      const times: number[] = [];
      for (let i = 0; i < 5; i++) {
        const began = performance.now();
        await run();
        times.push(performance.now() - began);
      }
      fastest.set(name, Math.min(...times));
    };
    const requirements = await currentRequirements(db);
    const wanted = { requirements, at: {}, size: 25, asAt: null };
    const everybody = { visible: undefined, matching: undefined };
    await timed("people of the first page (one statement)", () =>
      pageOfBoard(db, { ...wanted, matching: undefined }, now),
    );
    await timed("coverage (one statement)", () => countStates(db, everybody, requirements, null, now));
    for (const [name, filter] of Object.entries(pages))
      await timed(`${name}, whole`, () => board(db, system, { filter: boardFilter.parse(filter) }, now));
    for (const months of [12, 24])
      await timed(`coverage over ${months} months (one statement)`, () =>
        coverageOverTime(db, system, { filter: boardFilter.parse({}), months }, now),
      );
    const span = { from: dayOf(now, -180), until: dayOf(now, 0), check: false };
    await timed("figures of a management review", () => reviewFigures(db, system, span, now));
    const [first] = requirements;
    if (first) {
      const appliesTo = { any: [{ all: [{ department: ["Sales"] }] }] };
      await timed("trial of a changed requirement", () =>
        effectOfRequirement(db, system, { ...first, audiences: [], appliesTo }, now),
      );
    }
    return fastest;
  };
  const small = await measure(1000);
  const large = await measure(many);
  return [...large].map(([name, value]) => ({
    name: `board, ${name} (${engine})`,
    value,
    unit: `ms with ${many} people`,
    against: "with 1,000",
    other: small.get(name) ?? 0,
  }));
}

const dayOf = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
