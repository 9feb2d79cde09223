import type { ConcernStatus } from "#app/domain/assistant/concern.ts";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks = {
  open: { tone: "warn", sign: "clock", words: "Receipt not confirmed yet" },
  acknowledged: { tone: "info", sign: "circle", words: "Receipt confirmed" },
  answered: { tone: "good", sign: "check", words: "Answered" },
  closed: { tone: "neutral", sign: "check", words: "Closed" },
} as const;

/** How a report of a concern stands. */
export function ConcernBadge({ status, acknowledged }: { status: ConcernStatus; acknowledged: boolean }) {
  const { tone, sign, words } = looks[status === "open" && acknowledged ? "acknowledged" : status];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {words}
    </Badge>
  );
}
