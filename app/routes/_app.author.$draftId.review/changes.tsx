import { DiffView } from "#app/components/diff-view.tsx";
import { Badge, Card, EmptyState, Notice } from "#app/components/ui/surface.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

const kinds = {
  about: msg("Module"),
  lesson: msg("Lesson"),
  item: msg("Item"),
  order: msg("Order"),
} as const;
const looks = {
  added: { tone: "good", word: msg("New") },
  removed: { tone: "bad", word: msg("Deleted") },
  changed: { tone: "info", word: msg("Changed") },
} as const;

/** What a draft changes, lesson by lesson and item by item. */
export function Changes({ page }: { page: ReviewPage }) {
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
      <p className="text-muted mt-1 mb-5 text-sm">
        <Rich
          text="What is gone is <gone>struck through</gone>, what is new is <added>underlined</added>."
          elements={{
            gone: <del className="bg-bad-soft text-bad-ink" />,
            added: <ins className="bg-good-soft text-good-ink" />,
          }}
        />
      </p>
      {changes.toFollow.length > 0 ? (
        <div className="mb-5">
          <Notice tone="warn" title={t("Translations that did not follow")}>
            <p>{t("They say what they said before:")}</p>
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
      <ol className="space-y-5">
        {changes.parts.map((part) => (
          <Card as="li" key={`${part.language} ${part.kind} ${part.id}`}>
            <div className="mb-3 flex flex-wrap items-center gap-2">
              <Badge tone={looks[part.change].tone}>{t(looks[part.change].word)}</Badge>
              <span className="text-muted text-sm">
                {t(kinds[part.kind])}
                {part.kind === "item" ? ` ${part.id}` : ""}
                {part.language === "en" ? "" : `, ${languageNames[part.language]}`}
              </span>
            </div>
            <h3 className="mb-3 text-base wrap-anywhere">{part.title}</h3>
            <div lang={part.language}>
              <DiffView rows={part.rows} />
            </div>
          </Card>
        ))}
      </ol>
    </section>
  );
}
