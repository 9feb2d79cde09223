import { and, asc, eq, inArray, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent, correctiveActionMember } from "#db/schema/actions.ts";
import { person } from "#db/schema/people.ts";
import {
  actionScopeNames,
  actionSourceNames,
  actionStatusNames,
  actionStepNames,
  statusAfter,
  verdictNames,
} from "../competence/corrective-action.ts";
import { csvHead, csvLines, factsTable, page, shown, table, type Value } from "./page.ts";
import { namesIn, peopleIn } from "./person-page.server.ts";
import { rowsBy } from "./rows-by.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

type Scope = PackOrder["scope"];
const { folder } = clauses.corrective;

/** Corrective actions from the gap to their close, with every step, as they were known at the end of the scope. */
export async function correctiveFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  if ((await actionsIn(db, scope)).length === 0) return [];
  return [
    {
      path: `${folder}/actions.html`,
      shows: "Each action to read: the gap, what was done, whether it had the effect, and its close.",
      async *content() {
        yield page(
          "Corrective actions",
          `<p>As known at ${shown(new Date(scope.asAt))}. Who owns an action or carried it out neither verifies its effect nor closes it.</p>
${(await actionsIn(db, scope)).map(actionHtml).join("")}`,
        );
      },
    },
    {
      path: `${folder}/actions.csv`,
      shows: "The same as a table, one row for each action, with where it stood.",
      async *content() {
        yield csvHead(columns);
        yield csvLines((await actionsIn(db, scope)).map((one) => one.cells));
      },
    },
    {
      path: `${folder}/steps.csv`,
      shows: "Every step of every action, in order.",
      async *content() {
        yield csvHead(["Action", ...stepColumns]);
        for (const { number, steps } of await actionsIn(db, scope))
          yield csvLines(steps.map((step) => [number, ...step]));
      },
    },
  ];
}

const columns = [
  "Action",
  "State",
  "Concerns",
  "Whom",
  "Requirement",
  "Gap",
  "How it was noticed",
  "Where it came from",
  "Owner",
  "Due on",
  "Opened by",
  "Opened (UTC)",
  "Verified effect",
  "Closed (UTC)",
];
const stepColumns = [
  "Step",
  "At (UTC)",
  "By",
  "What",
  "Cause",
  "Owner",
  "Due on",
  "How it was checked",
  "Before",
  "After",
  "Verdict",
];

type Action = { number: number; cells: Value[]; steps: Value[][] };

async function actionsIn(db: Db, scope: Scope): Promise<Action[]> {
  const asAt = new Date(scope.asAt);
  const rows = await db
    .select({ action: correctiveAction })
    .from(correctiveAction)
    .leftJoin(person, eq(person.id, correctiveAction.personId))
    .where(and(lte(correctiveAction.openedAt, asAt), about(scope)))
    .orderBy(asc(correctiveAction.number));
  const ids = rows.map((row) => row.action.id);
  const events =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(correctiveActionEvent)
          .where(and(inArray(correctiveActionEvent.actionId, ids), lte(correctiveActionEvent.at, asAt)))
          .orderBy(asc(correctiveActionEvent.actionId), asc(correctiveActionEvent.position));
  const byAction = rowsBy(events, (event) => event.actionId);
  const members = rowsBy(
    ids.length === 0
      ? []
      : await db
          .select()
          .from(correctiveActionMember)
          .where(inArray(correctiveActionMember.actionId, ids))
          .orderBy(asc(correctiveActionMember.personId)),
    (member) => member.actionId,
  );
  const nameOf = await namesIn(db, scope, [
    ...[...members.values()].flat().map((member) => member.personId),
    ...rows.flatMap(({ action }) => [action.personId, action.ownerId, action.openedBy]),
    ...events.flatMap((event) => [event.actorId, event.ownerId]),
  ]);
  return rows.flatMap(({ action }): Action[] => {
    const own = byAction.get(action.id) ?? [];
    const last = own.at(-1);
    const status = last ? statusAfter(last.step, last.verdict) : "open";
    const closed = status === "closed" ? last?.at : undefined;
    if (closed && closed < new Date(`${scope.from}T00:00:00Z`)) return [];
    const planned = own.findLast((event) => event.ownerId !== null);
    const verified = own.findLast((event) => event.step === "verified");
    const cells: Value[] = [
      action.number,
      actionStatusNames[status],
      actionScopeNames[action.scope],
      nameOf(action.personId) ??
        members
          .get(action.id)
          ?.map((member) => nameOf(member.personId))
          .join("; ") ??
        action.groupName,
      action.requirementSlug,
      action.nonconformity,
      actionSourceNames[action.source],
      action.sourceRef,
      nameOf(planned?.ownerId ?? action.ownerId),
      planned?.dueOn ?? action.dueOn,
      nameOf(action.openedBy),
      action.openedAt,
      verified?.verdict && verdictNames[verified.verdict],
      closed,
    ];
    const steps = own.map((event): Value[] => [
      actionStepNames[event.step],
      event.at,
      nameOf(event.actorId),
      event.note,
      event.cause,
      nameOf(event.ownerId),
      event.dueOn,
      event.method,
      event.before,
      event.after,
      event.verdict && verdictNames[event.verdict],
    ]);
    return [{ number: action.number, cells, steps }];
  });
}

/** That an action is about people of the scope. What is about more than a department is told to whoever sees all alone. */
function about(scope: Scope): SQL | undefined {
  const { scope: kind, personId, groupName, requirementSlug } = correctiveAction;
  return and(
    or(isNull(personId), peopleIn(scope)),
    scope.departments === null
      ? undefined
      : or(eq(kind, "person"), and(eq(kind, "department"), inArray(groupName, scope.departments))),
    scope.requirements === null ? undefined : inArray(requirementSlug, scope.requirements),
  );
}

function actionHtml({ number, cells, steps }: Action): string {
  return `<h2>Action ${number}</h2>${factsTable("What is known of it", columns, cells)}${table(
    "Steps",
    stepColumns,
    steps.map((step) => step.map(shown)),
  )}`;
}
