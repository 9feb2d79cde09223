import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Moment } from "#app/components/ui/moment.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { bulkKindNames } from "#app/domain/competence/bulk.ts";
import { bulkActions } from "#app/domain/competence/bulk-work.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Done for many"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return { actions: await bulkActions(context.db, actor) };
}

export default function BulkActions() {
  const t = useT();
  const number = useNumber();
  const { actions } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/board" className="underline underline-offset-4">
            {t("Board")}
          </Link>
        }
        title={t("Done for many")}
      />
      {actions.length === 0 ? (
        <EmptyState title={t("Nothing yet")}>
          {t("Narrow the board to those you mean, or tick them, and choose what to do for all of them.")}
        </EmptyState>
      ) : (
        <Table
          caption={t("Done for many")}
          head={
            <>
              <Th>{t("What")}</Th>
              <Th>{t("People")}</Th>
              <Th>{t("Asked for by")}</Th>
              <Th>{t("When")}</Th>
            </>
          }
        >
          {actions.map(({ id, kind, total, by, requestedAt }) => (
            <tr key={id}>
              <Td>
                <Link
                  to={`/bulk-actions/${id}`}
                  className="text-accent font-medium underline underline-offset-4"
                >
                  {t(bulkKindNames[kind])}
                </Link>
              </Td>
              <Td>{number(total)}</Td>
              <Td>{by}</Td>
              <Td>
                <Moment at={requestedAt.toISOString()} />
              </Td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
