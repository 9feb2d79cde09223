import type { Language } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { ButtonLink } from "./ui/button.tsx";
import { Card } from "./ui/surface.tsx";

/** Practices that wait for the reader; nothing when there are none. */
export function DuePractices({
  practices,
}: {
  practices: readonly { requirement: string; moduleTitle: string; language: Language }[];
}) {
  const t = useT();
  const langOf = useLangOf();
  if (practices.length === 0) return null;
  return (
    <ul className="mb-8 space-y-3">
      {practices.map(({ requirement, moduleTitle, language }) => (
        <Card as="li" key={requirement} className="border-l-accent border-l-4">
          <div className="flex flex-wrap items-center justify-between gap-4">
            <div>
              <h2 className="text-lg">{t("Two questions to keep it fresh")}</h2>
              <p className="text-muted mt-1 text-sm">
                <span lang={langOf(language)}>{moduleTitle}</span> · {t("about two minutes")}
              </p>
            </div>
            <ButtonLink to={`/practice/${requirement}`} look="secondary">
              {t("Answer now")}
              <Glyph name="right" />
            </ButtonLink>
          </div>
        </Card>
      ))}
    </ul>
  );
}
