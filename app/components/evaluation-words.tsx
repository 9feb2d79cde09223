import {
  type Criterion,
  directionOf,
  evaluationStateNames,
  type EvaluationState,
  type Measure,
  unitOf,
} from "#app/domain/effectiveness/criterion.ts";
import { type Outcome, outcomeNames } from "#app/domain/effectiveness/outcome.ts";
import { type Verdict, verdictNames } from "#app/domain/effectiveness/verdict.ts";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

/** Writes the figures of evaluations as the reader's language does, to one decimal place. */
export function useFigures() {
  const t = useT();
  const locale = localeOf(useLanguage());
  const plain = (value: number, digits = 1): string =>
    value.toLocaleString(locale, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  const ofMeasure = (measure: Measure, value: number): string => {
    const unit = unitOf(measure);
    if (unit === "points") return t("{{value}} points", { value: plain(value) });
    return unit === "rate" ? t("{{value}} per 100", { value: plain(value) }) : `${plain(value)} %`;
  };
  const threshold = ({ measure, threshold: value }: Pick<Criterion, "measure" | "threshold">): string =>
    directionOf(measure) === "at_least"
      ? t("at least {{value}}", { value: ofMeasure(measure, value) })
      : t("at most {{value}}", { value: ofMeasure(measure, value) });
  return { plain, ofMeasure, threshold };
}

const states: Record<
  EvaluationState,
  { tone: "neutral" | "info" | "warn" | "good" | "accent"; sign: GlyphName }
> = {
  draft: { tone: "neutral", sign: "circle" },
  planned: { tone: "info", sign: "clock" },
  running: { tone: "accent", sign: "half" },
  due: { tone: "warn", sign: "alert" },
  decided: { tone: "neutral", sign: "check" },
};

/** Where an evaluation stands. */
export function EvaluationBadge({ state }: { state: EvaluationState }) {
  const t = useT();
  const { tone, sign } = states[state];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(evaluationStateNames[state])}
    </Badge>
  );
}

const verdictLooks: Record<Verdict, { tone: "neutral" | "warn" | "good" | "bad"; sign: GlyphName }> = {
  effective: { tone: "good", sign: "check" },
  partly: { tone: "warn", sign: "half" },
  not_effective: { tone: "bad", sign: "cross" },
  not_determinable: { tone: "neutral", sign: "circle" },
};

/** What was concluded. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const t = useT();
  const { tone, sign } = verdictLooks[verdict];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(verdictNames[verdict])}
    </Badge>
  );
}

const outcomeLooks = {
  met: { tone: "good", sign: "check" },
  not_met: { tone: "bad", sign: "cross" },
  not_determinable: { tone: "neutral", sign: "circle" },
} as const;

/** Whether a criterion was met. */
export function OutcomeOfCriterion({ outcome }: { outcome: Outcome }) {
  const t = useT();
  const { tone, sign } = outcomeLooks[outcome];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(outcomeNames[outcome])}
    </Badge>
  );
}

/** Said wherever a criterion was changed after its start. */
export function LateBadge() {
  const t = useT();
  return (
    <Badge tone="warn">
      <Glyph name="alert" className="size-3.5" />
      {t("Changed after the start")}
    </Badge>
  );
}
