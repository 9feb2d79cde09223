import { useLoaderData } from "@remix-run/react";
import { useFigures } from "#app/components/evaluation-words.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The result by department, without those in which somebody could be recognised. */
export function Groups() {
  const t = useT();
  const number = useNumber();
  const { ofMeasure } = useFigures();
  const { result, criterion } = useLoaderData<typeof loader>();
  const groups = result?.body.groups ?? [];
  if (groups.length === 0) return null;
  return (
    <Card as="section">
      <h2 className="text-lg">{t("By department")}</h2>
      <p className="text-muted mt-1 mb-4 text-sm text-pretty">
        {t(
          "Groups of fewer than five are hidden, and others with them where a subtraction from the total would give them away.",
        )}
      </p>
      <Table
        caption={t("By department")}
        head={
          <>
            <Th>{t("Department")}</Th>
            <Th>{t("People")}</Th>
            <Th>{t("Estimate")}</Th>
          </>
        }
      >
        {groups.map(({ name, n, value }) => (
          <tr key={name}>
            <Td>{name}</Td>
            <Td className="tabular-nums">{n === null ? t("hidden") : number(n)}</Td>
            <Td className="tabular-nums">
              {value === null ? t("hidden") : ofMeasure(criterion.measure, value)}
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

/** How the items of the first assessments did: what a later version of the module can learn from. */
export function Items() {
  const t = useT();
  const number = useNumber();
  const { plain } = useFigures();
  const { items } = useLoaderData<typeof loader>();
  if (items.length === 0) return null;
  return (
    <Card as="section">
      <details>
        <summary className="cursor-pointer text-lg font-semibold">{t("Items of the assessment")}</summary>
        <p className="text-muted mt-2 mb-4 text-sm text-pretty">
          {t(
            "Share: the mean mark. Discrimination: how the item goes with the other items of the same form, from -1 to 1; below 0.2 it tells little, below 0 it misleads. Items asked of fewer than five are left out.",
          )}
        </p>
        <Table
          caption={t("Items of the assessment")}
          head={
            <>
              <Th>{t("Item")}</Th>
              <Th>{t("People")}</Th>
              <Th>{t("Share")}</Th>
              <Th>{t("Discrimination")}</Th>
            </>
          }
        >
          {items.map(({ item, n, p, discrimination }) => (
            <tr key={item}>
              <Td>
                <code lang="en">{item}</code>
              </Td>
              <Td className="tabular-nums">{number(n)}</Td>
              <Td className="tabular-nums">{`${plain(p * 100, 0)} %`}</Td>
              <Td className="tabular-nums">{discrimination === null ? "–" : plain(discrimination, 2)}</Td>
            </tr>
          ))}
        </Table>
      </details>
    </Card>
  );
}
