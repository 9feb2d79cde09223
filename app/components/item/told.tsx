import type { ReactNode } from "react";
import { Glyph } from "../glyph.tsx";

/** Frames that differ by more than colour: what was found is filled, what was missed is dashed and hollow. */
const looks = {
  found: { frame: "border-good-ink bg-good-soft text-good-ink", sign: "check" },
  missed: { frame: "border-good-ink border-dashed text-good-ink", sign: "circle" },
  wrong: { frame: "border-bad-ink bg-bad-soft text-bad-ink", sign: "cross" },
  left: { frame: "border-line text-muted", sign: null },
} as const;

/** One thing that was chosen or could have been: how that was, in words, a sign and a frame. */
export function Told({
  look,
  words,
  children,
}: {
  look: keyof typeof looks;
  words: string | null;
  children: ReactNode;
}) {
  const { frame, sign } = looks[look];
  return (
    <div className={`flex gap-3 rounded-xl border px-4 py-3 ${frame}`}>
      <span className="mt-1 size-4 shrink-0">{sign ? <Glyph name={sign} /> : null}</span>
      <div className="min-w-0">
        {words ? <p className="text-xs font-semibold tracking-wide">{words}</p> : null}
        {children}
      </div>
    </div>
  );
}
