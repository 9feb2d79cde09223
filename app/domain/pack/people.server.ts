import type { Db } from "#db/client.server.ts";
import { waiverEnd } from "../competence/assignment.ts";
import { periodStateNames } from "../competence/period-state.ts";
import type { Requirement } from "../competence/requirement.ts";
import {
  basesKnown,
  basisColumns,
  type Ground,
  groundsOf,
  legacyColumns,
  legacyKnown,
} from "./basis.server.ts";
import { attemptRows, certificateRows } from "./cycle-proof.server.ts";
import { waiversKnown } from "./known.server.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { namingsKnown } from "./naming.server.ts";
import { csvHead, csvLines, linkTo, page, shown, table, type Value } from "./page.ts";
import {
  pageSize,
  pageStarts,
  type PeriodRow,
  peoplePages,
  type Standing,
  standingsOf,
} from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.people;

/** Who is competent in what, and all that proves it: cycles, attempts, certificates and waivers. */
export async function peopleFiles(db: Db, order: PackOrder): Promise<PackFile[]> {
  const { scope } = order;
  const csv = (
    name: string,
    shows: string,
    head: readonly string[],
    rows: (standings: readonly Standing[], requirements: readonly Requirement[]) => Promise<Value[][]>,
  ): PackFile => ({
    path: `${folder}/${name}.csv`,
    shows,
    async *content() {
      const requirements = await requirementsIn(db, scope);
      yield csvHead(head);
      for await (const people of peoplePages(db, scope))
        yield csvLines(await rows(await standingsOf(db, people, scope, requirements), requirements));
    },
  });
  const periodsOf = (all: readonly Standing[]): PeriodRow[] =>
    all.flatMap((one) => one.periods.filter((p) => !leftBehind(p, scope.from)));
  return [
    ...(await pages(db, order)),
    csv(
      "competence",
      "One row for each person and requirement: how they stood at the end, and by what. Due and expires are days where the person is.",
      [
        ...personColumns,
        "Requirement",
        "State",
        "Basis",
        "What proves it",
        "SHA-256 of the proof",
        "Approved by",
        "Approved (UTC)",
        "Due",
        "Completed (UTC)",
        "Expires",
        "Waived until (UTC)",
        "Reason of the waiver",
        "Period (registration of its statements)",
      ],
      async (all) => {
        const groundOf = await groundsIn(db, all, scope);
        return all.flatMap((one) =>
          one.cells.map((cell) => [
            ...personCells(one),
            ...cellOf(cell, one.person.timeZone, groundOf(cell.period), scope),
          ]),
        );
      },
    ),
    csv(
      "periods",
      "Every cycle of certification that concerns this time, with its dates.",
      [
        "Period",
        "Person",
        "Requirement",
        "Cycle",
        "Assigned",
        "Due",
        "Grace until",
        "Started",
        "Completed",
        "Renewal opens",
        "Expires",
        "Next cycle took over",
        "Completed by",
        "Carries on the competence of",
        "Opened by",
        "No longer asked since",
        "Why it is no longer asked",
      ],
      async (all) =>
        periodsOf(all).map((p) => [
          p.id,
          p.personId,
          p.requirementSlug,
          p.number,
          p.assignedAt,
          p.dueAt,
          p.graceUntil,
          p.startedAt,
          p.completedAt,
          p.renewFrom,
          p.expiresAt,
          p.supersededAt,
          // A cycle that carries a competence on was completed by nothing of its own.
          p.completedAt === null || p.carriedFrom !== null ? null : (p.recognisedAs ?? "training"),
          p.carriedFrom,
          p.openedBy,
          p.endedAt,
          p.endedReason,
        ]),
    ),
    csv(
      "attempts",
      "Every attempt at an assessment in these cycles, with its result.",
      ["Attempt", "Period", "Person", "Number", "Started", "Submitted", "Score (percent)", "Passed"],
      (all) =>
        attemptRows(
          db,
          periodsOf(all).map((p) => p.id),
          new Date(scope.asAt),
        ),
    ),
    csv(
      "certificates",
      "Every certificate of these cycles, and those that were revoked, with the reason.",
      [
        "Certificate",
        "Code",
        "Period",
        "Person",
        "Holder as printed",
        "Title",
        "Module version",
        "Score (percent)",
        "Issued",
        "Expires as printed",
        "Revoked",
        "Reason",
      ],
      (all) =>
        certificateRows(
          db,
          periodsOf(all).map((p) => p.id),
          new Date(scope.asAt),
        ),
    ),
    csv(
      "waivers",
      "Every waiver in these cycles: who granted it, until when, and why; and who ended it before, and why.",
      ["Period", "Granted", "By", "Last day", "Reason", "Ended before", "By whom", "Why"],
      async (all) => {
        const ids = periodsOf(all).map((p) => p.id);
        const waivers = [...(await waiversKnown(db, ids, new Date(scope.asAt))).values()].flat();
        return waivers.map(({ ended, ...w }): Value[] => [
          w.periodId,
          w.grantedAt,
          w.grantedBy,
          w.lastDay,
          w.reason,
          ended?.at,
          ended?.by,
          ended?.reason,
        ]);
      },
    ),
    csv(
      "asked-by-name",
      "Whom requirements asked by name besides those under their rules: by whom, why and until when.",
      ["Person", "Requirement", "Named", "By", "Last day", "Reason", "Ended", "By whom", "Why"],
      (all) => namingsKnown(db, idsOf(all), scope),
    ),
    csv(
      "bases",
      "What was submitted as education, external training, experience or observed competence, and what was decided about it.",
      basisColumns,
      async (all) => (await basesKnown(db, idsOf(all), scope)).map((one) => one.cells),
    ),
    csv(
      "earlier-systems",
      "Records imported from earlier systems: which row of which file, by whom and when.",
      legacyColumns,
      (all) => legacyKnown(db, idsOf(all), scope),
    ),
  ];
}

/** Whether a cycle had ended before the time of the scope began. */
const leftBehind = (p: PeriodRow, from: string): boolean =>
  p.supersededAt !== null && p.supersededAt <= new Date(`${from}T00:00:00Z`);

const personColumns = ["Person", "Pseudonym in statements", "Name", "Department", "Title"];
const personCells = ({ person }: Standing): Value[] => [
  person.id,
  person.pseudonym,
  person.name,
  person.department,
  person.title,
];

const idsOf = (all: readonly Standing[]): string[] => all.map((one) => one.person.id);

/** What the cycles of people rest on. */
const groundsIn = (db: Db, all: readonly Standing[], scope: PackOrder["scope"]) =>
  groundsOf(
    db,
    all.flatMap((one) => one.periods),
    new Date(scope.asAt),
  );

function cellOf(
  cell: Standing["cells"][number],
  timeZone: string,
  ground: Ground | null,
  scope: PackOrder["scope"],
): Value[] {
  const { period, state, requirement, waivers } = cell;
  const waivedUntil = waiverEnd(waivers, new Date(scope.asAt));
  return [
    requirement.slug,
    periodStateNames[state],
    ground?.words,
    ground?.what,
    ground?.sha256,
    ground?.decidedBy,
    ground?.decidedAt,
    lastDayUntil(period.dueAt, timeZone),
    period.completedAt,
    period.expiresAt && lastDayUntil(period.expiresAt, timeZone),
    waivedUntil,
    waivedUntil && waivers.findLast((one) => one.until > new Date(scope.asAt))?.reason,
    period.id,
  ];
}

/** The same for readers: a page for each thousand people. */
async function pages(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  const starts = await pageStarts(db, scope);
  const pathOf = (i: number): string => `${folder}/people-${String(i + 1).padStart(4, "0")}.html`;
  return starts.map((after, i) => ({
    path: pathOf(i),
    shows:
      starts.length === 1
        ? "The same to read."
        : `The same to read, on ${starts.length} pages of a thousand people each.`,
    hidden: i > 0,
    async *content() {
      const requirements = await requirementsIn(db, scope);
      const rows: string[][] = [];
      for await (const people of peoplePages(db, scope, after, pageSize)) {
        const standings = await standingsOf(db, people, scope, requirements);
        const groundOf = await groundsIn(db, standings, scope);
        const words = (cell: Standing["cells"][number], zone: string): string =>
          `${shown(cell.requirement.title)}: ${stateWords(cell, zone, groundOf(cell.period))}`;
        for (const { person, cells } of standings)
          rows.push([
            `${shown(person.name)}<br>${shown(person.id)}`,
            `${shown(person.title)}<br>${shown(person.department)}`,
            cells.map((cell) => words(cell, person.timeZone)).join("<br>"),
          ]);
      }
      const others = [i - 1, i + 1]
        .filter((n) => n >= 0 && n < starts.length)
        .map((n) => linkTo(pathOf(n), pathOf(i), n < i ? "Page before" : "Next page"))
        .join(" · ");
      yield page(
        `People and requirements, page ${i + 1} of ${starts.length}`,
        `<p>As known at ${shown(new Date(scope.asAt))}.</p><p>${others}</p>${table("People", ["Person", "Work", "Requirements"], rows)}`,
      );
    },
  }));
}

function stateWords(
  { state, period }: Standing["cells"][number],
  timeZone: string,
  ground: Ground | null,
): string {
  const { completedAt, expiresAt, dueAt } = period;
  const dates = completedAt
    ? `completed ${shown(completedAt)}, expires ${expiresAt ? lastDayUntil(expiresAt, timeZone) : ""}`
    : `due ${lastDayUntil(dueAt, timeZone)}`;
  return [`<strong>${periodStateNames[state]}</strong>`, dates, shown(ground?.words)]
    .filter((part) => part !== "")
    .join(", ");
}
