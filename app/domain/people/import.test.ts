import { expect, it } from "vitest";
import { checkPeople } from "./import.ts";

const row = {
  id: "p-mila",
  name: "Mila Óg",
  email: "Mila@Aldermoor.example",
  department: "Support",
  title: "Specialist",
  manager_id: "",
  location: "Rotterdam",
  time_zone: "Europe/Amsterdam",
  language: "en",
  employment_type: "employee",
  hired_on: "2024-01-08",
  computer_share: "90",
  audiences: "all-staff; customer-support",
  roles: "employee;hr",
};
const other = { ...row, id: "p-noor", email: "noor@aldermoor.example" };

it("takes a file whose every row is good", () => {
  expect(checkPeople([row, { ...other, manager_id: "p-mila" }])).toMatchObject({
    ok: true,
    people: [
      {
        email: "mila@aldermoor.example",
        manager_id: null,
        computer_share: 90,
        audiences: ["all-staff", "customer-support"],
        roles: ["employee", "hr"],
      },
      { manager_id: "p-mila" },
    ],
  });
});

it.each([
  [{ id: "P Mila" }, "id", "use lower-case letters, digits and hyphens"],
  [{ name: "  " }, "name", "is missing"],
  [{ email: "mila at home" }, "email", "is not an e-mail address"],
  [{ time_zone: "Amsterdam" }, "time_zone", "is not an IANA time zone such as Europe/Amsterdam"],
  [{ hired_on: "8-1-2024" }, "hired_on", "is a date such as 2026-03-01"],
  [{ hired_on: "2024-02-30" }, "hired_on", "is a date such as 2026-03-01"],
  [{ computer_share: "most" }, "computer_share", "is a whole number from 0 to 100"],
  [{ computer_share: "101" }, "computer_share", "is a whole number from 0 to 100"],
  [{ computer_share: "" }, "computer_share", "is a whole number from 0 to 100"],
  [{ language: "English" }, "language", "is a two-letter language such as en"],
  [{ manager_id: "p-nobody" }, "manager_id", "nobody has the id p-nobody"],
])("names row and column of %j", (fault, column, reason) => {
  expect(checkPeople([other, { ...row, ...fault }])).toEqual({
    ok: false,
    faults: [{ row: 3, column, reason }],
  });
});

it.each([
  ["", undefined, null],
  ["2026-11-23", "2026-11-23", null],
  ["2026-11-24", null, "is a day to come: import it on that day"],
  ["2024-01-07", null, "is before the day in hired_on"],
  ["1 May", null, "is a date such as 2026-03-01, or empty"],
])("reads %j as the day from which a row is true", (valid_from, day, reason) => {
  expect(checkPeople([other, { ...row, valid_from }], "2026-11-23")).toMatchObject(
    reason === null
      ? { ok: true, people: [{}, { valid_from: day }] }
      : { ok: false, faults: [{ row: 3, column: "valid_from", reason }] },
  );
});

it("takes nothing when one row is bad, and names every fault in the order of the file", () => {
  const result = checkPeople([
    { ...row, roles: "employee;boss" },
    other,
    { ...other, manager_id: "p-nobody" },
  ]);
  if (result.ok) throw new Error("taken");
  expect(result.faults.map((f) => [f.row, f.column])).toEqual([
    [2, "roles"],
    [4, "id"],
    [4, "email"],
    [4, "manager_id"],
  ]);
});

it("refuses a file with a column too many or too few", () => {
  const { title: _title, ...short } = row;
  expect(checkPeople([short])).toMatchObject({ ok: false, faults: [{ row: 2, column: "title" }] });
  expect(checkPeople([{ ...row, salary: "1" }])).toMatchObject({ ok: false, faults: [{ row: 2 }] });
});
