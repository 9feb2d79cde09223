import { and, getTableColumns, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { coverage, stateCounts } from "../competence/board.ts";
import { type PeriodState, periodStateNames } from "../competence/period-state.ts";
import { type Requirement, ruleOf } from "../competence/requirement.ts";
import type { AiSystem } from "../register/ai-system.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { percent } from "./figure.server.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { inScope, peopleKnown, peoplePages, standingsOf } from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

type Scope = PackOrder["scope"];

/** Measures for AI literacy (Art. 4): for whom there is what, by role and by system. */
export async function literacyFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  const { folder } = clauses.literacy;
  return [
    {
      path: `${folder}/measures-by-role.csv`,
      shows: "For each group of people: the measures meant for it, and how many have taken them.",
      content: () => byRole(db, scope),
    },
    {
      path: `${folder}/measures-by-system.csv`,
      shows: "For each registered AI system: who may use it, and which measures reach these groups.",
      content: () => bySystem(db, scope),
    },
  ];
}

async function* byRole(db: Db, scope: Scope): AsyncGenerator<string> {
  const requirements = await requirementsIn(db, scope);
  const states = new Map<
    string,
    { audience: string; requirement: string; state: PeriodState; count: number }
  >();
  for await (const people of peoplePages(db, scope))
    for (const { person: one, cells } of await standingsOf(db, people, scope, requirements))
      for (const { requirement, state } of cells)
        for (const audience of audiencesOf(requirement).filter((a) => one.audiences.includes(a))) {
          const key = JSON.stringify([audience, requirement.slug, state]);
          const known = states.get(key) ?? { audience, requirement: requirement.slug, state, count: 0 };
          states.set(key, { ...known, count: known.count + 1 });
        }
  yield csvHead(["Group", "Measure", "Title", "Module", "People", "Coverage"]);
  const all = [...states.values()];
  for (const requirement of requirements)
    for (const audience of audiencesOf(requirement)) {
      const mine = all.filter((one) => one.audience === audience && one.requirement === requirement.slug);
      const people = mine.reduce((sum, one) => sum + one.count, 0);
      const { slug, title, module } = requirement;
      yield csvLines([[audience, slug, title, module, people, percent(coverage(stateCounts(mine)))]]);
    }
}

async function* bySystem(db: Db, scope: Scope): AsyncGenerator<string> {
  const requirements = await requirementsIn(db, scope);
  const { systems } = await theRegister(db);
  yield csvHead([
    "System",
    "Name",
    "Status",
    "Role under the Act",
    "Risk class",
    "Groups that may use it",
    "Measures",
  ]);
  yield csvLines(
    systems.map((one): Value[] => {
      const groups = [...new Set(one.approvals.flatMap((a) => a.groups))];
      const measures = requirements.filter(
        (r) => systemsOf(r).includes(one.slug) || audiencesOf(r).some((a) => groups.includes(a)),
      );
      const { slug, name, status, aiActRole, riskClass } = one;
      return [
        slug,
        name,
        status,
        aiActRole,
        riskClass,
        groups.join("; "),
        measures.map((m) => m.slug).join("; "),
      ];
    }),
  );
}

/** Overseers of high-risk systems with the proof of their competence (Art. 26(2)). */
export async function oversightFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  const { folder } = clauses.oversight;
  const head = [
    "System",
    "Risk class",
    "Overseer",
    "Name",
    "Requirement",
    "State",
    "Completed",
    "Expires",
    "Period",
  ];
  return [
    {
      path: `${folder}/overseers.html`,
      shows: "For each high-risk system: its overseers and what proves their competence.",
      async *content() {
        const rows = (await overseerRows(db, scope)).map((row) => row.map(shown));
        yield page(
          "Overseers of high-risk systems",
          `<p>The register of AI systems as it stands when the pack is made; competence as known at ${shown(new Date(scope.asAt))}. Somebody without a requirement has no proof here.</p>${table("Overseers", head, rows)}`,
        );
      },
    },
    {
      path: `${folder}/overseers.csv`,
      shows: "The same as a table.",
      async *content() {
        yield csvHead(head);
        yield csvLines(await overseerRows(db, scope));
      },
    },
  ];
}

async function overseerRows(db: Db, scope: Scope): Promise<Value[][]> {
  const systems = (await theRegister(db)).systems.filter(
    (one) => one.riskClass === "high_risk" && (one.status === "in_use" || one.status === "pilot"),
  );
  const ids = [...new Set(systems.flatMap((one) => one.overseers))];
  // Overseers outside the scope are named by their id alone.
  const people =
    ids.length === 0
      ? []
      : await db
          .select(getTableColumns(person))
          .from(peopleKnown(scope))
          .where(and(inArray(person.id, ids), inScope(scope)));
  const requirements = await requirementsIn(db, scope);
  const standings = await standingsOf(db, people, scope, requirements);
  return systems.flatMap((system) =>
    system.overseers.length === 0
      ? [[system.name, system.riskClass, "none named"]]
      : system.overseers.flatMap((id): Value[][] => {
          const one = standings.find((s) => s.person.id === id);
          const start: Value[] = [
            system.name,
            system.riskClass,
            id,
            one?.person.name ?? "outside this scope",
          ];
          const cells = (one?.cells ?? []).filter((cell) => concernsSystem(cell.requirement, system));
          if (cells.length === 0) return [start];
          return cells.map(({ requirement, state, period }) => [
            ...start,
            requirement.slug,
            periodStateNames[state],
            period.completedAt,
            period.expiresAt,
            period.id,
          ]);
        }),
  );
}

/** Whether a requirement is about a system, or about overseers in general. */
function concernsSystem(requirement: Requirement, system: AiSystem): boolean {
  const named = systemsOf(requirement);
  return named.length === 0 || named.includes(system.slug);
}

/** The audiences that the rule of a requirement names. */
function audiencesOf(requirement: Requirement): string[] {
  const named = ruleOf(requirement).any.flatMap((group) => group.all);
  return [...new Set(named.flatMap((one) => ("audience" in one ? one.audience : [])))];
}

/** The systems that a requirement is about, or whose users or overseers its rule names. */
function systemsOf(requirement: Requirement): string[] {
  const named = ruleOf(requirement)
    .any.flatMap((group) => group.all)
    .flatMap((one) => ("oversees" in one ? one.oversees : "uses" in one ? one.uses : []));
  return [...new Set([...(requirement.system === undefined ? [] : [requirement.system]), ...named])];
}
