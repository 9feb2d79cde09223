import type { DiffRow } from "#app/domain/content/diff.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";

/** How many unchanged lines are shown before and after a change. */
const around = 2;

/**
 * A change of a text: what was removed is struck through, what was added underlined, word by word; long stretches that
 * stayed are left out.
 */
export function DiffView({ rows }: { rows: readonly DiffRow[] }) {
  const shown = rows.map((_, i) =>
    rows.slice(Math.max(0, i - around), i + around + 1).some((row) => row.kind === "changed"),
  );
  return (
    <div className="border-line bg-surface overflow-hidden rounded-xl border text-sm leading-6">
      {rows.map((row, i) => {
        if (!shown[i]) return shown[i - 1] || i === 0 ? <Gap key={i} count={run(shown, i)} /> : null;
        if (row.kind === "same")
          return (
            <p key={i} className="text-muted min-h-6 px-4 whitespace-pre-wrap wrap-anywhere">
              {row.text}
            </p>
          );
        return (
          <p key={i} className="bg-sunken px-4 py-1 whitespace-pre-wrap wrap-anywhere">
            {row.pieces.map((piece, k) =>
              piece.kind === "removed" ? (
                <del key={k} className="bg-bad-soft text-bad-ink rounded-sm decoration-2">
                  {piece.text}
                </del>
              ) : piece.kind === "added" ? (
                <ins key={k} className="bg-good-soft text-good-ink rounded-sm underline decoration-2">
                  {piece.text}
                </ins>
              ) : (
                <span key={k}>{piece.text}</span>
              ),
            )}
          </p>
        );
      })}
    </div>
  );
}

function run(shown: readonly boolean[], from: number): number {
  const end = shown.findIndex((one, i) => i >= from && one);
  return (end < 0 ? shown.length : end) - from;
}

function Gap({ count }: { count: number }) {
  const t = useT();
  const language = useLanguage();
  return (
    <p lang={language} className="border-line text-muted border-y border-dashed px-4 py-0.5 text-xs">
      {t("{{count}} lines unchanged", { count })}
    </p>
  );
}
