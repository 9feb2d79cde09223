import { Link } from "@remix-run/react";
import { LastDay } from "#app/components/last-day.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { acknowledgementStateNames } from "#app/domain/competence/acknowledgement-duty.ts";
import type { AcknowledgementRow } from "#app/domain/competence/acknowledgement-list.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

const tones = { given: "good", open: "info", overdue: "bad" } as const;

/** Who has acknowledged the policy, in which version, and who has not until when. */
export function PeopleTable({ rows }: { rows: readonly AcknowledgementRow[] }) {
  const t = useT();
  return (
    <Table
      caption={t("Acknowledgements")}
      head={
        <>
          <Th>{t("Name")}</Th>
          <Th>{t("Department")}</Th>
          <Th>{t("Status")}</Th>
          <Th>{t("Due")}</Th>
          <Th>{t("Acknowledged")}</Th>
          <Th>{t("Version")}</Th>
          <Th>{t("Tries at the questions")}</Th>
        </>
      }
    >
      {rows.map(({ id, name, department, timeZone, state, due, given }) => (
        <tr key={id}>
          <Td>
            <Link to={`/records/${id}`} className="text-accent font-medium underline underline-offset-4">
              {name}
            </Link>
          </Td>
          <Td>{department}</Td>
          <Td>
            <Badge tone={tones[state]}>{t(acknowledgementStateNames[state])}</Badge>
          </Td>
          <Td>
            <LastDay at={due} zone={timeZone} />
          </Td>
          <Td>{given ? <Moment at={given.at.toISOString()} /> : t("Not yet")}</Td>
          <Td>{given?.version ?? "–"}</Td>
          <Td>{given?.tries ?? "–"}</Td>
        </tr>
      ))}
    </Table>
  );
}
