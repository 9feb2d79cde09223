import type { RefObject } from "react";
import { LessonText } from "#app/components/lesson-part.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** The figure as the lesson shows it, in the colours of the page. */
export function FigureLook({ svg }: { svg: string | null }) {
  const t = useT();
  return (
    <section aria-labelledby="figure-look">
      <h3 id="figure-look" className="mb-2 text-sm font-semibold">
        {t("As the lesson shows it")}
      </h3>
      {svg === null ? (
        <p className="text-muted text-sm">{t("Nothing is shown before the figure is without fault.")}</p>
      ) : (
        <LessonText html="" figure={svg} />
      )}
    </section>
  );
}

/** Takes the text of a file that was drawn elsewhere; needs scripts, as pasting does not. */
export function FigureFile({ into, onEdit }: { into: RefObject<HTMLTextAreaElement>; onEdit: () => void }) {
  const t = useT();
  return (
    <label className="mb-3 block text-sm">
      <span className="text-muted block font-medium">{t("Take the text from a file")}</span>
      <input
        type="file"
        accept=".svg,image/svg+xml"
        className="mt-1 min-h-11 w-full text-sm"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          void file?.text().then((text) => {
            if (!into.current) return;
            into.current.value = text;
            onEdit();
          });
        }}
      />
    </label>
  );
}
