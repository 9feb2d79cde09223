import { desc, like } from "drizzle-orm";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Db, openDatabase } from "#db/client.server.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import { type PeriodState, periodStates } from "#app/domain/competence/period-state.ts";
import { applies, type Requirement } from "#app/domain/competence/requirement.ts";
import { currentRequirements } from "#app/domain/competence/requirement.server.ts";
import { system } from "#app/domain/people/permission.ts";

type PersonRow = typeof person.$inferInsert;
type PeriodRow = typeof period.$inferInsert;
type WaiverRow = typeof waiver.$inferInsert;

const givenNames =
  "Ada Aisha Amir Anna Bram Carlos Chen Daan Elena Emeka Eva Fatima Femke Filip Grace Hana Hugo Ibrahim Inga Jakub Jana Joao Jonas Kaja Karim Lars Leila Lin Lucia Magda Marek Maria Mei Milan Nadia Nina Noah Olga Omar Paulo Petra Pia Rafael Rosa Ruben Sanne Sara Tariq Tessa Viktor Wanjiru Yusuf Zofia Łukasz".split(
    " ",
  );
const familyNames =
  "Adeyemi Bakker Bauer Bianchi Carter Chowdhury Costa Dekker Dubois Farah Fischer García Haddad Hansen Hoekstra Ivanova Jansen Kaminski Kim Kowalska Larsen Lewandowski Li Martin Meijer Mensah Mulder Nakamura Nguyen Novak O’Brien Okafor Olsen Patel Pereira Peters Rossi Santos Schmidt Silva Smit Suzuki Tanaka Torres Visser Wang Weber Wójcik Yilmaz Zhang".split(
    " ",
  );
const departments = [
  {
    name: "Customer Support",
    share: 18,
    titles: ["Support specialist", "Support engineer"],
    audiences: ["customer-support"],
  },
  {
    name: "Software Engineering",
    share: 26,
    titles: ["Software engineer", "Site reliability engineer"],
    audiences: ["engineers"],
  },
  {
    name: "Data & Analytics",
    share: 9,
    titles: ["Data scientist", "Data steward"],
    audiences: ["engineers", "data-stewards"],
  },
  { name: "Product", share: 7, titles: ["Product owner", "Designer"], audiences: ["product-owners"] },
  { name: "Sales", share: 14, titles: ["Account manager", "Sales engineer"], audiences: [] },
  {
    name: "Marketing & Communications",
    share: 6,
    titles: ["Marketing specialist", "Editor"],
    audiences: ["marketing"],
  },
  { name: "Finance & Procurement", share: 8, titles: ["Accountant", "Buyer"], audiences: ["procurement"] },
  { name: "Human Resources", share: 5, titles: ["HR adviser", "Recruiter"], audiences: ["hr-recruiting"] },
  {
    name: "Legal & Compliance",
    share: 4,
    titles: ["Counsel", "Compliance officer"],
    audiences: ["legal-compliance"],
  },
  { name: "Executive Office", share: 3, titles: ["Assistant", "Programme manager"], audiences: [] },
] as const;
const sites = [
  { location: "Rotterdam", timeZone: "Europe/Amsterdam" },
  { location: "Kraków", timeZone: "Europe/Warsaw" },
  { location: "Austin", timeZone: "America/Chicago" },
] as const;
/** How often each state occurs, in hundredths: an organisation that is on its way. */
const stateShares: Record<PeriodState, number> = {
  competent: 58,
  expiring: 12,
  in_progress: 8,
  not_started: 8,
  overdue: 6,
  expired: 5,
  waived: 3,
};

const day = 86_400_000;
/** Rows of one insert stay under the 65,535 parameters of a statement. */
const batch = 1000;

/**
 * Adds generated people with periods in every state, the same for the same seed, for benches and trials of size. They
 * have no sign-ins and no statements: never point it at an organisation that keeps real evidence.
 */
export async function generatePeople(
  db: Db,
  input: { count: number; seed?: number },
  now: Date,
): Promise<{ people: number; periods: number }> {
  const random = randomFrom(input.seed ?? 42001);
  const requirements = await currentRequirements(db);
  if (requirements.length === 0)
    throw new Error("There are no requirements yet. Start the product once, then generate people.");
  const [before] = await db.select({ id: person.id }).from(person).where(like(person.id, "g-%")).limit(1);
  if (before)
    throw new Error("People were generated here before. Start from another database or data folder.");
  const versions = new Map<string, string>();
  for (const version of await db.select().from(moduleVersion).orderBy(desc(moduleVersion.publishedAt)))
    if (!versions.has(version.slug)) versions.set(version.slug, version.id);

  const people = Array.from({ length: input.count }, (_, i) => aPerson(i, random));
  const periods: PeriodRow[] = [];
  const waivers: WaiverRow[] = [];
  const today = now.toISOString().slice(0, 10);
  for (const one of people) {
    for (const requirement of requirements) {
      if (!applies(requirement, { ...one, leftOn: null, uses: [], oversees: [], named: [] }, today)) continue;
      const state = stateFor(periods.length, random);
      const history = historyOf(one.id, requirement, state, now, random);
      for (const row of history)
        periods.push({
          ...row,
          moduleVersionId: row.startedAt ? (versions.get(requirement.module) ?? null) : null,
        });
      const last = history.at(-1);
      if (state === "waived" && last)
        waivers.push({
          id: uuid(random),
          periodId: last.id,
          reason: "On long leave; returns before the waiver ends.",
          grantedBy: system.id,
          grantedAt: new Date(now.getTime() - 10 * day),
          until: new Date(now.getTime() + 60 * day),
        });
    }
  }
  await db.transaction(async (tx) => {
    for (let i = 0; i < people.length; i += batch) await tx.insert(person).values(people.slice(i, i + batch));
    for (let i = 0; i < periods.length; i += batch)
      await tx.insert(period).values(periods.slice(i, i + batch));
    for (let i = 0; i < waivers.length; i += batch)
      await tx.insert(waiver).values(waivers.slice(i, i + batch));
    await recordEvents(
      tx,
      system,
      [
        {
          type: "people.imported",
          subjectType: "organisation",
          subjectId: "1",
          data: { created: people.length, changed: 0 },
        },
      ],
      now,
    );
  });
  return { people: people.length, periods: periods.length };
}

function aPerson(i: number, random: () => number): PersonRow & { audiences: string[] } {
  const number = String(i + 1).padStart(6, "0");
  const department = weighted(departments, random);
  const name = `${pick(givenNames, random)} ${pick(familyNames, random)}`;
  const team = i - (i % 12);
  const manages = i === team;
  const mailName = name
    .normalize("NFD")
    .replace(/[^A-Za-z ]/g, "")
    .replace(/ +/g, ".")
    .toLowerCase();
  return {
    id: `g-${number}`,
    pseudonym: uuid(random),
    email: `${mailName}.${number}@aldermoor.example`,
    name,
    department: department.name,
    title: manages ? "Team lead" : pick(department.titles, random),
    managerId: manages ? null : `g-${String(team + 1).padStart(6, "0")}`,
    ...pick(sites, random),
    language: "en",
    employmentType: random() < 0.1 ? "contractor" : "employee",
    hiredOn: new Date(Date.UTC(2014, 0, 1) + Math.floor(random() * 4000) * day).toISOString().slice(0, 10),
    leftOn: null,
    computerShare: 40 + Math.floor(random() * 61),
    audiences: ["all-staff", ...department.audiences, ...(manages ? ["people-managers"] : [])],
    roles: manages ? ["employee", "manager"] : ["employee"],
  };
}

/** The first few periods take each state in turn, so that a small set has all of them. */
function stateFor(position: number, random: () => number): PeriodState {
  const each = periodStates[position];
  return (
    each ??
    weighted(
      periodStates.map((state) => ({ state, share: stateShares[state] })),
      random,
    ).state
  );
}

/** The periods of one person for one requirement that lead to a state at `now`, oldest first. */
function historyOf(
  personId: string,
  requirement: Requirement,
  state: PeriodState,
  now: Date,
  random: () => number,
): (PeriodRow & { id: string })[] {
  const { validMonths, windowDays, dueDays, graceDays, slug } = requirement;
  const before = (days: number): Date => new Date(now.getTime() - days * day);
  const valid = validMonths * 30.4;
  const row = (number: number, assignedAt: Date, dueAt: Date, grace: number): PeriodRow & { id: string } => ({
    id: uuid(random),
    personId,
    requirementSlug: slug,
    number,
    assignedAt,
    dueAt,
    graceUntil: new Date(dueAt.getTime() + grace * day),
  });
  const done = (p: PeriodRow & { id: string }, completedAt: Date): PeriodRow & { id: string } => {
    const expiresAt = new Date(completedAt);
    expiresAt.setUTCMonth(expiresAt.getUTCMonth() + validMonths);
    const renewFrom = new Date(expiresAt.getTime() - windowDays * day);
    return { ...p, startedAt: new Date(completedAt.getTime() - 2 * day), completedAt, renewFrom, expiresAt };
  };
  const first = (assignedDaysAgo: number): PeriodRow & { id: string } =>
    row(1, before(assignedDaysAgo), before(assignedDaysAgo - dueDays), graceDays);
  const someDays = (from: number, to: number): number => from + random() * Math.max(0, to - from);

  if (state === "not_started" || state === "waived") return [first(someDays(1, dueDays))];
  if (state === "in_progress") {
    const assigned = someDays(5, dueDays);
    return [{ ...first(assigned), startedAt: before(assigned / 2) }];
  }
  if (state === "overdue") return [first(someDays(dueDays + graceDays + 2, dueDays + graceDays + 90))];
  const completedAgo =
    state === "competent"
      ? someDays(3, valid - windowDays - 3)
      : state === "expiring"
        ? someDays(valid - windowDays + 4, valid - 4)
        : someDays(valid + 4, valid + 90);
  const current = done(first(completedAgo + someDays(1, dueDays)), before(completedAgo));
  if (state === "competent") {
    if (random() < 0.5 || !current.expiresAt) return [current];
    // Half of the competent have renewed once: the earlier cycle stays as evidence.
    const earlier = done(first(completedAgo + valid + 5), before(completedAgo + valid - windowDays / 2));
    const renewal = done(
      row(2, earlier.renewFrom as Date, earlier.expiresAt as Date, 0),
      before(completedAgo),
    );
    return [{ ...earlier, supersededAt: earliest(renewal.completedAt, earlier.expiresAt) }, renewal];
  }
  const next = row(2, current.renewFrom as Date, current.expiresAt as Date, 0);
  if (state === "expiring") return [current, next];
  return [{ ...current, supersededAt: current.expiresAt ?? null }, next];
}

function earliest(a: Date | null | undefined, b: Date | null | undefined): Date | null {
  if (!a || !b) return a ?? b ?? null;
  return a < b ? a : b;
}

/** Mulberry32: small, fast and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = "4";
  hex[16] = "8";
  const text = hex.join("");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}

function weighted<T extends { share: number }>(from: readonly T[], random: () => number): T {
  let left = random() * from.reduce((sum, one) => sum + one.share, 0);
  for (const one of from) {
    left -= one.share;
    if (left < 0) return one;
  }
  return from.at(-1) as T;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: "string" }, database: { type: "string" }, seed: { type: "string" } },
  });
  const count = Number(values.count ?? 10_000);
  const url = values.database ?? process.env["DATABASE_URL"] ?? process.env["DATA_DIR"] ?? "data";
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000)
    throw new Error("--count is a whole number from 1 to 1000000.");
  const database = await openDatabase(url);
  try {
    await database.migrate();
    console.log(`Generating ${count} people …`);
    const started = performance.now();
    const made = await generatePeople(
      database.db,
      { count, ...(values.seed === undefined ? {} : { seed: Number(values.seed) }) },
      new Date(),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${made.people} people with ${made.periods} periods in ${seconds} s.`);
  } finally {
    await database.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
