import { type ActionStatus, actionStatusNames } from "#app/domain/competence/corrective-action.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks: Record<ActionStatus, { tone: "neutral" | "good" | "warn" | "info"; sign: GlyphName }> = {
  open: { tone: "warn", sign: "circle" },
  planned: { tone: "info", sign: "half" },
  done: { tone: "warn", sign: "clock" },
  verified: { tone: "good", sign: "check" },
  closed: { tone: "neutral", sign: "seal" },
};

/** Where a corrective action stands, and whether it is late: signs and words. */
export function ActionBadge({ status, overdue }: { status: ActionStatus; overdue: boolean }) {
  const t = useT();
  const { tone, sign } = looks[status];
  return (
    <>
      <Badge tone={tone}>
        <Glyph name={sign} className="size-3.5" />
        {t(actionStatusNames[status])}
      </Badge>
      {overdue ? (
        <Badge tone="bad">
          <Glyph name="alert" className="size-3.5" />
          {t("Overdue")}
        </Badge>
      ) : null}
    </>
  );
}
