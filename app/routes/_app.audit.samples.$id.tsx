import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, PageHeader } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { periodStateNames } from "#app/domain/competence/period-state.ts";
import { sample } from "#app/domain/pack/sample.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.sample.purpose ?? t("Random sample"));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return { sample: found(await sample(context.db, actor, idOf(params, "id"), context.now())) };
}

export default function SamplePage() {
  const t = useT();
  const number = useNumber();
  const { sample } = useLoaderData<typeof loader>();
  const { purpose, filter, size, populationSize, drawnBy, drawnAt, people } = sample;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/audit/samples" className="underline underline-offset-4">
            {t("Random samples")}
          </Link>
        }
        title={purpose}
        lead={
          <Rich
            text="Drawn by <name/>, <when/>"
            elements={{ name: <span>{drawnBy}</span>, when: <Moment at={drawnAt.toISOString()} /> }}
          />
        }
      />
      <Card className="mb-6">
        <dl className="grid gap-4 text-sm sm:grid-cols-2 lg:grid-cols-5">
          <Detail term={t("Drawn")}>
            {t("{{size}} of {{total}} people", { size: number(size), total: number(populationSize) })}
          </Detail>
          <Detail term={t("Department")}>{filter.department ?? t("All")}</Detail>
          <Detail term={t("Requirement")}>
            {filter.requirement ? <span lang="en">{filter.requirement}</span> : t("All")}
          </Detail>
          <Detail term={t("Status")}>{filter.state ? t(periodStateNames[filter.state]) : t("All")}</Detail>
          <Detail term={t("As at the end of")}>
            <Day at={filter.asAt} />
          </Detail>
        </dl>
      </Card>
      <Table
        caption={t("People drawn, in the order of the draw")}
        head={
          <>
            <Th>{t("Place")}</Th>
            <Th>{t("Name")}</Th>
            <Th>{t("Department")}</Th>
            <Th>{t("Pseudonym")}</Th>
          </>
        }
      >
        {people.map(({ pseudonym, id, name, department }, i) => (
          <tr key={pseudonym}>
            <Td>{number(i + 1)}</Td>
            <Td>
              {id === null ? (
                <span className="text-muted">{t("Not to be seen here")}</span>
              ) : (
                <Link to={`/records/${id}`} className="text-accent font-medium underline underline-offset-4">
                  {name}
                </Link>
              )}
            </Td>
            <Td>{department}</Td>
            <Td>
              <code className="text-xs">{pseudonym}</code>
            </Td>
          </tr>
        ))}
      </Table>
      <Again />
    </>
  );
}

function Again() {
  const t = useT();
  const { algorithm, seed, populationHash } = useLoaderData<typeof loader>().sample;
  return (
    <section aria-labelledby="again" className="mt-8 max-w-3xl">
      <h2 id="again" className="text-lg">
        {t("To draw it again")}
      </h2>
      <p className="text-muted mt-2 text-sm">
        {t(
          "For each pseudonym of the population, take the SHA-256 of the method, the seed and the pseudonym, with a line feed between them, and sort by it. The first are the sample. An audit pack holds the population and draws it again when it is checked.",
        )}
      </p>
      <dl className="mt-4 space-y-3 text-sm">
        <Detail term={t("Method")}>
          <code>{algorithm}</code>
        </Detail>
        <Detail term={t("Seed")}>
          <code className="wrap-anywhere">{seed}</code>
        </Detail>
        <Detail term={t("SHA-256 of the population")}>
          <code className="wrap-anywhere">{populationHash}</code>
        </Detail>
      </dl>
    </section>
  );
}
