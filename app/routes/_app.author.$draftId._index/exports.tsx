import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { DraftPage } from "./route.tsx";

/** The draft for a pull request: as files, or as the lines that differ. */
export function Exports({ page }: { page: DraftPage }) {
  const { head, gone } = page;
  const t = useT();
  return (
    <section aria-labelledby="exports" className="space-y-3 text-sm">
      <h3 id="exports" className="font-semibold">
        {t("For a pull request")}
      </h3>
      <div className="flex flex-wrap gap-3">
        <ButtonAnchor href={`/author/${head.id}/export.zip`} look="secondary">
          {t("Export the files")}
        </ButtonAnchor>
        <ButtonAnchor href={`/author/${head.id}/export.patch`} look="secondary">
          {t("Export as a patch")}
        </ButtonAnchor>
      </div>
      <p className="text-muted">
        {t(
          "The files stand in their places in the content folder. The patch holds the lines that differ, for git apply.",
        )}
      </p>
      {gone.length > 0 ? (
        <div>
          <p>
            {t(
              "The draft has no more of these. The patch deletes them; with the files, delete them yourself:",
            )}
          </p>
          <ul className="mt-1 list-disc pl-5">
            {gone.map((file) => (
              <li key={file} className="wrap-anywhere">
                {file}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
