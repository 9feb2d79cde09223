import { and, asc, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { eventName } from "../evidence/audit-log.ts";
import { basisKindNames } from "../competence/basis-kind.ts";
import { certificationWords, ruleOf } from "../competence/requirement.ts";
import { changedFields, requirementFieldNames } from "../competence/requirement-diff.ts";
import { system } from "../people/permission.ts";
import { csvHead, csvLines, escaped, page, shown, table, type Value } from "./page.ts";
import { namesIn } from "./person-page.server.ts";
import { requirementsIn, versionsKnown, versionsWithin } from "./requirement-version.server.ts";
import { rowsBy } from "./rows-by.ts";
import { ruleWords } from "./rule-words.ts";
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
      path: `${folder}/versions.html`,
      shows: "Every version that was in force: whom it asked, since when, by whom it was written, and why.",
      async *content() {
        const rows = (await versionsIn(db, scope)).map((row) => row.map(shown));
        yield page(
          "Versions of requirements",
          `<p>Those in force on some day from ${shown(scope.from)} to ${shown(scope.until)}, as known at ${shown(new Date(scope.asAt))}.</p>${table("Versions", versionColumns, rows)}`,
        );
      },
    },
    {
      path: `${folder}/versions.csv`,
      shows: "The same as a table.",
      async *content() {
        yield csvHead(versionColumns);
        yield csvLines(await versionsIn(db, scope));
      },
    },
    {
      path: `${folder}/history.csv`,
      shows:
        "When a requirement was published, changed, asked again or ended, with the number of the audit event.",
      content: () => history(db, scope),
    },
  ];
}

type Listed = Awaited<ReturnType<typeof requirementsIn>>[number];

const versionColumns = [
  "Requirement",
  "Version",
  "In force from",
  "In force until",
  "Title",
  "Whom it asks",
  "What changed",
  "Written by",
  "Why",
  "Written (UTC)",
  "Valid for (months)",
  "Due within (days)",
  "Grace (days)",
  "Other proof that counts",
];

/** The versions in force on some day of the scope, with what each changed. */
async function versionsIn(db: Db, scope: PackOrder["scope"]): Promise<Value[][]> {
  const known = await versionsKnown(db, scope);
  const nameOf = await namesIn(
    db,
    scope,
    known.map((one) => one.author),
  );
  return [...rowsBy(known, (one) => one.requirementSlug)].flatMap(([slug, versions]) =>
    versionsWithin(versions, scope.from, scope.until).map((one): Value[] => {
      const i = versions.indexOf(one);
      const before = versions[i - 1];
      const next = versions.slice(i + 1).find((later) => later.effectiveFrom > one.effectiveFrom);
      const changed = before ? changedFields(before.body, one.body).map((f) => requirementFieldNames[f]) : [];
      return [
        slug,
        one.number,
        one.effectiveFrom,
        next ? dayBefore(next.effectiveFrom) : (one.body.effectiveUntil ?? null),
        one.body.title,
        one.ends ? "nobody: it ended" : ruleWords(ruleOf(one.body)),
        changed.join("; "),
        one.author === system.id ? system.name : nameOf(one.author),
        one.reason,
        one.at,
        one.body.validMonths,
        one.body.dueDays,
        one.body.graceDays,
        (one.body.accepts ?? []).map((kind) => basisKindNames[kind]).join("; "),
      ];
    }),
  );
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

const columns = [
  "Requirement",
  "Title",
  "Module",
  "Version",
  "Whom it asks",
  "AI system",
  "Valid for (months)",
  "Renewal opens (days before)",
  "Due within (days)",
  "Grace (days)",
  "In force from",
  "Basis",
  "Certified as",
];

function cellsOf(one: Listed): (string | number | null)[] {
  const { slug, title, module, validMonths, windowDays, dueDays, graceDays } = one;
  return [
    slug,
    title,
    module,
    one.version,
    ruleWords(ruleOf(one)),
    one.system ?? null,
    validMonths,
    windowDays,
    dueDays,
    graceDays,
    one.effectiveFrom,
    one.basis.join("; "),
    (one.certifications ?? []).map(certificationWords).join("; "),
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
        inArray(auditEvent.type, [
          "requirement.published",
          "requirement.edited",
          "requirement.retrained",
          "requirement.ended",
        ]),
        lte(auditEvent.at, new Date(scope.asAt)),
        scope.requirements === null ? undefined : inArray(auditEvent.subjectId, scope.requirements),
      ),
    )
    .orderBy(asc(auditEvent.seq));
  yield csvHead(["Audit event", "At (UTC)", "What", "Requirement", "By"]);
  yield csvLines(rows.map((row) => [row.seq, row.at, eventName(row.type), row.subjectId, row.actorId]));
}
