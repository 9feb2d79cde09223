import type { RiskClass } from "#app/domain/register/terms.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";
import { useWords } from "./words.ts";

const looks = {
  minimal: { tone: "good", sign: "circle" },
  limited: { tone: "info", sign: "half" },
  high_risk: { tone: "warn", sign: "alert" },
  prohibited: { tone: "bad", sign: "cross" },
} as const;

/** A risk class: told by its words and its sign, the colour only helps. `name` says it in another language than the reader’s. */
export function RiskBadge({ riskClass, name }: { riskClass: RiskClass; name?: string }) {
  const { tone, sign } = looks[riskClass];
  const { riskClasses } = useWords();
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {name ?? riskClasses[riskClass]}
    </Badge>
  );
}
