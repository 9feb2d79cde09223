import { type RiskClass, riskClassNames } from "#app/domain/register/terms.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks = {
  minimal: { tone: "good", sign: "circle" },
  limited: { tone: "info", sign: "half" },
  high_risk: { tone: "warn", sign: "alert" },
  prohibited: { tone: "bad", sign: "cross" },
} as const;

/** A risk class: told by its words and its sign, the colour only helps. `name` says it in another language. */
export function RiskBadge({ riskClass, name }: { riskClass: RiskClass; name?: string }) {
  const { tone, sign } = looks[riskClass];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {name ?? riskClassNames[riskClass]}
    </Badge>
  );
}
