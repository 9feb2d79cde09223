import type { Db } from "#db/client.server.ts";
import { computerShareAsked, texasFiscalYear } from "./fiscal-year.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { peoplePages, requirementsIn, type Standing, standingsOf } from "./person-page.server.ts";
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
              done.map((p) => p.requirementSlug).join("; "),
              done.map((p) => p.completedAt?.toISOString()).join("; "),
              done.length > 0,
            ]),
          );
      },
    },
    {
      path: `${folder}/summary.html`,
      shows: "How many of them have.",
      async *content() {
        let asked = 0;
        let have = 0;
        for await (const all of askedPages(db, scope)) {
          asked += all.length;
          have += all.filter((one) => one.done.length > 0).length;
        }
        yield page(
          `Yearly AI training in ${year.name}`,
          `<p>${year.from} to ${year.until}, as known at ${shown(new Date(scope.asAt))}.</p>${table(
            `People whose computer share is ${computerShareAsked} % or more`,
            ["People", "Completed a requirement in this year", "Have not"],
            [[String(asked), String(have), String(asked - have)]],
          )}`,
        );
      },
    },
  ];
}

type Asked = { person: Standing["person"]; done: Standing["periods"] };

async function* askedPages(db: Db, scope: PackOrder["scope"]): AsyncGenerator<Asked[]> {
  const { from, until } = texasFiscalYear(scope.asAt.slice(0, 10));
  const requirements = await requirementsIn(db, scope);
  for await (const people of peoplePages(db, scope)) {
    const asked = people.filter((one) => one.computerShare >= computerShareAsked);
    yield (await standingsOf(db, asked, scope, requirements)).map(({ person, periods }) => ({
      person,
      done: periods.filter((p) => {
        const day = p.completedAt?.toISOString().slice(0, 10);
        return day !== undefined && day >= from && day <= until;
      }),
    }));
  }
}
