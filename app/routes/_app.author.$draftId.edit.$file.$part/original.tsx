import { DiffView } from "#app/components/diff-view.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { EditPage } from "./route.tsx";

/** The English words that are translated beside it, and what changed in them since. */
export function Original({ original }: { original: NonNullable<EditPage["original"]> }) {
  const t = useT();
  return (
    <div className="min-w-0 space-y-3 lg:col-start-2 lg:row-start-1">
      <h3 id="original" className="text-sm font-semibold">
        {t("In English")}
      </h3>
      {original.changed ? (
        <>
          <Notice tone="warn">
            {t("The English text has changed since this was translated. Let the translation follow.")}
          </Notice>
          <div lang={sourceLanguage}>
            <DiffView rows={original.changed} />
          </div>
        </>
      ) : null}
      <p className="text-muted text-sm">
        {t("Texts of four words and more must read otherwise; names and numbers may stay.")}
      </p>
      <pre
        lang={sourceLanguage}
        tabIndex={0}
        role="region"
        aria-labelledby="original"
        className="bg-sunken text-ink border-line max-h-72 overflow-y-auto rounded-lg border p-3 font-mono text-sm leading-6 whitespace-pre-wrap wrap-anywhere lg:max-h-[36rem]"
      >
        {original.text}
      </pre>
    </div>
  );
}
