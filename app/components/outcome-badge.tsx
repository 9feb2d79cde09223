import type { Outcome } from "#app/domain/risk/outcome.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";
import { useWords } from "./words.ts";

const looks = {
  cleared: { tone: "good", sign: "check" },
  not_allowed: { tone: "bad", sign: "cross" },
  flagged: { tone: "warn", sign: "clock" },
  asked_back: { tone: "info", sign: "half" },
  not_covered: { tone: "neutral", sign: "circle" },
} as const;

/** The outcome of a verdict in a list. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { tone, sign } = looks[outcome];
  const { outcomes } = useWords();
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {outcomes[outcome]}
    </Badge>
  );
}

const discs = {
  good: "bg-good-soft text-good-ink",
  bad: "bg-bad-soft text-bad-ink",
  warn: "bg-warn-soft text-warn-ink",
  info: "bg-info-soft text-info-ink",
  neutral: "bg-sunken text-ink",
} as const;

/** The sign of an outcome, large, beside its name. */
export function OutcomeSign({ outcome }: { outcome: Outcome }) {
  const { tone, sign } = looks[outcome];
  return (
    <span className={`flex size-12 shrink-0 items-center justify-center rounded-full ${discs[tone]}`}>
      <Glyph name={sign} className="size-6" />
    </span>
  );
}
