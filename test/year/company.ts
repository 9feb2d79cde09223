import { readFileSync } from "node:fs";
import { type Requirement, requirement } from "#app/domain/competence/requirement.ts";
import type { Module } from "#app/domain/content/module.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import type { PersonRow } from "#app/domain/people/import.ts";
import type { AiSystem } from "#app/domain/register/ai-system.ts";
import { aCheck, aModule, aPolicy, itemsOfEveryType } from "#test/course.ts";
import { anAiSystem } from "#test/factories.ts";
import type { Zone } from "./calendar.ts";
import type { Demand, Facts } from "./oracle.ts";

/** The organisation of the year: small, and with a rule of every kind. */

const text = (items: number) => ({
  passMark: 0.8,
  attempts: 2,
  coolDownHours: 24,
  minutes: 30,
  blueprint: [{ objective: "o1", items }],
});

/** A module that is read in a minute and asks two questions. */
export function shortModule(slug: string, acknowledges: string[], version = "1.0.0"): Module {
  const items = ["one", "two", "three"].flatMap((suffix) =>
    itemsOfEveryType(`${slug}-${suffix}`).filter(
      (one) => one.type === "single_choice" || one.type === "true_false",
    ),
  );
  return aModule({
    slug,
    title: `Training ${slug}`,
    version,
    acknowledges,
    changeNote: `Version ${version}.`,
    assessment: text(2),
    lessons: [
      {
        id: "first",
        title: "The lesson",
        minutes: 3,
        objectives: ["o1"],
        parts: [{ kind: "text", html: `<p>Read version ${version}.</p>` }],
      },
    ],
    items,
  });
}

const rules: (Partial<Requirement> & Pick<Requirement, "slug" | "module">)[] = [
  { slug: "awareness", module: "awareness", audiences: ["all-staff"] },
  {
    slug: "engineering",
    module: "engineering",
    audiences: ["engineers"],
    windowDays: 30,
    dueDays: 21,
    graceDays: 7,
    triggers: ["retention"],
    accepts: ["experience"],
  },
  {
    slug: "oversight",
    module: "oversight",
    appliesTo: { any: [{ all: [{ oversees: ["hirelens", "gradewise", "facegate"] }] }] },
    windowDays: 45,
    dueDays: 14,
    graceDays: 0,
  },
  {
    slug: "texas",
    module: "texas",
    appliesTo: { any: [{ all: [{ location: ["Austin"] }, { computerShare: { atLeast: 25 } }] }] },
    windowDays: 90,
    dueDays: 60,
    graceDays: 0,
    anchor: "fixed",
    anchorDay: "08-31",
  },
];

export const requirements: Requirement[] = rules.map((one) =>
  requirement.parse({
    title: `Requirement ${one.slug}`,
    audiences: [],
    validMonths: 12,
    windowDays: 60,
    dueDays: 30,
    graceDays: 14,
    effectiveFrom: "2026-01-01",
    basis: ["ISO/IEC 42001:2023 7.2 a)"],
    ...one,
  }),
);

/** The same in the words of the oracle. */
export const demands: Demand[] = [
  {
    slug: "awareness",
    windowDays: 60,
    dueDays: 30,
    graceDays: 14,
    asks: (one) => one.audiences.includes("all-staff"),
  },
  {
    slug: "engineering",
    windowDays: 30,
    dueDays: 21,
    graceDays: 7,
    asks: (one) => one.audiences.includes("engineers"),
  },
  {
    slug: "oversight",
    windowDays: 45,
    dueDays: 14,
    graceDays: 0,
    asks: (one) => one.oversees.length > 0,
  },
  {
    slug: "texas",
    windowDays: 90,
    dueDays: 60,
    graceDays: 0,
    fixedDay: "08-31",
    asks: (one) => one.location === "Austin" && one.computerShare >= 25,
  },
];

export const modules: Module[] = [
  shortModule("awareness", ["ai-policy"]),
  shortModule("engineering", []),
  shortModule("oversight", []),
  shortModule("texas", ["texas-policy"]),
];

export const policies: Policy[] = [
  aPolicy({ owner: "ravi", approver: "sofia" }),
  aPolicy({ slug: "texas-policy", title: "Texas policy", owner: "ravi", approver: "sofia" }),
];

/** The material revision of the AI policy, and its check. */
export const revisedPolicy = aPolicy({
  version: "2.0",
  effectiveFrom: "2027-07-01",
  owner: "ravi",
  approver: "sofia",
  changeNote: "Great care.",
  body: "### 1.1 Purpose\n\nWe use AI with great care.",
  clauses: [{ number: "1.1", heading: "Purpose", text: "We use AI with great care." }],
});
export const revisedCheck = aCheck({ version: "2.0" });

export const hirelens: AiSystem = anAiSystem({ owner: "ravi", overseers: ["hana", "ravi"] });
export const gradewise: AiSystem = anAiSystem({
  slug: "gradewise",
  name: "Gradewise",
  owner: "ravi",
  overseers: ["tom", "ravi"],
});

/** Never let in: nobody has to know how to oversee it. */
export const facegate: AiSystem = anAiSystem({
  slug: "facegate",
  name: "Facegate",
  owner: "ravi",
  status: "rejected",
  overseers: ["theo"],
});

/** id, department, manager, place, share of computer work, audiences beside all staff, roles beside employee. */
const rows = readFileSync(new URL("people.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1);

/** Everybody, by id, as the people file has them. */
export const people: Map<string, PersonRow> = new Map(
  rows.map((line) => {
    const [id = "", department = "", manager = "", location = "", share = "", audiences = "", roles = ""] =
      line.split(",");
    const row: PersonRow = {
      id,
      name: `${id.charAt(0).toUpperCase()}${id.slice(1)} Year`,
      email: `${id}@aldermoor.example`,
      department,
      title: "Specialist",
      manager_id: manager || null,
      location,
      time_zone: location === "Austin" ? "America/Chicago" : "Europe/Amsterdam",
      language: "en",
      employment_type: "permanent",
      hired_on: "2024-01-08",
      computer_share: Number(share),
      audiences: ["all-staff", ...audiences.split(" ").filter(Boolean)],
      roles: ["employee", ...(roles.split(" ").filter(Boolean) as PersonRow["roles"])],
    };
    return [id, row];
  }),
);

/** Who comes during the year. */
export const joiners: readonly string[] = ["jo", "june"];

export const factsOf = (row: PersonRow): Facts => ({
  id: row.id,
  zone: row.time_zone as Zone,
  location: row.location,
  computerShare: row.computer_share,
  audiences: [...row.audiences],
  oversees: [],
  leftOn: null,
});
