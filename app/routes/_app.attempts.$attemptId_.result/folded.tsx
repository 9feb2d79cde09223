import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { Glyph } from "#app/components/glyph.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/**
 * What of an item was right, and is read last: folded on a narrow screen, so that those that were not are near. Wide screens,
 * paper and whoever has no scripts see it open; what the browser searches for on the page opens it.
 */
export function Folded({ children }: { children: ReactNode }) {
  const t = useT();
  const narrow = useSyncExternalStore(subscribe, isNarrow, () => false);
  const printed = usePrinted();
  return (
    <details open={!narrow || printed} className="group">
      <summary className="text-accent flex min-h-11 w-fit cursor-pointer list-none items-center gap-2 text-sm font-semibold underline underline-offset-4 sm:hidden print:hidden">
        {t("Answer and explanation")}
        <Glyph name="chevron" className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <div className="max-sm:pt-2">{children}</div>
    </details>
  );
}

const query = "(width < 40rem)";
const isNarrow = (): boolean => window.matchMedia(query).matches;
function subscribe(changed: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}

/** Whether the page is being put on paper, which is told at once: the browser does not wait. */
function usePrinted(): boolean {
  const [printed, setPrinted] = useState(false);
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinted(true));
    const end = (): void => setPrinted(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printed;
}
