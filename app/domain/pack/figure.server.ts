import type { Db } from "#db/client.server.ts";
import { coverage, type StateCounts, stateCounts } from "../competence/board.ts";
import { type PeriodState, periodStateNames, periodStates } from "../competence/period-state.ts";
import { csvHead, csvLines, escaped, page, table } from "./page.ts";
import { peoplePages, requirementsIn, standingsOf } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.figures;

/** How many stand in which state, by requirement and department. */
export async function figureFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  return [
    {
      path: `${folder}/coverage.html`,
      shows: "How many are competent in what, with the definition of each figure.",
      async *content() {
        const rows = await coverageRows(db, scope);
        const titles = new Map((await requirementsIn(db, scope)).map((one) => [one.slug, one.title]));
        const merged = merge(rows).map(({ requirement, counts }) => [
          escaped(titles.get(requirement) ?? requirement),
          ...periodStates.map((state) => String(counts[state])),
          percent(coverage(counts)),
        ]);
        yield page("Figures", `${definitions}${table(`As known at ${scope.asAt}`, columns, merged)}`);
      },
    },
    {
      path: `${folder}/coverage.csv`,
      shows: "The same by requirement and department.",
      async *content() {
        yield csvHead(["Requirement", "Department", ...columns.slice(1)]);
        yield csvLines(
          (await coverageRows(db, scope)).map(({ requirement, department, counts }) => [
            requirement,
            department,
            ...periodStates.map((state) => counts[state]),
            percent(coverage(counts)),
          ]),
        );
      },
    },
  ];
}

const columns = ["Requirement", ...periodStates.map((state) => periodStateNames[state]), "Coverage"];

const definitions = `<p>Each person is counted once for each requirement that asks something of them. <strong>Competent</strong> and
<strong>Expiring</strong> have completed the requirement and the competence still counts; of those expiring, renewal has opened.
<strong>In progress</strong> and <strong>Not started</strong> are within the time given. <strong>Overdue</strong> have missed it, grace
included. <strong>Expired</strong> were competent and did not renew in time. <strong>Waived</strong> are exempt for a time.</p>
<p><strong>Coverage</strong> = (competent + expiring) / (all − waived).</p>
`;

/** A share as people read it; empty when there is none. */
export const percent = (value: number | null): string =>
  value === null ? "" : `${(value * 100).toFixed(1)} %`;

export type CoverageRow = { requirement: string; department: string; counts: StateCounts };

/** Counts for the whole scope, read a page of people at a time. */
export async function coverageRows(db: Db, scope: PackOrder["scope"]): Promise<CoverageRow[]> {
  const requirements = await requirementsIn(db, scope);
  const counts = new Map<
    string,
    { requirement: string; department: string; state: PeriodState; count: number }
  >();
  for await (const people of peoplePages(db, scope))
    for (const { person, cells } of await standingsOf(db, people, scope, requirements))
      for (const { requirement, state } of cells) {
        const key = JSON.stringify([requirement.slug, person.department, state]);
        const known = counts.get(key);
        if (known) known.count += 1;
        else
          counts.set(key, { requirement: requirement.slug, department: person.department, state, count: 1 });
      }
  const groups = new Map<string, (typeof counts extends Map<string, infer V> ? V : never)[]>();
  for (const one of counts.values()) {
    const key = JSON.stringify([one.requirement, one.department]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rows]) => {
      const [requirement = "", department = ""] = JSON.parse(key) as string[];
      return { requirement, department, counts: stateCounts(rows) };
    });
}

/** The same for each requirement alone. */
export function merge(rows: readonly CoverageRow[]): { requirement: string; counts: StateCounts }[] {
  return [...new Set(rows.map((row) => row.requirement))].map((requirement) => ({
    requirement,
    counts: stateCounts(
      rows
        .filter((row) => row.requirement === requirement)
        .flatMap((row) => periodStates.map((state) => ({ state, count: row.counts[state] }))),
    ),
  }));
}
