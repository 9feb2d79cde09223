import { type BasisState, basisStateNames } from "#app/domain/competence/basis.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { Badge } from "./ui/surface.tsx";

const looks: Record<BasisState, { tone: "neutral" | "good" | "warn" | "bad"; sign: GlyphName }> = {
  submitted: { tone: "warn", sign: "clock" },
  approved: { tone: "good", sign: "check" },
  refused: { tone: "bad", sign: "cross" },
  withdrawn: { tone: "neutral", sign: "left" },
  revoked: { tone: "bad", sign: "cross" },
};

/** Where a proof of competence stands: a sign and words. */
export function BasisBadge({ state }: { state: BasisState }) {
  const t = useT();
  const { tone, sign } = looks[state];
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(basisStateNames[state])}
    </Badge>
  );
}
