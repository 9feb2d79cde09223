import { type AiSystem } from "#app/domain/register/ai-system.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";
import { useWords } from "./words.ts";

const looks = {
  in_use: { tone: "good", sign: "check" },
  pilot: { tone: "info", sign: "half" },
  retired: { tone: "neutral", sign: "pause" },
  rejected: { tone: "bad", sign: "cross" },
} as const;

/** How an AI system stands in the register. `name` says it in another language than the reader’s. */
export function SystemStatus({ status, name }: { status: AiSystem["status"]; name?: string }) {
  const { tone, sign } = looks[status];
  const { systemStatuses } = useWords();
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {name ?? systemStatuses[status]}
    </Badge>
  );
}
