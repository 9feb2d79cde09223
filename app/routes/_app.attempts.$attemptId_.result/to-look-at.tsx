import { Glyph } from "#app/components/glyph.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

type Fell = "open" | "partly" | "wrong";
const words: Record<Fell, string> = {
  open: msg("Item {{number}}, not answered"),
  partly: msg("Item {{number}}, partly right"),
  wrong: msg("Item {{number}}, wrong"),
};
const signs = { open: "circle", partly: "half", wrong: "cross" } as const;
const looks: Record<Fell, string> = {
  open: "border-line-strong",
  partly: "border-warn-ink bg-warn-soft text-warn-ink",
  wrong: "border-bad-ink bg-bad-soft text-bad-ink",
};

/** Ways to the items that were not right, which are the ones worth reading; nothing where all were. */
export function ToLookAt({ items }: { items: readonly { score: number; answered: boolean }[] }) {
  const t = useT();
  const fallen = items.flatMap((item, i) => (item.score < 1 ? [{ number: i + 1, fell: fellOf(item) }] : []));
  if (fallen.length === 0) return null;
  return (
    <nav aria-labelledby="to-look-at" className="mt-3">
      <p id="to-look-at" className="text-muted text-sm">
        {t("{{count}} items were not fully right; begin with these:", { count: fallen.length })}
      </p>
      <ol className="mt-2 flex flex-wrap gap-2">
        {fallen.map(({ number, fell }) => (
          <li key={number}>
            <a
              href={`#item-${number}`}
              aria-label={t(words[fell], { number })}
              className={`flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded-lg border px-2.5 text-sm font-semibold ${looks[fell]}`}
            >
              <Glyph name={signs[fell]} className="size-3.5" />
              {number}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function fellOf({ score, answered }: { score: number; answered: boolean }): Fell {
  if (!answered) return "open";
  return score > 0 ? "partly" : "wrong";
}
