import { Link, useLoaderData } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { CellState } from "./cell.tsx";
import { NextNeed } from "./next-need.tsx";
import type { loader } from "./route.tsx";

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** People × requirements, for screens with room for columns. The names stay in sight while the rest scrolls. */
export function Matrix() {
  const t = useT();
  const { people } = useLoaderData<typeof loader>();
  const requirements = useColumns();
  return (
    <div
      role="region"
      aria-label={t("People and requirements")}
      tabIndex={0}
      // Positioned, so that what only screen readers see scrolls with the cells and does not widen the page.
      className="bg-surface border-line relative hidden overflow-x-auto rounded-2xl border shadow-xs md:block"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{t("People and requirements with the state of each")}</caption>
        <thead>
          <tr className="text-muted text-left">
            <th
              scope="col"
              className="bg-sunken border-line sticky left-0 z-10 min-w-56 border-r border-b px-5 py-3 font-semibold"
            >
              {t("Person")}
            </th>
            {requirements.map(({ slug, title }) => (
              <th
                key={slug}
                scope="col"
                className="bg-sunken border-line min-w-40 border-b px-3 py-3 font-semibold text-pretty"
              >
                <span lang="en" className="block px-2">
                  {title}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {people.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  one: { id, name, title, department, timeZone, opens, cells },
}: {
  one: Data["people"][number];
}) {
  const t = useT();
  const { moment: now, team } = useLoaderData<typeof loader>();
  const requirements = useColumns();
  return (
    <tr className="group">
      <th
        scope="row"
        className="bg-surface group-hover:bg-sunken border-line sticky left-0 z-10 w-56 max-w-56 lg:w-80 lg:max-w-80 border-r border-b px-5 py-3 text-left font-normal"
      >
        {opens ? (
          <Link
            to={`/records/${id}`}
            className="hover:text-accent inline-block font-semibold underline-offset-4 wrap-anywhere hover:underline"
          >
            {name}
          </Link>
        ) : (
          <span className="font-semibold wrap-anywhere">{name}</span>
        )}
        <span className="text-muted block text-xs text-pretty">
          {title} · {department}
        </span>
        {team ? <NextNeed cells={cells} zone={timeZone} /> : null}
      </th>
      {requirements.map(({ slug, title: requirement }) => {
        const cell = cells.find((c) => c.requirement === slug);
        return (
          <td key={slug} className="border-line group-hover:bg-sunken border-b px-3 py-2 align-middle">
            {cell && !opens ? (
              <div className="space-y-1 px-2 py-1.5">
                <CellState cell={cell} zone={timeZone} now={now} />
              </div>
            ) : cell ? (
              <Link
                to={`/records/${id}#${slug}`}
                className="hover:bg-surface block w-fit space-y-1 rounded-lg px-2 py-1.5"
              >
                <span className="sr-only">
                  {name}, <span lang="en">{requirement}</span>:{" "}
                </span>
                <CellState cell={cell} zone={timeZone} now={now} />
              </Link>
            ) : (
              <span className="text-muted px-2">
                <span aria-hidden="true">–</span>
                <span className="sr-only">{t("Not required")}</span>
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** The requirements that ask something of anybody shown: a column of dashes says nothing. */
function useColumns(): Data["requirements"] {
  const { people, requirements } = useLoaderData<typeof loader>();
  const asked = new Set(people.flatMap((one) => one.cells.map((cell) => cell.requirement)));
  return requirements.filter((one) => asked.has(one.slug));
}
