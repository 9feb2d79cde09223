import { ChangedParts, DiffLegend } from "#app/components/changed-parts.tsx";
import { EmptyState, Notice } from "#app/components/ui/surface.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { PartReviewed } from "./part-reviewed.tsx";
import type { ReviewPage } from "./route.tsx";

/** What a draft changes, lesson by lesson and item by item. */
export function Changes({ page, form }: { page: ReviewPage; form: FormState }) {
  const { changes } = page;
  const t = useT();
  const langOf = useLangOf();
  const { base } = page.head;
  if (!page.mayReadKeys)
    return (
      <Notice>{t("The texts hold answer keys. Authors and those who publish compare them here.")}</Notice>
    );
  if (changes === null)
    return page.check.fault ? null : (
      <Notice>{t("The text of version {{base}} was not kept.", { base: base ?? "" })}</Notice>
    );
  if (changes.parts.length === 0)
    return (
      <EmptyState title={t("Nothing is changed yet")}>
        {t("Lessons and items say what they say in version {{base}}.", { base: base ?? "" })}
      </EmptyState>
    );
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className="text-xl">
        {base === null
          ? t("{{count}} parts, all of them new", { count: changes.parts.length })
          : t("{{count}} parts differ from version {{base}}", { count: changes.parts.length, base })}
      </h2>
      <DiffLegend />
      {changes.toFollow.length > 0 ? (
        <div className="mb-5">
          <Notice tone="warn" title={t("Translations that did not follow")}>
            <p>{t("They say what they said before, and are read in English until they follow:")}</p>
            <ul className="mt-1 list-disc pl-5">
              {changes.toFollow.map(({ key, language, title }) => (
                <li key={key} className="wrap-anywhere">
                  {languageNames[language]}: <span lang={langOf("en")}>{title}</span>
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      ) : null}
      <ChangedParts
        parts={changes.parts}
        renderBelow={(part) => <PartReviewed page={page} form={form} part={part} />}
      />
    </section>
  );
}
