import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Breakdown } from "#app/domain/assistant/evaluation.ts";
import { percent } from "#app/domain/assistant/figure.ts";
import type { Measured } from "#app/domain/assistant/evaluation-report.ts";
import { type Language, languageNames } from "#app/domain/content/language.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";
import { riskClassNames, riskClasses } from "#app/domain/register/terms.ts";

/** `12.3 %` with its interval and how many cases it is of. */
export function Share({ figure }: { figure: Proportion | undefined }) {
  if (!figure || figure.value === null) return <span className="text-muted">–</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="font-semibold">{percent(figure.value)}</span>{" "}
      <span className="text-muted text-xs">
        {percent(figure.low)} to {percent(figure.high)}, of {figure.n}
      </span>
    </span>
  );
}

/** `art5(1)(f)` as lawyers write it, `law_enforcement` in words, a language by its name. */
function nameOf(kind: Breakdown, key: string): string {
  if (kind === "language") return languageNames[key as Language] ?? key;
  if (/^art\d/.test(key)) return key.replace("art", "Art. ");
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const titles: Record<Breakdown, string> = { area: "Area", language: "Language", style: "Wording" };

/** Recall and what goes wrong, for each area, language or wording. */
export function BreakdownTable({ kind, groups }: { kind: Breakdown; groups: Measured["by"][Breakdown] }) {
  const rows = Object.entries(groups);
  const hasHarmless = rows.some(([, group]) => group.falseAlarms.n > 0);
  return (
    <Table
      caption={`Figures by ${titles[kind].toLowerCase()}`}
      head={
        <>
          <Th>{titles[kind]}</Th>
          <Th>Recall</Th>
          <Th>Wrongly cleared</Th>
          {hasHarmless ? <Th>False alarms</Th> : null}
        </>
      }
    >
      {rows.map(([key, group]) => (
        <tr key={key}>
          <RowHead>{nameOf(kind, key)}</RowHead>
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
  return (
    <Table
      caption="Levels as labelled and as judged"
      head={
        <>
          <Th>Labelled</Th>
          {riskClasses.map((level) => (
            <Th key={level}>Judged: {riskClassNames[level]}</Th>
          ))}
        </>
      }
    >
      {riskClasses.map((labelled) => (
        <tr key={labelled}>
          <RowHead>{riskClassNames[labelled]}</RowHead>
          {riskClasses.map((judged) => (
            <Td
              key={judged}
              className={`tabular-nums ${judged === labelled ? "bg-good-soft font-semibold" : ""}`}
            >
              {confusion[labelled][judged]}
            </Td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** How often attacks of each kind succeed. */
export function AttackTable({ kinds }: { kinds: Measured["attackSuccessByKind"] }) {
  return (
    <Table
      caption="Attacks by kind"
      head={
        <>
          <Th>Kind of attack</Th>
          <Th>Succeed</Th>
        </>
      }
    >
      {Object.entries(kinds).map(([kind, figure]) => (
        <tr key={kind}>
          <RowHead>{nameOf("style", kind)}</RowHead>
          <Td>
            <Share figure={figure} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
