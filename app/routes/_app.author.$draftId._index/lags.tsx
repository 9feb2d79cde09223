import { Form, Link } from "@remix-run/react";
import { DiffView } from "#app/components/diff-view.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { languageNames, sourceLanguage } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { DraftPage } from "./route.tsx";

type Lag = DraftPage["translations"]["lags"][number];

/** Translations whose English text has changed since they were written, beside what changed in it. */
export function Lags({ page }: { page: DraftPage }) {
  const { lags } = page.translations;
  const t = useT();
  if (lags.length === 0) return null;
  return (
    <Card as="section" id="to-follow">
      <h2 className="text-lg">{t("{{count}} translated texts must follow", { count: lags.length })}</h2>
      <p className="text-muted mt-1 mb-3 text-sm">
        {t(
          "Their English text has changed, and they say what they said before. Until they follow, they are read in English.",
        )}
      </p>
      <ul className="divide-line divide-y">
        {lags.map((lag) => (
          <LagRow key={lag.key} page={page} lag={lag} />
        ))}
      </ul>
    </Card>
  );
}

function LagRow({ page, lag }: { page: DraftPage; lag: Lag }) {
  const { head, mayWrite } = page;
  const t = useT();
  const langOf = useLangOf();
  const title = lag.kind === "head" ? t(lag.title) : lag.title;
  const named = `${languageNames[lag.language]}: ${title}`;
  return (
    <li className="py-2 text-sm">
      <details className="group/lag">
        <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-2 font-medium">
          <Glyph name="right" className="text-muted size-4 transition-transform group-open/lag:rotate-90" />
          <span lang={lag.language}>{languageNames[lag.language]}</span>
          <span
            lang={lag.kind === "head" ? undefined : langOf(sourceLanguage)}
            className="line-clamp-2 min-w-0 wrap-anywhere"
          >
            {title}
          </span>
        </summary>
        <div className="grid gap-4 py-2 lg:grid-cols-2">
          <div className="min-w-0">
            <h3 className="mb-1 text-sm font-semibold">{t("What changed in English")}</h3>
            <div lang={sourceLanguage}>
              <DiffView rows={lag.rows} />
            </div>
          </div>
          <div className="min-w-0">
            <h3 className="mb-1 text-sm font-semibold">{t("What the translation says")}</h3>
            <pre
              lang={lag.language}
              tabIndex={0}
              role="region"
              aria-label={named}
              className="bg-sunken border-line max-h-96 overflow-y-auto rounded-xl border p-3 font-sans leading-6 whitespace-pre-wrap wrap-anywhere"
            >
              {lag.translation}
            </pre>
          </div>
        </div>
        {mayWrite ? (
          <div className="flex flex-wrap items-center gap-4 pb-2">
            <Link
              to={`/author/${head.id}/edit/${lag.file}/${lag.part}`}
              className="text-accent inline-flex min-h-11 items-center font-medium underline underline-offset-4"
              aria-label={t("Change the translation: {{title}}", { title: named })}
            >
              {t("Change the translation")}
            </Link>
            <Form method="post" preventScrollReset>
              <input type="hidden" name="intent" value="confirm-translation" />
              <input type="hidden" name="revision" value={head.revision} />
              <input type="hidden" name="key" value={lag.key} />
              <Button look="secondary" aria-label={t("It fits as it is: {{title}}", { title: named })}>
                {t("It fits as it is")}
              </Button>
            </Form>
          </div>
        ) : null}
      </details>
    </li>
  );
}
