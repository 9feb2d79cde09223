import { Glyph, type GlyphName } from "#app/components/glyph.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { type MessageState, messageStateNames } from "#app/domain/communication/message.ts";
import { useT } from "#app/i18n/use-t.tsx";

const looks: Record<MessageState, ["good" | "warn" | "bad" | "info" | "neutral", GlyphName]> = {
  waiting: ["info", "clock"],
  retrying: ["warn", "half"],
  sent: ["good", "check"],
  gave_up: ["bad", "alert"],
  replaced: ["neutral", "right"],
  left: ["neutral", "cross"],
};

/** Where a message stands, by words and colour. */
export function MessageBadge({ state }: { state: MessageState }) {
  const t = useT();
  const [tone, sign] = looks[state];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(messageStateNames[state])}
    </Badge>
  );
}
