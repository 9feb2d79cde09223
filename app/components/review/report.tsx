import { Link } from "@remix-run/react";
import { LateBadge, OutcomeOfCriterion, VerdictBadge } from "#app/components/evaluation-words.tsx";
import { reviewWords } from "#app/components/review-words.ts";
import { Badge, Card, Notice } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { concernKindNames } from "#app/domain/assistant/concern.ts";
import type { ReviewFigures } from "#app/domain/effectiveness/review.ts";
import {
  type ReviewLine,
  reviewLines,
  type Section,
  sectionNames,
  sections,
} from "#app/domain/effectiveness/review-line.ts";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";
import { RiskBadge } from "../risk-badge.tsx";
import { CoverageCharts, ExpiringChart } from "./coverage.tsx";

/** The figures of a management review, each with its definition and that of the period before. */
export function ReviewReport({ figures }: { figures: ReviewFigures }) {
  const t = useT();
  const lines = reviewLines(figures);
  return (
    <div className="space-y-10">
      <ChainCheck check={figures.audit.check} />
      <section>
        <h2 className="mb-4 text-xl">{t("Coverage over time")}</h2>
        <CoverageCharts requirements={figures.requirements} />
      </section>
      <section>
        <h2 className="mb-4 text-xl">{t("Competence that ends soon")}</h2>
        <Card>
          <ExpiringChart expiring={figures.expiring} />
        </Card>
      </section>
      {sections.map((section) => (
        <section key={section}>
          <h2 className="mb-4 text-xl">{t(sectionNames[section])}</h2>
          <Lines section={section} lines={lines[section]} />
          <Beside section={section} figures={figures} />
        </section>
      ))}
      <Evaluations figures={figures} />
    </div>
  );
}

/** Stands first, because it was asked for. */
function ChainCheck({ check }: { check: ReviewFigures["audit"]["check"] }) {
  const t = useT();
  if (check === null) return null;
  return check.broken === null ? (
    <Notice tone="good" role="status">
      {t("{{count}} links of the audit chain were checked: all hold.", { count: check.links })}
    </Notice>
  ) : (
    <Notice tone="bad" role="alert">
      {t("The audit chain is broken at link {{number}}.", { number: check.broken })}
    </Notice>
  );
}

function Lines({ section, lines }: { section: Section; lines: ReviewLine[] }) {
  const t = useT();
  const words = reviewWords(t, localeOf(useLanguage()));
  if (lines.length === 0) return <p className="text-muted">{t("There is nothing to count.")}</p>;
  return (
    <Table
      caption={t(sectionNames[section])}
      head={
        <>
          <Th>{t("Figure and what it counts")}</Th>
          <Th>{t("This period")}</Th>
          <Th>{t("Before")}</Th>
        </>
      }
    >
      {lines.map((one, i) => {
        const isRepeated = i > 0 && lines[i - 1]?.label === one.label;
        return (
          <tr key={`${one.label}/${one.name ?? ""}`}>
            <Td className="max-w-md min-w-56">
              <span className="font-medium">{words.label(one)}</span>
              {one.name !== undefined && !/^\d+$/.test(one.name) ? (
                <span lang="en" className="font-medium">
                  {": "}
                  {one.name}
                </span>
              ) : null}
              {isRepeated ? null : (
                <span className="text-muted mt-0.5 block text-xs">{t(one.definition)}</span>
              )}
            </Td>
            <Td className="font-semibold whitespace-nowrap tabular-nums">{words.value(one.now)}</Td>
            <Td className="text-muted whitespace-nowrap tabular-nums">
              {one.before === null ? "–" : words.value(one.before)}
            </Td>
          </tr>
        );
      })}
    </Table>
  );
}

function Beside({ section, figures }: { section: Section; figures: ReviewFigures }) {
  const t = useT();
  const { byClass } = figures.cases;
  const { byKind } = figures.concerns;
  if (section === "cases" && byClass.length > 0)
    return (
      <p className="mt-3 flex flex-wrap items-center gap-2 text-sm">
        <span>{t("Opened, by risk class:")}</span>
        {byClass.map((one) => (
          <span key={one.riskClass} className="inline-flex items-center gap-1 font-semibold">
            <RiskBadge riskClass={one.riskClass} /> {one.count}
          </span>
        ))}
      </p>
    );
  if (section === "concerns" && byKind.length > 0)
    return (
      <p className="mt-3 flex flex-wrap items-center gap-2 text-sm">
        <span>{t("Reported, by kind:")}</span>
        {byKind.map((one) => (
          <Badge key={one.kind}>
            {t(concernKindNames[one.kind])} {one.count}
          </Badge>
        ))}
      </p>
    );
  return null;
}

function Evaluations({ figures: { evaluations } }: { figures: ReviewFigures }) {
  const t = useT();
  return (
    <section>
      <h2 className="mb-4 text-xl">{t("Effectiveness of training")}</h2>
      <p className="text-muted mb-4 text-sm">
        {t("Evaluations concluded in the period. Besides, running: {{running}}, due for decision: {{due}}.", {
          running: evaluations.running,
          due: evaluations.due,
        })}
      </p>
      {evaluations.decided.length === 0 ? (
        <p>{t("None was concluded in this period.")}</p>
      ) : (
        <ul className="grid gap-3 md:grid-cols-2">
          {evaluations.decided.map(({ id, number, title, outcome, verdict, late }) => (
            <Card as="li" key={id} className="space-y-2">
              <Link to={`/effectiveness/${id}`} className="font-semibold underline-offset-4 hover:underline">
                {t("{{number}}. {{title}}", { number, title })}
              </Link>
              <p className="flex flex-wrap gap-2">
                <OutcomeOfCriterion outcome={outcome} />
                <VerdictBadge verdict={verdict} />
                {late ? <LateBadge /> : null}
              </p>
            </Card>
          ))}
        </ul>
      )}
    </section>
  );
}
