import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { createOrganisation, importPeople, theOrganisation } from "./import.server.ts";
import { checkPeople, type PersonRow } from "./import.ts";
import { system } from "./permission.ts";

const now = new Date("2026-11-23T10:00:00Z");

function rows(...changes: Partial<Record<string, string>>[]): PersonRow[] {
  const checked = checkPeople(
    changes.map((change, i) => ({
      id: `p-${i}`,
      name: `Person ${i}`,
      email: `p${i}@aldermoor.example`,
      department: "Support",
      title: "Specialist",
      manager_id: "",
      location: "Rotterdam",
      time_zone: "Europe/Amsterdam",
      language: "en",
      employment_type: "employee",
      hired_on: "2024-01-08",
      computer_share: "90",
      audiences: "all-staff",
      roles: "employee",
      ...(change as Record<string, string>),
    })),
  );
  if (!checked.ok) throw new Error(checked.faults[0]?.reason);
  return checked.people;
}

onBothEngines("import of people", (database) => {
  it("adds who is new and changes who is known, whose pseudonym stays", () =>
    database.rolledBack(async (tx) => {
      expect(await importPeople(tx, rows({}, {}), system, now)).toMatchObject({
        data: { created: 2, changed: 0 },
      });
      const [before] = await tx.select().from(person).where(eq(person.id, "p-0"));
      const entry = await importPeople(
        tx,
        rows({ name: "Renamed", roles: "employee;hr" }, {}, {}),
        system,
        now,
      );
      expect(entry).toMatchObject({ type: "people.imported", data: { created: 1, changed: 2 } });
      const all = await tx.select().from(person).orderBy(asc(person.id));
      expect(all.map((p) => p.name)).toEqual(["Renamed", "Person 1", "Person 2"]);
      expect(all[0]).toMatchObject({ pseudonym: before?.pseudonym, roles: ["employee", "hr"] });
    }));

  it("takes all or nothing", () =>
    database.rolledBack(async (tx) => {
      await importPeople(tx, rows({}), system, now);
      const [first, second, third] = rows({ name: "Changed" }, {}, {});
      if (!first || !second || !third) throw new Error("no rows");
      // An e-mail that stands twice passes no check of the file; should it ever, the database refuses all.
      const bad = [first, second, { ...third, email: second.email }];
      await expect(tx.transaction((inner) => importPeople(inner, bad, system, now))).rejects.toThrow();
      expect((await tx.select().from(person)).map((p) => p.name)).toEqual(["Person 0"]);
    }));

  it("takes thousands at once", () =>
    database.rolledBack(async (tx) => {
      const many = rows(...Array.from({ length: 1200 }, () => ({})));
      expect(await importPeople(tx, many, system, now)).toMatchObject({ data: { created: 1200 } });
      expect(await tx.$count(person)).toBe(1200);
    }));
});

onBothEngines("the organisation", (database) => {
  it("is created once", () =>
    database.rolledBack(async (tx) => {
      expect(await theOrganisation(tx)).toBeNull();
      const row = {
        kind: "own",
        name: "Own",
        baseIri: "https://own.example",
        policyContactId: null,
      } as const;
      expect(await createOrganisation(tx, row, now)).toMatchObject({ type: "organisation.created" });
      expect(await createOrganisation(tx, { ...row, name: "Other" }, now)).toBeNull();
      expect(await theOrganisation(tx)).toMatchObject({ kind: "own", name: "Own" });
    }));
});
