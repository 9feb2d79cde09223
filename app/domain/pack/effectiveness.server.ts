import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import {
  evaluation,
  evaluationCriterion,
  evaluationResult,
  evaluationVerdict,
} from "#db/schema/effectiveness.ts";
import { evaluationFollowUp } from "#db/schema/follow-up.ts";
import {
  confirmationNames,
  type Criterion,
  directionOf,
  evaluationState,
  evaluationStateNames,
  measureDefinitions,
  measureNames,
  unitOf,
} from "../effectiveness/criterion.ts";
import { outcomeNames } from "../effectiveness/outcome.ts";
import { smallestGroup } from "../effectiveness/statistics.ts";
import { verdictNames } from "../effectiveness/verdict.ts";
import { csvHead, csvLines, escaped, factsTable, page, shown, table, type Value } from "./page.ts";
import { namesIn } from "./person-page.server.ts";
import { rowsBy } from "./rows-by.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

type Scope = PackOrder["scope"];
const { folder } = clauses.effectiveness;

/**
 * The evaluations of effectiveness whose time has to do with that of the scope: by which criterion, fixed when, with which
 * result and verdict. Groups of few people stay hidden as they are in the product.
 */
export async function effectivenessFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  if ((await evaluationsIn(db, scope)).length === 0) return [];
  return [
    {
      path: `${folder}/evaluations.html`,
      shows: "Each evaluation to read: criterion, when it was fixed, result, verdict, and what follows.",
      async *content() {
        const all = await evaluationsIn(db, scope);
        yield page(
          "Effectiveness",
          `<p>As known at ${shown(new Date(scope.asAt))}. An evaluation computes its result by itself on the day of decision. Fewer than ${smallestGroup} people are never shown as a group.${scope.departments === null ? "" : " Results are those of all people a criterion names; by department only those in scope are shown."}</p>
${all.map(evaluationHtml).join("")}`,
        );
      },
    },
    {
      path: `${folder}/evaluations.csv`,
      shows: "The same as a table, one row for each evaluation.",
      async *content() {
        yield csvHead(columns);
        yield csvLines((await evaluationsIn(db, scope)).map(cellsOf));
      },
    },
    {
      path: `${folder}/criteria.csv`,
      shows:
        "Every version of every criterion: who fixed it when, why it was changed, its SHA-256, and whether it came after the start.",
      async *content() {
        yield csvHead([
          "Evaluation",
          "Version",
          "Fixed (UTC)",
          "By",
          "Why it was changed",
          "SHA-256",
          "Fixed after the start",
          "Start",
          "Decision on",
          ...criterionColumns,
        ]);
        for (const { number, versions } of await evaluationsIn(db, scope))
          yield csvLines(
            versions.map((one) => [
              number,
              one.version,
              one.lockedAt,
              one.author,
              one.reason,
              one.sha256,
              one.afterStart,
              one.body.startsOn,
              one.body.decisionOn,
              ...criterionCells(one.body),
            ]),
          );
      },
    },
    {
      path: `${folder}/groups.csv`,
      shows: `The results by department. Where a number is missing there were fewer than ${smallestGroup} people, or they could be reckoned from the others.`,
      async *content() {
        yield csvHead(["Evaluation", "Department", "People", "Result"]);
        for (const { number, groups } of await evaluationsIn(db, scope))
          yield csvLines(groups.map(({ name, n, value }) => [number, name, n, rounded(value)]));
      },
    },
  ];
}

type Evaluation = Awaited<ReturnType<typeof evaluationsIn>>[number];

async function evaluationsIn(db: Db, scope: Scope) {
  const asAt = new Date(scope.asAt);
  const { id, number } = evaluation;
  const rows = await db
    .select({ id, number, version: evaluationCriterion })
    .from(evaluationCriterion)
    .innerJoin(evaluation, eq(evaluation.id, evaluationCriterion.evaluationId))
    .where(
      and(
        lte(evaluationCriterion.lockedAt, asAt),
        scope.requirements === null
          ? undefined
          : inArray(evaluationCriterion.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(asc(number), asc(evaluationCriterion.version));
  const results = await db.select().from(evaluationResult).where(lte(evaluationResult.computedAt, asAt));
  const verdicts = await db.select().from(evaluationVerdict).where(lte(evaluationVerdict.decidedAt, asAt));
  const closes = await db.select().from(evaluationFollowUp).where(lte(evaluationFollowUp.closedAt, asAt));
  const nameOf = await namesIn(db, scope, [
    ...rows.flatMap((row) => [row.version.authorId, row.version.body.evaluatorId]),
    ...verdicts.flatMap((one) => [one.evaluatorId, one.followUpOwnerId]),
    ...closes.map((one) => one.closedBy),
  ]);
  return [...rowsBy(rows, (row) => row.id)].flatMap(([key, own]) => {
    const criterion = own.at(-1)?.version.body;
    const first = own[0];
    if (!criterion || !first) return [];
    const verdict = verdicts.find((one) => one.evaluationId === key);
    const closed = closes.find((one) => one.evaluationId === key);
    const result = results.find((one) => one.evaluationId === key);
    const over = verdict !== undefined && verdict.decidedAt < new Date(`${scope.from}T00:00:00Z`);
    if (!within(criterion, scope) || over) return [];
    const locked = { lockedAt: own.at(-1)?.version.lockedAt ?? null, decided: verdict !== undefined };
    return [
      {
        number: first.number,
        criterion,
        state: evaluationStateNames[evaluationState({ ...criterion, ...locked }, scope.until)],
        evaluator: nameOf(criterion.evaluatorId),
        versions: own.map(({ version }) => ({ ...version, author: nameOf(version.authorId) })),
        result,
        groups: (result?.body.groups ?? []).filter(
          (group) => scope.departments === null || scope.departments.includes(group.name),
        ),
        verdict: verdict && {
          ...verdict,
          evaluator: nameOf(verdict.evaluatorId),
          owner: nameOf(verdict.followUpOwnerId),
        },
        closed: closed && { ...closed, by: nameOf(closed.closedBy) },
      },
    ];
  });
}

/** Whether a criterion is about somebody in the scope, in its time. */
function within({ departments, startsOn }: Criterion, scope: Scope): boolean {
  if (startsOn > scope.until) return false;
  if (scope.departments === null || departments.length === 0) return true;
  return departments.some((name) => scope.departments?.includes(name));
}

const units = { points: "percentage points", percent: "per cent", rate: "per 100 people" } as const;
const rounded = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10) / 10;
const few = (n: number | undefined): Value =>
  n === undefined ? null : n > 0 && n < smallestGroup ? `fewer than ${smallestGroup}` : n;

const criterionColumns = [
  "Title",
  "Requirement",
  "Measure",
  "Counts as effective",
  "How it is confirmed",
  "People at least",
  "Audiences",
  "Departments",
  "Evaluator",
];

function criterionCells(one: Criterion): Value[] {
  return [
    one.title,
    one.requirement,
    measureNames[one.measure],
    `${directionOf(one.measure) === "at_least" ? "at least" : "at most"} ${one.threshold} ${units[unitOf(one.measure)]}`,
    confirmationNames[one.confirm],
    one.minimumN,
    one.audiences.join("; ") || "all",
    one.departments.join("; ") || "all",
    one.evaluatorId,
  ];
}

const columns = [
  "Evaluation",
  "State",
  "Start",
  "Decision on",
  ...criterionColumns,
  "Versions of the criterion",
  "Fixed (UTC)",
  "Fixed after the start",
  "SHA-256 of the criterion",
  "Computed (UTC)",
  "By version",
  "People",
  "Result",
  "95 % from",
  "95 % to",
  "Outcome",
  "SHA-256 of the data",
  "Verdict",
  "Reasoning",
  "By",
  "Concluded (UTC)",
  "What follows",
  "Whose task",
  "By when",
  "Checked again on",
  "Follow-up closed (UTC)",
  "Closed by",
  "What was done",
];

function cellsOf({ number, criterion, state, versions, result, verdict, closed }: Evaluation): Value[] {
  const counts = versions.at(-1);
  const { n, value, low, high } = result?.body.estimate ?? {};
  return [
    number,
    state,
    criterion.startsOn,
    criterion.decisionOn,
    ...criterionCells(criterion),
    versions.length,
    counts?.lockedAt,
    counts?.afterStart,
    counts?.sha256,
    result?.computedAt,
    result?.criterionVersion,
    few(n),
    rounded(value),
    rounded(low),
    rounded(high),
    result && outcomeNames[result.outcome],
    result?.body.data.sha256,
    verdict && verdictNames[verdict.verdict],
    verdict?.reasoning,
    verdict?.evaluator,
    verdict?.decidedAt,
    verdict?.followUp,
    verdict?.owner,
    verdict?.followUpOn,
    verdict?.recheckOn,
    closed?.closedAt,
    closed?.by,
    closed?.note,
  ];
}

function evaluationHtml(one: Evaluation): string {
  const late = one.versions.some((version) => version.afterStart)
    ? "<p><strong>A version of the criterion was fixed after its start, when data could have been seen.</strong></p>"
    : "";
  return `<h2>Evaluation ${one.number}: ${escaped(one.criterion.title)}</h2>${late}
<p>${escaped(measureDefinitions[one.criterion.measure])}</p>
${factsTable("What is known of it", columns, cellsOf(one))}${table(
    "Versions of the criterion",
    ["Version", "Fixed", "By", "Why it was changed", "After the start", "SHA-256"],
    one.versions.map((v) => [v.version, v.lockedAt, v.author, v.reason, v.afterStart, v.sha256].map(shown)),
  )}${table(
    "By department",
    ["Department", "People", "Result"],
    one.groups.map(({ name, n, value }) =>
      n === null ? [escaped(name), "hidden", "hidden"] : [name, n, rounded(value)].map(shown),
    ),
  )}`;
}
