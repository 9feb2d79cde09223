import { and, asc, eq, inArray, isNull, lte, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { waiver } from "#db/schema/competence.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { waiverEnd } from "../competence/assignment.ts";
import { periodStateNames } from "../competence/period-state.ts";
import type { Requirement } from "../competence/requirement.ts";
import { lastDayOf } from "../competence/waiver.ts";
import { attemptsOf } from "../learning/attempt.server.ts";
import { csvHead, csvLines, linkTo, page, shown, table, type Value } from "./page.ts";
import {
  pageStarts,
  type PeriodRow,
  peoplePages,
  personPage,
  requirementsIn,
  type Standing,
  standingsOf,
} from "./person-page.server.ts";
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
      "One row for each person and requirement: how they stood at the end, and by what.",
      [
        ...personColumns,
        "Requirement",
        "State",
        "Basis",
        "Due (UTC)",
        "Completed (UTC)",
        "Expires (UTC)",
        "Waived until (UTC)",
        "Period (registration of its statements)",
      ],
      async (all) =>
        all.flatMap((one) => one.cells.map((cell) => [...personCells(one), ...cellOf(one, cell, scope)])),
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
        ]),
    ),
    csv(
      "attempts",
      "Every attempt at an assessment in these cycles, with its result.",
      ["Attempt", "Period", "Person", "Number", "Started", "Submitted", "Score (percent)", "Passed"],
      async (all) => {
        const asAt = new Date(scope.asAt);
        const attempts = await attemptsOf(
          db,
          periodsOf(all).map((p) => p.id),
        );
        return attempts
          .filter((a) => a.startedAt <= asAt)
          .map((a) => {
            const done = a.submittedAt !== null && a.submittedAt <= asAt;
            const score = done && a.score !== null ? Math.round(a.score * 100) : null;
            const row: Value[] = [a.id, a.registration, a.personId, a.number, a.startedAt];
            return [...row, done ? a.submittedAt : null, score, done ? a.passed : null];
          });
      },
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
      "Every waiver in these cycles: who granted it, until when, and why.",
      ["Period", "Granted", "By", "Last day", "Reason"],
      (all) =>
        waiverRows(
          db,
          periodsOf(all).map((p) => p.id),
          new Date(scope.asAt),
        ),
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

function cellOf(_one: Standing, cell: Standing["cells"][number], scope: PackOrder["scope"]): Value[] {
  const { period, state, requirement, waivers } = cell;
  return [
    requirement.slug,
    periodStateNames[state],
    period.completedAt ? "Training and assessment" : null,
    period.dueAt,
    period.completedAt,
    period.expiresAt,
    waiverEnd(waivers, new Date(scope.asAt)),
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
      const people = await personPage(db, scope, after);
      const standings = await standingsOf(db, people, scope, requirements);
      const rows = standings.map((one) => [
        `${shown(one.person.name)}<br>${shown(one.person.id)}`,
        `${shown(one.person.title)}<br>${shown(one.person.department)}`,
        one.cells.map((cell) => `${shown(cell.requirement.title)}: ${stateWords(cell)}`).join("<br>"),
      ]);
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

function stateWords({ state, period }: Standing["cells"][number]): string {
  const dates = period.completedAt
    ? `completed ${shown(period.completedAt)}, expires ${shown(period.expiresAt)}`
    : `due ${shown(period.dueAt)}`;
  return `<strong>${periodStateNames[state]}</strong>, ${dates}`;
}

async function certificateRows(db: Db, periodIds: readonly string[], asAt: Date): Promise<Value[][]> {
  if (periodIds.length === 0) return [];
  const rows = await db
    .select({ certificate, revoked: certificateRevocation })
    .from(certificate)
    .leftJoin(
      certificateRevocation,
      and(
        eq(certificateRevocation.certificateId, certificate.id),
        lte(certificateRevocation.revokedAt, asAt),
      ),
    )
    .where(
      and(
        inArray(certificate.registration, [...periodIds]),
        lte(certificate.issuedAt, asAt),
        or(isNull(certificateRevocation.revokedAt), lte(certificateRevocation.revokedAt, asAt)),
      ),
    )
    .orderBy(asc(certificate.personId), asc(certificate.issuedAt), asc(certificate.id));
  return rows.map(({ certificate: one, revoked }) => [
    one.id,
    one.code,
    one.registration,
    one.personId,
    one.holderName,
    one.title,
    one.moduleVersion,
    one.scorePercent,
    one.issuedAt,
    one.expiresAt,
    revoked?.revokedAt,
    revoked?.reason,
  ]);
}

async function waiverRows(db: Db, periodIds: readonly string[], asAt: Date): Promise<Value[][]> {
  if (periodIds.length === 0) return [];
  const rows = await db
    .select()
    .from(waiver)
    .where(and(inArray(waiver.periodId, [...periodIds]), lte(waiver.grantedAt, asAt)))
    .orderBy(asc(waiver.grantedAt), asc(waiver.id));
  return rows.map((w) => [
    w.periodId,
    w.grantedAt,
    w.grantedBy,
    lastDayOf(w.until).toISOString().slice(0, 10),
    w.reason,
  ]);
}
