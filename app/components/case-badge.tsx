import type { Pace } from "#app/domain/cases/queue.ts";
import { type CaseDecision, caseDecisionNames } from "#app/domain/cases/status.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks = {
  overdue: { tone: "bad", sign: "alert", words: msg("Overdue") },
  due_soon: { tone: "warn", sign: "clock", words: msg("Due soon") },
  on_time: { tone: "info", sign: "circle", words: msg("Open") },
  waiting: { tone: "neutral", sign: "pause", words: msg("Waiting for information") },
  approved: { tone: "good", sign: "check", words: caseDecisionNames.approve_with_conditions },
  rejected: { tone: "bad", sign: "cross", words: caseDecisionNames.reject },
} as const;

/** How a case stands: its decision once there is one, else how it stands against its due date. */
export function CaseBadge({ pace, decision }: { pace: Pace; decision: CaseDecision | null }) {
  const t = useT();
  const decided = decision === "approve_with_conditions" ? "approved" : "rejected";
  const { tone, sign, words } = looks[pace === "done" ? decided : pace];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(words)}
    </Badge>
  );
}
