import { type AiSystem } from "#app/domain/register/ai-system.ts";
import { systemStatusNames } from "#app/domain/register/terms.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks = {
  in_use: { tone: "good", sign: "check" },
  pilot: { tone: "info", sign: "half" },
  retired: { tone: "neutral", sign: "pause" },
  rejected: { tone: "bad", sign: "cross" },
} as const;

/** How an AI system stands in the register. `name` says it in another language. */
export function SystemStatus({ status, name }: { status: AiSystem["status"]; name?: string }) {
  const { tone, sign } = looks[status];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {name ?? systemStatusNames[status]}
    </Badge>
  );
}
