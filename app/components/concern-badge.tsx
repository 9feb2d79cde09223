import type { ConcernStatus } from "#app/domain/assistant/concern.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks = {
  open: { tone: "warn", sign: "clock", words: msg("Receipt not confirmed yet") },
  acknowledged: { tone: "info", sign: "circle", words: msg("Receipt confirmed") },
  answered: { tone: "good", sign: "check", words: msg("Answered") },
  closed: { tone: "neutral", sign: "check", words: msg("Closed") },
} as const;

/** How a report of a concern stands. */
export function ConcernBadge({ status, acknowledged }: { status: ConcernStatus; acknowledged: boolean }) {
  const t = useT();
  const { tone, sign, words } = looks[status === "open" && acknowledged ? "acknowledged" : status];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(words)}
    </Badge>
  );
}
