import { periodStateNames, type PeriodState } from "#app/domain/competence/period-state.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import { Badge } from "./ui/surface.tsx";

const looks: Record<
  PeriodState,
  { tone: "neutral" | "good" | "warn" | "bad" | "info" | "accent"; sign: GlyphName }
> = {
  not_started: { tone: "neutral", sign: "circle" },
  in_progress: { tone: "info", sign: "half" },
  competent: { tone: "good", sign: "check" },
  expiring: { tone: "warn", sign: "clock" },
  overdue: { tone: "bad", sign: "alert" },
  expired: { tone: "bad", sign: "cross" },
  waived: { tone: "neutral", sign: "pause" },
};

/** Where a period stands: a sign and words, never colour alone. */
export function StateBadge({ state }: { state: PeriodState }) {
  const t = useT();
  const { tone, sign } = looks[state];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(periodStateNames[state])}
    </Badge>
  );
}
