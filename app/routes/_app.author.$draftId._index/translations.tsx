import { Form } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { DraftPage } from "./route.tsx";

type Translated = DraftPage["translations"]["languages"][number];

/** The languages a draft is in besides English: to add, to complete and to delete. */
export function Translations({ page, form }: { page: DraftPage; form: FormState }) {
  const { mayWrite, translations } = page;
  const { languages, others } = translations;
  const t = useT();
  return (
    <Card as="section" id="translations">
      <h2 className="text-lg">{t("Translations")}</h2>
      {languages.length === 0 ? (
        <p className="text-muted mt-2 text-sm">{t("The module is in English only.")}</p>
      ) : (
        <ul className="divide-line mt-2 divide-y">
          {languages.map((one) => (
            <Language key={one.language} page={page} of={one} />
          ))}
        </ul>
      )}
      {mayWrite && others.length > 0 ? (
        <Form method="post" preventScrollReset className="border-line mt-4 space-y-3 border-t pt-5">
          <input type="hidden" name="intent" value="add-translation" />
          <input type="hidden" name="revision" value={page.head.revision} />
          <div className="flex flex-wrap items-end gap-3">
            <div className="min-w-0 grow sm:max-w-md">
              <Select
                label={t("Language of a new translation")}
                name="language"
                hint={t("It begins with the English texts; the check names those that are still English.")}
                error={form.values["intent"] === "add-translation" ? form.errors["language"] : undefined}
              >
                {others.map((language) => (
                  <option key={language} value={language}>
                    {languageNames[language]}
                  </option>
                ))}
              </Select>
            </div>
            <Button look="secondary">{t("Add a translation")}</Button>
          </div>
        </Form>
      ) : null}
    </Card>
  );
}

function Language({ page, of }: { page: DraftPage; of: Translated }) {
  const { head, mayWrite } = page;
  const { language, lacks, english } = of;
  const t = useT();
  const name = languageNames[language];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-56 py-2.5">
        <span lang={language} className="font-medium">
          {name}
        </span>
        {lacks > 0 ? (
          <span className="text-muted block text-xs">
            {t("{{count}} parts are not translated and are read in English", { count: lacks })}
          </span>
        ) : null}
        {english > 0 ? (
          <span className="text-muted block text-xs">
            {t("{{count}} parts are still English", { count: english })}
            {mayWrite ? <>. {t("Left out, they are read in English, and learners are told so.")}</> : null}
          </span>
        ) : null}
      </div>
      {mayWrite && english > 0 ? (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="shorten-translation" />
          <input type="hidden" name="revision" value={head.revision} />
          <input type="hidden" name="language" value={language} />
          <Button
            look="secondary"
            aria-label={t("Leave out what is English: {{language}}", { language: name })}
          >
            {t("Leave out what is English")}
          </Button>
        </Form>
      ) : null}
      {mayWrite && lacks > 0 ? (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="add-translation" />
          <input type="hidden" name="revision" value={head.revision} />
          <input type="hidden" name="language" value={language} />
          <Button look="secondary" aria-label={t("Add what is missing: {{language}}", { language: name })}>
            {t("Add what is missing")}
          </Button>
        </Form>
      ) : null}
      {mayWrite ? (
        <details>
          <summary className="border-line-strong inline-flex min-h-11 cursor-pointer list-none items-center rounded-lg border px-4 font-semibold">
            {t("Delete …")}
            <span className="sr-only" lang={language}>
              {" "}
              {name}
            </span>
          </summary>
          <Form method="post" preventScrollReset className="mt-2 max-w-64 space-y-2">
            <input type="hidden" name="intent" value="remove-translation" />
            <input type="hidden" name="revision" value={head.revision} />
            <input type="hidden" name="language" value={language} />
            <p>
              {head.base === null
                ? t("The whole translation is deleted from this draft.")
                : t("The whole translation is deleted from this draft. The published version keeps its own.")}
            </p>
            <Button look="danger" aria-label={t("Delete the translation: {{language}}", { language: name })}>
              {t("Delete the translation")}
            </Button>
          </Form>
        </details>
      ) : null}
    </li>
  );
}
