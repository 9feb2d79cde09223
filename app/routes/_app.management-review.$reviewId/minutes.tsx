import { Link } from "@remix-run/react";
import { useLoaderData } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Who took part, what was said and what was decided. */
export function Minutes() {
  const t = useT();
  const { minutes } = useLoaderData<typeof loader>();
  const parts = [
    { name: t("Who took part"), text: minutes.attendees },
    { name: t("What has changed outside and inside"), text: minutes.changes },
    { name: t("Decisions"), text: minutes.decisions },
  ].filter((one) => one.text !== "");
  return (
    <Card as="section" className="space-y-5">
      {parts.map(({ name, text }) => (
        <div key={name}>
          <h2 className="text-lg">{name}</h2>
          <p className="mt-1 max-w-[65ch] whitespace-pre-line wrap-anywhere">{text}</p>
        </div>
      ))}
      {minutes.actions.length > 0 ? (
        <div>
          <h2 className="mb-2 text-lg">{t("Actions")}</h2>
          <Table
            caption={t("Actions")}
            head={
              <>
                <Th>{t("Action")}</Th>
                <Th>{t("Owner")}</Th>
                <Th>{t("By when")}</Th>
              </>
            }
          >
            {minutes.actions.map(({ what, owner, on, id }) => (
              <tr key={what}>
                <Td>
                  {id ? (
                    <Link to={`/actions/${id}`} className="text-accent underline underline-offset-4">
                      {what}
                    </Link>
                  ) : (
                    what
                  )}
                </Td>
                <Td>{owner}</Td>
                <Td className="whitespace-nowrap">
                  <Day at={on} />
                </Td>
              </tr>
            ))}
          </Table>
        </div>
      ) : null}
    </Card>
  );
}
