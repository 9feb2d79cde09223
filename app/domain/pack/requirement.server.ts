import { and, asc, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { eventName } from "../evidence/audit-log.ts";
import { csvHead, csvLines, escaped, page, table } from "./page.ts";
import { requirementsIn } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.competence;

/** What competence is needed, of whom, and when that was decided. */
export async function requirementFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  return [
    {
      path: `${folder}/requirements.html`,
      shows: "Every requirement: of whom it asks what, how often, and on what it rests.",
      async *content() {
        yield requirementPage(await requirementsIn(db, scope));
      },
    },
    {
      path: `${folder}/requirements.csv`,
      shows: "The same as a table.",
      async *content() {
        yield csvHead([...columns, "Ended on"]);
        yield csvLines((await requirementsIn(db, scope)).map((one) => [...cellsOf(one), one.endedOn]));
      },
    },
    {
      path: `${folder}/history.csv`,
      shows: "When a requirement was published, changed or ended, with the number of the audit event.",
      content: () => history(db, scope),
    },
  ];
}

type Listed = Awaited<ReturnType<typeof requirementsIn>>[number];

const columns = [
  "Requirement",
  "Title",
  "Module",
  "Audiences",
  "AI system",
  "Valid for (months)",
  "Renewal opens (days before)",
  "Due within (days)",
  "Grace (days)",
  "In force from",
  "Basis",
];

function cellsOf(one: Listed): (string | number | null)[] {
  const { slug, title, module, audiences, system, validMonths, windowDays, dueDays, graceDays } = one;
  const lists = [audiences.join("; "), one.basis.join("; ")] as const;
  return [
    slug,
    title,
    module,
    lists[0],
    system ?? null,
    validMonths,
    windowDays,
    dueDays,
    graceDays,
    one.effectiveFrom,
    lists[1],
  ];
}

function requirementPage(all: readonly Listed[]): string {
  const rows = all.map((one) => cellsOf(one).map((cell) => escaped(String(cell ?? ""))));
  return page("Competence that is needed", table("Requirements", columns, rows));
}

async function* history(db: Db, scope: PackOrder["scope"]): AsyncGenerator<string> {
  const rows = await db
    .select()
    .from(auditEvent)
    .where(
      and(
        inArray(auditEvent.type, ["requirement.published", "requirement.ended"]),
        lte(auditEvent.at, new Date(scope.asAt)),
        scope.requirements === null ? undefined : inArray(auditEvent.subjectId, scope.requirements),
      ),
    )
    .orderBy(asc(auditEvent.seq));
  yield csvHead(["Audit event", "At (UTC)", "What", "Requirement", "By"]);
  yield csvLines(rows.map((row) => [row.seq, row.at, eventName(row.type), row.subjectId, row.actorId]));
}
