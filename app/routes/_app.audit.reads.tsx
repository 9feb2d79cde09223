import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PageLinks } from "#app/components/page-links.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { readings } from "#app/domain/evidence/read-log.server.ts";
import { readPlaceNames } from "#app/domain/evidence/read-log.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Who read whose record"));

const before = z.coerce.number().int().positive().optional().catch(undefined);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const personId = search.get("person");
  const page = await readings(
    context.db,
    actor,
    { personId },
    before.parse(search.get("before") ?? undefined),
  );
  return { ...page, personId, own: personId === actor.id };
}

export default function Reads() {
  const t = useT();
  const { readings, next, personId, own } = useLoaderData<typeof loader>();
  const query = new URLSearchParams(personId === null ? {} : { person: personId });
  return (
    <>
      <PageHeader
        eyebrow={
          own ? (
            <Link to={`/records/${personId}`} className="underline underline-offset-4">
              {t("My record")}
            </Link>
          ) : null
        }
        title={own ? t("Who has read my record") : t("Who read whose record")}
        lead={
          own
            ? t(
                "Every time somebody else opened your record, newest first. Lists of many people and archives for auditors stand in the audit log.",
              )
            : t("Every time somebody opened the record of somebody else, newest first.")
        }
      />
      {readings.length === 0 ? (
        <EmptyState title={t("Nobody so far")}>
          {t("As soon as somebody opens a record, it stands here.")}
        </EmptyState>
      ) : (
        <Table
          caption={t("Records read")}
          head={
            <>
              <Th>{t("When")}</Th>
              <Th>{t("Read by")}</Th>
              {own ? null : <Th>{t("Record of")}</Th>}
              <Th>{t("Where")}</Th>
            </>
          }
        >
          {readings.map(({ seq, at, reader, subject, subjectId, place }) => (
            <tr key={seq}>
              <Td className="whitespace-nowrap">
                <Moment at={at.toISOString()} />
              </Td>
              <Td>{reader}</Td>
              {own ? null : (
                <Td>
                  <Link
                    to={`/audit/reads?person=${encodeURIComponent(subjectId)}`}
                    className="text-accent font-medium underline underline-offset-4"
                  >
                    {subject}
                  </Link>
                </Td>
              )}
              <Td>{t(readPlaceNames[place])}</Td>
            </tr>
          ))}
        </Table>
      )}
      <PageLinks
        back={null}
        on={
          next === null
            ? null
            : { to: `?${new URLSearchParams([...query, ["before", String(next)]])}`, words: t("Older") }
        }
      />
    </>
  );
}
