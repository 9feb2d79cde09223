import type { Db } from "#db/client.server.ts";
import { certifiedOn } from "../competence/requirement.ts";
import { computerShareAsked, texasFiscalYear } from "./fiscal-year.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { peoplePages, type Standing, standingsOf } from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.texas;

/** Who uses a computer for at least a quarter of their duties, and what they completed in the state fiscal year. */
export async function texasFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  const year = texasFiscalYear(scope.asAt.slice(0, 10));
  return [
    {
      path: `${folder}/completion.csv`,
      shows: `Each person with a computer share of ${computerShareAsked} % or more, and what they completed in ${year.name}.`,
      async *content() {
        yield csvHead([
          "Person",
          "Name",
          "Department",
          "Location",
          "Computer share (percent)",
          "Completed",
          "When (UTC)",
          "Certified as",
          "Done this year",
        ]);
        for await (const all of askedPages(db, scope))
          yield csvLines(
            all.map(({ person, done }): Value[] => [
              person.id,
              person.name,
              person.department,
              person.location,
              person.computerShare,
              done.map((one) => one.requirement).join("; "),
              done.map((one) => one.at.toISOString()).join("; "),
              done.map((one) => one.certifiedAs ?? "not certified").join("; "),
              isTrained(done),
            ]),
          );
      },
    },
    {
      path: `${folder}/summary.html`,
      shows: "How many of them have.",
      async *content() {
        let asked = 0;
        let certified = 0;
        let other = 0;
        for await (const all of askedPages(db, scope)) {
          asked += all.length;
          certified += all.filter(({ done }) => isTrained(done)).length;
          other += all.filter(({ done }) => done.length > 0 && !isTrained(done)).length;
        }
        yield page(
          `Yearly AI training in ${year.name}`,
          `<p>${year.from} to ${year.until}, as known at ${shown(new Date(scope.asAt))}.</p>${
            certified === 0 ? uncertified : ""
          }${table(
            `People whose computer share is ${computerShareAsked} % or more`,
            [
              "People",
              "Completed certified training",
              "Completed only training not recorded as certified",
              "Neither",
            ],
            [[asked, certified, other, asked - certified - other].map(String)],
          )}`,
        );
      },
    },
  ];
}

const uncertified =
  "<p>Nobody counts as trained: no completion of this year is of training that a requirement records as certified by the Department of Information Resources. HR records certifications with the requirement.</p>";

type Done = { requirement: string; at: Date; certifiedAs: string | null };
type Asked = { person: Standing["person"]; done: Done[] };

const isTrained = (done: readonly Done[]): boolean => done.some((one) => one.certifiedAs !== null);

async function* askedPages(db: Db, scope: PackOrder["scope"]): AsyncGenerator<Asked[]> {
  const { from, until } = texasFiscalYear(scope.asAt.slice(0, 10));
  const requirements = await requirementsIn(db, scope);
  const bodies = new Map(requirements.map((one) => [one.slug, one]));
  for await (const people of peoplePages(db, scope)) {
    const asked = people.filter((one) => one.computerShare >= computerShareAsked);
    yield (await standingsOf(db, asked, scope, requirements)).map(({ person, periods }) => ({
      person,
      done: periods.flatMap(({ requirementSlug, completedAt, carriedFrom }): Done[] => {
        // A cycle that carries a competence on completed nothing itself: what it carries is among these already.
        if (carriedFrom !== null || completedAt === null) return [];
        const day = completedAt.toISOString().slice(0, 10);
        if (day < from || day > until) return [];
        const body = bodies.get(requirementSlug);
        const certifiedAs = body ? certifiedOn(body, "texas_dir", day) : null;
        return [{ requirement: requirementSlug, at: completedAt, certifiedAs }];
      }),
    }));
  }
}
