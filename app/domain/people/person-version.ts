import type { Role } from "./role.ts";

/** What is known of a person and matters to competence. */
export type PersonFacts = {
  name: string;
  department: string;
  title: string;
  managerId: string | null;
  location: string;
  timeZone: string;
  employmentType: string;
  hiredOn: string;
  /** The first day on which they are not here any more. */
  leftOn: string | null;
  computerShare: number;
  audiences: string[];
  roles: Role[];
};
export type PersonField = keyof PersonFacts;

export const personFields = [
  "name",
  "department",
  "title",
  "managerId",
  "location",
  "timeZone",
  "employmentType",
  "hiredOn",
  "leftOn",
  "computerShare",
  "audiences",
  "roles",
] as const satisfies readonly PersonField[];

export const personFieldNames: Record<PersonField, string> = {
  name: "Name",
  department: "Department",
  title: "Job title",
  managerId: "Manager",
  location: "Location",
  timeZone: "Time zone",
  employmentType: "Type of employment",
  hiredOn: "First day of work",
  leftOn: "Left on",
  computerShare: "Share of work at a computer (%)",
  audiences: "Audiences",
  roles: "Roles",
};

/** Facts that hold from a day on until something else was recorded of a later day, or later of the same. */
export type DatedFacts = PersonFacts & { validFrom: string };
export type PersonVersion = DatedFacts & { changeId: string; recordedAt: Date; recordedBy: string | null };

/** A day that is looked back at: its last moment, and whether what was recorded since may be known of it. */
export type LookBack = { day: string; at: Date; known: "then" | "now" };

/** These facts alone, of anything that has them. */
export function factsOf(of: PersonFacts): PersonFacts {
  const { name, department, title, managerId, location, timeZone, employmentType } = of;
  const { hiredOn, leftOn, computerShare, audiences, roles } = of;
  return {
    name,
    department,
    title,
    managerId,
    location,
    timeZone,
    employmentType,
    hiredOn,
    leftOn,
    computerShare,
    audiences,
    roles,
  };
}

/**
 * What may be known of a day, of versions in the order of recording; null where nothing may. The version recorded last that
 * holds on the day says it: each says how it was from its day on, whatever had been said before.
 */
export function versionOn<V extends DatedFacts & { recordedAt: Date }>(
  versions: readonly V[],
  { day, at, known }: LookBack,
): V | null {
  return (
    versions.findLast((one) => one.validFrom <= day && (known === "now" || one.recordedAt <= at)) ?? null
  );
}

/** What differs between two sets of facts. The order of audiences and roles says nothing. */
export function changedFields(before: PersonFacts, after: PersonFacts): PersonField[] {
  const value = (of: PersonFacts[PersonField]): string | number | null =>
    Array.isArray(of) ? of.toSorted().join(" ") : of;
  return personFields.filter((field) => value(before[field]) !== value(after[field]));
}

/** Dates of their own: what is known of them is known of all days. */
const isDate = (field: PersonField): boolean => field === "hiredOn" || field === "leftOn";

/**
 * The rows that say that from a day on a person is as in `after`, given what is known until now, in the order of recording.
 * What does not change stays as known on each day: a change of the department as of last month leaves the title of last
 * month alone. A first or last day of work holds for all days. None where nothing changes.
 */
export function versionsOfChange(
  known: readonly (DatedFacts & { recordedAt: Date })[],
  after: PersonFacts,
  from: string,
): DatedFacts[] {
  const [first] = known;
  const current = known.at(-1);
  if (!first || !current) return [{ ...factsOf(after), validFrom: after.hiredOn }];
  const changed = changedFields(current, after);
  const dates = pick(after, changed.filter(isDate));
  const others = pick(
    after,
    changed.filter((field) => !isDate(field)),
  );
  if (changed.length === 0) return [];
  const days = known.map((one) => one.validFrom);
  if (Object.keys(others).length > 0) days.push(from);
  if ("hiredOn" in dates) days.push(after.hiredOn);
  const firstDay = Object.keys(dates).length > 0 ? "" : from;
  const rows: DatedFacts[] = [];
  for (const day of [...new Set(days)].filter((one) => one >= firstDay).toSorted()) {
    const before = known.findLast((one) => one.validFrom <= day) ?? first;
    const row = { ...factsOf(before), ...(day >= from ? others : {}), ...dates, validFrom: day };
    const last = rows.at(-1);
    if (!last || changedFields(last, row).length > 0) rows.push(row);
  }
  return rows;
}

function pick(of: PersonFacts, fields: readonly PersonField[]): Partial<PersonFacts> {
  return Object.fromEntries(fields.map((field) => [field, of[field]]));
}

/** One change as it was recorded. */
export type PersonChange = {
  changeId: string;
  at: Date;
  by: string | null;
  /** The first day of which it is true; null where it changes nothing but first and last days of work. */
  from: string | null;
  before: PersonFacts;
  after: PersonFacts;
  fields: PersonField[];
};

/** What was changed of a person one after the other, of versions in the order of recording. How they began is no change. */
export function changesOfPerson(versions: readonly PersonVersion[]): PersonChange[] {
  const changes: PersonChange[] = [];
  for (const [i, one] of versions.entries()) {
    const earlier = versions.slice(0, i);
    const before = earlier.at(-1);
    if (!before || before.changeId === one.changeId) continue;
    const rows = versions.filter(({ changeId }) => changeId === one.changeId);
    const after = rows.at(-1) ?? one;
    const differs = rows.find((row) => {
      const was = earlier.findLast(({ validFrom }) => validFrom <= row.validFrom) ?? earlier[0];
      return was !== undefined && changedFields(was, row).some((field) => !isDate(field));
    });
    changes.push({
      changeId: one.changeId,
      at: one.recordedAt,
      by: one.recordedBy,
      from: differs?.validFrom ?? null,
      before: factsOf(before),
      after: factsOf(after),
      fields: changedFields(before, after),
    });
  }
  return changes;
}
