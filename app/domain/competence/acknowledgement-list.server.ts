import { stringify } from "csv-stringify/sync";
import { and, asc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { recordEvents } from "../audit/event.server.ts";
import { lastDayUntil } from "../people/local-day.ts";
import type { Actor } from "../people/permission.ts";
import type { PolicyHead } from "../policies/acknowledgement.server.ts";
import {
  type AcknowledgementFilter,
  acknowledgementState,
  type AcknowledgementState,
  acknowledgementStateNames,
} from "./acknowledgement-duty.ts";
import { dutiesOn, type Duty, dutySql } from "./acknowledgement-duty.server.ts";
import { visiblePeople } from "./board-row.server.ts";

export const acknowledgementPageSize = 25;

export type AcknowledgementRow = {
  id: string;
  name: string;
  email: string;
  department: string;
  /** Where they are. */
  timeZone: string;
  state: AcknowledgementState;
  due: Date;
  /** When, which version and after how many tries at its check; null while it is open. */
  given: { at: Date; version: string; tries: number | null } | null;
};

export type AcknowledgementList = {
  policy: PolicyHead;
  rows: AcknowledgementRow[];
  /** All who match, on whatever page. */
  total: number;
  page: number;
  pages: number;
  /** Whom the reader sees, by department: how many of how many have acknowledged. */
  departments: { name: string; given: number; asked: number }[];
};

/**
 * Who has acknowledged a policy as it must be today and who has not, the longest due first. Managers see their direct
 * reports. Null when nobody must acknowledge it. Throws Forbidden for those who may see nobody.
 */
export async function acknowledgementList(
  db: Db,
  actor: Actor,
  input: { slug: string; filter: AcknowledgementFilter; page: number },
  now: Date,
): Promise<AcknowledgementList | null> {
  const visible = visiblePeople(actor, "acknowledgement.read", now);
  const [duty] = await dutiesOn(db, now, input.slug);
  if (!duty) return null;
  const matching = and(visible, filterSql(input.filter, now));
  const total = await countOf(db, duty, matching, now);
  const pages = Math.max(1, Math.ceil(total / acknowledgementPageSize));
  const page = Math.min(Math.max(1, input.page), pages);
  const rows = await rowsOf(db, duty, matching, now, {
    limit: acknowledgementPageSize,
    offset: (page - 1) * acknowledgementPageSize,
  });
  const departments = await db
    .select({
      name: person.department,
      given: sql<number>`count(duty.at)`.mapWith(Number),
      asked: sql<number>`count(*)`.mapWith(Number),
    })
    .from(sql`${dutySql(duty, now)} duty`)
    .innerJoin(person, sql`${person.id} = duty.person_id`)
    .where(visible)
    .groupBy(person.department)
    .orderBy(person.department);
  return { policy: duty.version, rows, total, page, pages, departments };
}

/** The same as CSV (RFC 4180, with a byte order mark for spreadsheets), all rows that match. Who exported it is recorded. */
export async function acknowledgementCsv(
  db: Db,
  actor: Actor,
  input: { slug: string; filter: AcknowledgementFilter },
  now: Date,
): Promise<string | null> {
  const visible = visiblePeople(actor, "acknowledgement.read", now);
  return db.transaction(async (tx) => {
    const [duty] = await dutiesOn(tx, now, input.slug);
    if (!duty) return null;
    const rows = await rowsOf(tx, duty, and(visible, filterSql(input.filter, now)), now, null);
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "acknowledgements.exported",
          subjectType: "policy",
          subjectId: duty.version.id,
          data: { slug: input.slug, rows: rows.length },
        },
      ],
      now,
    );
    const options = { escape_formulas: true, record_delimiter: "windows", bom: true } as const;
    return stringify([csvHead, ...rows.map((row) => csvLine(duty.version, row))], options);
  });
}

const csvHead = [
  "Person id",
  "Name",
  "E-mail",
  "Department",
  "Policy",
  "Version in force",
  "State",
  "Due",
  "Acknowledged (UTC)",
  "Version acknowledged",
  "Tries at the check",
];

function csvLine(policy: PolicyHead, row: AcknowledgementRow): (string | number | null)[] {
  const { id, name, email, department, state, due, given } = row;
  return [
    id,
    name,
    email,
    department,
    policy.title,
    policy.version,
    acknowledgementStateNames[state],
    lastDayUntil(due, row.timeZone),
    given?.at.toISOString() ?? null,
    given?.version ?? null,
    given?.tries ?? null,
  ];
}

function filterSql(filter: AcknowledgementFilter, now: Date): SQL | undefined {
  const { q, department, state } = filter;
  const part = q === null ? null : `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const states: Record<AcknowledgementState, SQL> = {
    given: sql`duty.at is not null`,
    open: sql`duty.at is null and duty.due_at > ${now.toISOString()}::timestamptz`,
    overdue: sql`duty.at is null and duty.due_at <= ${now.toISOString()}::timestamptz`,
  };
  return and(
    part === null ? undefined : or(ilike(person.name, part), ilike(person.email, part)),
    department === null ? undefined : eq(person.department, department),
    state === null ? undefined : states[state],
  );
}

async function countOf(db: Db, duty: Duty, matching: SQL | undefined, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`${dutySql(duty, now)} duty`)
    .innerJoin(person, sql`${person.id} = duty.person_id`)
    .where(matching);
  return row?.n ?? 0;
}

async function rowsOf(
  db: Db,
  duty: Duty,
  matching: SQL | undefined,
  now: Date,
  part: { limit: number; offset: number } | null,
): Promise<AcknowledgementRow[]> {
  const query = db
    .select({
      id: person.id,
      name: person.name,
      email: person.email,
      department: person.department,
      timeZone: person.timeZone,
      due: sql<Date>`duty.due_at`.mapWith(policyVersion.publishedAt),
      at: acknowledgement.at,
      version: policyVersion.version,
      tries: acknowledgement.tries,
    })
    .from(sql`${dutySql(duty, now)} duty`)
    .innerJoin(person, sql`${person.id} = duty.person_id`)
    .leftJoin(
      acknowledgement,
      sql`${acknowledgement.personId} = duty.person_id and ${acknowledgement.policyVersionId} = duty.version_id`,
    )
    .leftJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(matching)
    .orderBy(sql`(duty.at is not null)`, sql`duty.due_at`, asc(person.name), asc(person.id))
    .$dynamic();
  const found = await (part === null ? query : query.limit(part.limit).offset(part.offset));
  return found.map(({ at, version, tries, ...row }) => ({
    ...row,
    state: acknowledgementState(at, row.due, now),
    given: at === null ? null : { at, version: version ?? "", tries },
  }));
}
