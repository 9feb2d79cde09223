import { Notice } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { legacyFaultWords } from "#app/domain/competence/legacy-record.ts";
import type { LegacyOutcome } from "#app/domain/competence/legacy-record.server.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";

/** Faults of one file that are listed; nobody mends more in one go. */
const shown = 200;

/** What a file would do or has done, or every fault with its row and column. */
export function Outcome({
  outcome,
  imported,
  name,
}: {
  outcome: LegacyOutcome;
  imported: boolean;
  name: string;
}) {
  const t = useT();
  const number = useNumber();
  if (!outcome.ok)
    return (
      <section aria-label={t("Faults")} className="mb-6 space-y-4">
        <Notice
          tone="bad"
          role="alert"
          title={t("{{count}} faults in {{name}}", { count: outcome.faults.length, name })}
        >
          {t("Nothing was imported. Mend the file and send it again.")}
        </Notice>
        <Table
          caption={t("Faults")}
          head={
            <>
              <Th>{t("Row")}</Th>
              <Th>{t("Column")}</Th>
              <Th>{t("What is there")}</Th>
              <Th>{t("What is wrong")}</Th>
            </>
          }
        >
          {outcome.faults.slice(0, shown).map((fault, i) => (
            <tr key={i}>
              <Td className="tabular-nums">{number(fault.row)}</Td>
              <Td className="font-mono">{fault.column}</Td>
              <Td className="wrap-anywhere">{fault.value}</Td>
              <Td>{t(legacyFaultWords[fault.reason])}</Td>
            </tr>
          ))}
        </Table>
      </section>
    );
  const { known, preview } = outcome;
  const title = known
    ? t("This file was imported already")
    : imported
      ? t("{{name}} is imported", { name })
      : t("{{name}} can be imported", { name });
  return (
    <div className="mb-6">
      <Notice tone={known ? "info" : "good"} role="status" title={title}>
        {known ? (
          t("Nothing was changed.")
        ) : (
          <>
            <p>
              {t("{{count}} records", { count: preview.records })},{" "}
              {t("{{count}} people", { count: preview.people })}
            </p>
            <ul className="mt-2 list-disc pl-5">
              {preview.requirements.map((one) => (
                <li key={one.title}>
                  <span lang="en">{one.title}</span>:{" "}
                  {t("{{records}} records, of which {{counting}} still count", {
                    records: number(one.records),
                    counting: number(one.counting),
                  })}
                </li>
              ))}
            </ul>
            {imported ? null : (
              <p className="mt-2">{t("To import it, choose the file again and then “Import it”.")}</p>
            )}
          </>
        )}
      </Notice>
    </div>
  );
}
