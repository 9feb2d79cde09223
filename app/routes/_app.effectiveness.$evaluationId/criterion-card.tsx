import { useLoaderData } from "@remix-run/react";
import { useFigures } from "#app/components/evaluation-words.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail } from "#app/components/ui/surface.tsx";
import { confirmationNames, measureDefinitions, measureNames } from "#app/domain/effectiveness/criterion.ts";
import { Listed, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What was fixed, and when. */
export function CriterionCard() {
  const t = useT();
  const number = useNumber();
  const { threshold } = useFigures();
  const { criterion, requirement, evaluator, versions } = useLoaderData<typeof loader>();
  const { measure, confirm, minimumN, audiences, departments, startsOn, decisionOn } = criterion;
  const fixed = versions.at(-1);
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Criterion")}</h2>
      <p className="mt-1 flex items-start gap-2 text-sm">
        <Glyph name={fixed?.lockedAt ? "check" : "circle"} className="mt-0.5 size-4" />
        {fixed?.lockedAt ? (
          <span>
            <Rich
              text="Fixed on <moment/>"
              elements={{ moment: <Moment at={fixed.lockedAt.toISOString()} /> }}
            />
          </span>
        ) : (
          t("Not fixed yet: this is a draft.")
        )}
      </p>
      <dl className="mt-4 space-y-4 text-sm">
        <Detail term={t("Training of the requirement")}>
          <span lang="en">{requirement}</span>
        </Detail>
        <Detail term={t("Measure")}>
          {t(measureNames[measure])}
          <span className="text-muted mt-1 block font-normal">{t(measureDefinitions[measure])}</span>
        </Detail>
        <Detail term={t("Threshold")}>
          {threshold(criterion)}
          <span className="text-muted block font-normal">{t(confirmationNames[confirm])}</span>
        </Detail>
        <Detail term={t("Smallest number of people")}>{number(minimumN)}</Detail>
        <Detail term={t("Of whom")}>
          {audiences.length === 0 && departments.length === 0
            ? t("Everybody whom the requirement asks")
            : null}
          {audiences.length > 0 ? <Listed names={audiences} lang="en" /> : null}
          {audiences.length > 0 && departments.length > 0 ? <br /> : null}
          {departments.length > 0 ? <Listed names={departments} /> : null}
        </Detail>
        <Detail term={t("Window")}>
          <Rich
            text="<start/> up to <end/>, the day of decision"
            elements={{ start: <Day at={startsOn} />, end: <Day at={decisionOn} /> }}
          />
        </Detail>
        <Detail term={t("Who evaluates")}>{evaluator}</Detail>
        {fixed?.sha256 ? (
          <Detail term={t("SHA-256 of the criterion")}>
            <code className="text-xs wrap-anywhere">{fixed.sha256}</code>
          </Detail>
        ) : null}
      </dl>
    </Card>
  );
}
