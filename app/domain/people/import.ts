import { z } from "zod";
import { staffRoles } from "./role.ts";

const text = z.string().trim().min(1, "is missing");
const list = z.string().transform((v) =>
  v
    .split(";")
    .map((x) => x.trim())
    .filter(Boolean),
);

/** One row of the people file. */
export const personRow = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens"),
  name: text,
  email: z.string().trim().toLowerCase().pipe(z.email("is not an e-mail address")),
  department: text,
  title: text,
  manager_id: z.string().transform((v) => v.trim() || null),
  location: text,
  time_zone: z.string().refine(isTimeZone, "is not an IANA time zone such as Europe/Amsterdam"),
  language: z.string().regex(/^[a-z]{2}$/, "is a two-letter language such as en"),
  employment_type: text,
  hired_on: z.iso.date("is a date such as 2026-03-01"),
  computer_share: z
    .string()
    .regex(/^(100|\d{1,2})$/, "is a whole number from 0 to 100")
    .transform(Number),
  audiences: list,
  roles: list.pipe(z.array(z.enum(staffRoles))),
  /** The first day of which what differs from before is true; without it, the day of the import. */
  valid_from: z
    .union([z.literal("").transform(() => undefined), z.iso.date("is a date such as 2026-03-01, or empty")])
    .optional(),
});
export type PersonRow = z.infer<typeof personRow>;

/** A cell of an import that cannot be taken: `row` counts from 1 with the header as row 1. */
export type ImportFault = { row: number; column: string; reason: string };

/**
 * Checks all rows together; either every row is good or the faults are named and nothing is taken. A change is true from
 * `today` at the latest; where no day is given, any will do.
 */
export function checkPeople(
  records: readonly Record<string, string>[],
  today: string | null = null,
): { ok: true; people: PersonRow[] } | { ok: false; faults: ImportFault[] } {
  const faults: ImportFault[] = [];
  const people: PersonRow[] = [];
  const rowOf = new Map<string, number>();
  const emails = new Map<string, number>();
  records.forEach((record, i) => {
    const row = i + 2;
    const result = personRow.safeParse(record);
    if (!result.success) {
      for (const issue of result.error.issues)
        faults.push({ row, column: String(issue.path[0] ?? ""), reason: issue.message });
      return;
    }
    const person = result.data;
    const { valid_from, hired_on } = person;
    if (valid_from !== undefined && valid_from < hired_on)
      faults.push({ row, column: "valid_from", reason: "is before the day in hired_on" });
    if (valid_from !== undefined && today !== null && valid_from > today)
      faults.push({ row, column: "valid_from", reason: "is a day to come: import it on that day" });
    const twin = rowOf.get(person.id);
    if (twin) faults.push({ row, column: "id", reason: `${person.id} stands in row ${twin} already` });
    const sameMail = emails.get(person.email);
    if (sameMail)
      faults.push({ row, column: "email", reason: `${person.email} stands in row ${sameMail} already` });
    rowOf.set(person.id, row);
    emails.set(person.email, row);
    people.push(person);
  });
  for (const person of people) {
    if (person.manager_id !== null && !rowOf.has(person.manager_id)) {
      faults.push({
        row: rowOf.get(person.id) ?? 0,
        column: "manager_id",
        reason: `nobody has the id ${person.manager_id}`,
      });
    }
  }
  return faults.length > 0
    ? { ok: false, faults: faults.toSorted((a, b) => a.row - b.row) }
    : { ok: true, people };
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
