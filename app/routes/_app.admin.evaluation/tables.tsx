import { useWords } from "#app/components/words.ts";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Breakdown } from "#app/domain/assistant/evaluation.ts";
import { groupName } from "#app/domain/assistant/figure.ts";
import type { Measured } from "#app/domain/assistant/evaluation-report.ts";
import { type Language, languageNames } from "#app/domain/content/language.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";
import { riskClasses } from "#app/domain/register/terms.ts";
import { msg } from "#app/i18n/translate.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import { usePercent } from "./percent.ts";

/** `12.3 %` with its interval and how many cases it is of. */
export function Share({ figure }: { figure: Proportion | undefined }) {
  const t = useT();
  const percent = usePercent();
  if (!figure || figure.value === null) return <span className="text-muted">–</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="font-semibold">{percent(figure.value)}</span>{" "}
      <span className="text-muted text-xs">
        {t("{{low}} to {{high}}, of {{n}}", {
          low: percent(figure.low),
          high: percent(figure.high),
          n: figure.n,
        })}
      </span>
    </span>
  );
}

const texts: Record<Breakdown, { title: string; caption: string }> = {
  area: { title: msg("Area"), caption: msg("Figures by area") },
  language: { title: msg("Language"), caption: msg("Figures by language") },
  style: { title: msg("Wording"), caption: msg("Figures by wording") },
};

/** Recall and what goes wrong, for each area, language or wording. */
export function BreakdownTable({ kind, groups }: { kind: Breakdown; groups: Measured["by"][Breakdown] }) {
  const t = useT();
  const nameOf = (key: string): string =>
    kind === "language" ? (languageNames[key as Language] ?? key) : t(groupName(key));
  const rows = Object.entries(groups);
  const hasHarmless = rows.some(([, group]) => group.falseAlarms.n > 0);
  return (
    <Table
      caption={t(texts[kind].caption)}
      head={
        <>
          <Th>{t(texts[kind].title)}</Th>
          <Th>{t("Recall")}</Th>
          <Th>{t("Wrongly cleared")}</Th>
          {hasHarmless ? <Th>{t("False alarms")}</Th> : null}
        </>
      }
    >
      {rows.map(([key, group]) => (
        <tr key={key}>
          <RowHead>{nameOf(key)}</RowHead>
          <Td>
            <Share figure={group.recall} />
          </Td>
          <Td>
            <Share figure={group.wronglyCleared} />
          </Td>
          {hasHarmless ? (
            <Td>
              <Share figure={group.falseAlarms} />
            </Td>
          ) : null}
        </tr>
      ))}
    </Table>
  );
}

export function RowHead({ children }: { children: string }) {
  return (
    <th scope="row" className="px-4 py-3 text-left font-medium">
      {children}
    </th>
  );
}

/** How many cases of each labelled level were judged to be of which; what is right stands on the diagonal. */
export function ConfusionTable({ confusion }: Pick<Measured, "confusion">) {
  const t = useT();
  const number = useNumber();
  const words = useWords();
  return (
    <Table
      caption={t("Levels as labelled and as judged")}
      head={
        <>
          <Th>{t("Labelled")}</Th>
          {riskClasses.map((level) => (
            <Th key={level}>{t("Judged: {{level}}", { level: words.riskClasses[level] })}</Th>
          ))}
        </>
      }
    >
      {riskClasses.map((labelled) => (
        <tr key={labelled}>
          <RowHead>{words.riskClasses[labelled]}</RowHead>
          {riskClasses.map((judged) => (
            <Td
              key={judged}
              className={`tabular-nums ${judged === labelled ? "bg-good-soft font-semibold" : ""}`}
            >
              {number(confusion[labelled][judged])}
            </Td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** How often attacks of each kind succeed. */
export function AttackTable({ kinds }: { kinds: Measured["attackSuccessByKind"] }) {
  const t = useT();
  return (
    <Table
      caption={t("Attacks by kind")}
      head={
        <>
          <Th>{t("Kind of attack")}</Th>
          <Th>{t("Succeed")}</Th>
        </>
      }
    >
      {Object.entries(kinds).map(([kind, figure]) => (
        <tr key={kind}>
          <RowHead>{t(groupName(kind))}</RowHead>
          <Td>
            <Share figure={figure} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
